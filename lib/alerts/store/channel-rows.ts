import type { Sql } from '@/lib/db/sql';
import type { ChannelKind } from '../contract/deliveries';

export type StoredChannelKind = Exclude<ChannelKind, 'inbox'>;

export type ChannelRow = {
  readonly id: string;
  readonly kind: StoredChannelKind;
  readonly name: string;
  readonly state: 'active' | 'paused';
  readonly config: unknown;
  /** Secret field -> instant (ISO) it was last set. */
  readonly secretsSet: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

const COLUMNS = `id, kind, name, state, config, secrets_set as "secretsSet", created_at as "createdAt", updated_at as "updatedAt"`;

export async function putChannelRow(sql: Sql, channel: ChannelRow): Promise<void> {
  await sql.query(
    `insert into channel (id, kind, name, state, config, secrets_set, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = excluded.name, state = excluded.state, config = excluded.config,
       secrets_set = excluded.secrets_set, updated_at = excluded.updated_at`,
    [
      channel.id,
      channel.kind,
      channel.name,
      channel.state,
      JSON.stringify(channel.config),
      JSON.stringify(channel.secretsSet),
      channel.createdAt,
      channel.updatedAt,
    ],
  );
}

/** The channel, locked where asked; null also when it was removed. */
export async function findChannel(sql: Sql, id: string, lock = false): Promise<ChannelRow | null> {
  const rows = await sql.query<ChannelRow>(
    `select ${COLUMNS} from channel where id = $1 and removed_at is null ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] ?? null;
}

export async function listChannelRows(sql: Sql): Promise<ChannelRow[]> {
  return sql.query<ChannelRow>(
    `select ${COLUMNS} from channel where removed_at is null order by kind, created_at, id limit 1000`,
  );
}

/** What channels are called, removed ones included. */
export async function channelNames(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, { kind: ChannelKind; name: string; removed: boolean }>> {
  const rows = await sql.query<{ id: string; kind: ChannelKind; name: string; removed: boolean }>(
    'select id, kind, name, removed_at is not null as removed from channel where id = any($1)',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function markChannelRemoved(sql: Sql, id: string, at: Date): Promise<void> {
  await sql.query('update channel set removed_at = $2 where id = $1', [id, at]);
}
