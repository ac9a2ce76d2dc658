import type { Sql } from '@/lib/db/sql';
import type { StagedRecord } from './stage';

/** Longest name that is searched; an index row has its limits. */
const MAX_NAME = 300;

/** Adds the names that actors and targets bore in these changes, for the search box. */
export async function insertNames(
  sql: Sql,
  orgId: string,
  records: readonly Pick<StagedRecord, 'change' | 'enrichment'>[],
): Promise<void> {
  const names = new Map<string, [string, string, string]>();
  const add = (kind: string, id: string | null, name: string | null): void => {
    if (id === null || name === null) return;
    const short = name.slice(0, MAX_NAME);
    names.set(`${kind}\n${id}\n${short}`, [kind, id, short]);
  };
  for (const { change, enrichment } of records) {
    add(change.entityType, change.entityId, enrichment.entityLabel);
    add('actor', change.actorId, enrichment.actorLabel);
  }
  if (names.size === 0) return;
  const rows = [...names.values()];
  await sql.query(
    `insert into entity_dim (org_id, kind, id, name)
     select $1, x.kind, x.id, x.name from unnest($2::text[], $3::text[], $4::text[]) as x (kind, id, name)
     order by x.kind collate "C", x.id collate "C", x.name collate "C" on conflict do nothing`,
    [orgId, rows.map((row) => row[0]), rows.map((row) => row[1]), rows.map((row) => row[2])],
  );
}

/** Notes from where persons came, at their earliest. The first address of the chain is the person's own. */
export async function insertAddresses(
  sql: Sql,
  orgId: string,
  records: readonly StagedRecord[],
): Promise<void> {
  const first = new Map<string, { actorId: string; ip: string; at: Date }>();
  for (const { change, actorKind } of records) {
    const ip = change.remoteIp[0];
    if (actorKind !== 'person' || change.actorId === null || ip === undefined || ip.length > 100) continue;
    const key = `${change.actorId}\n${ip}`;
    const known = first.get(key);
    if (known === undefined || change.eventDate < known.at)
      first.set(key, { actorId: change.actorId, ip, at: change.eventDate });
  }
  if (first.size === 0) return;
  const rows = [...first.values()];
  await sql.query(
    `insert into actor_address as a (org_id, actor_id, ip, first_seen_at)
     select $1, x.actor_id, x.ip, x.at from unnest($2::text[], $3::text[], $4::timestamptz[]) as x (actor_id, ip, at)
     order by x.actor_id collate "C", x.ip collate "C"
     on conflict (org_id, actor_id, ip) do update set first_seen_at = excluded.first_seen_at where excluded.first_seen_at < a.first_seen_at`,
    [orgId, rows.map((row) => row.actorId), rows.map((row) => row.ip), rows.map((row) => row.at)],
  );
}
