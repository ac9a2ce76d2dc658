import type { Sql } from '@/lib/db/sql';

export type JournalRow = {
  readonly id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly body: string;
  readonly leafHash: Buffer;
};

export type JournalFilter = {
  readonly from?: Date;
  readonly to?: Date;
  readonly actors?: readonly string[];
  readonly actions?: readonly string[];
  readonly objects?: readonly { readonly type: string; readonly id: string | null }[];
  readonly orgIds?: readonly string[];
  /** Rows older than this place. */
  readonly before?: { readonly at: Date; readonly id: string };
};

/** Rows newest first, at most `limit`. */
export async function listJournal(sql: Sql, filter: JournalFilter, limit: number): Promise<JournalRow[]> {
  const where: string[] = ['true'];
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (filter.from) where.push(`at >= ${bind(filter.from)}`);
  if (filter.to) where.push(`at < ${bind(filter.to)}`);
  if (filter.orgIds?.length) where.push(`org_id = any (${bind(filter.orgIds)}::uuid[])`);
  if (filter.actors?.length) where.push(`coalesce(actor_id, actor_kind) = any (${bind(filter.actors)})`);
  if (filter.actions?.length) {
    const whole = filter.actions.filter((action) => !action.endsWith('*'));
    const prefixes = filter.actions
      .filter((action) => action.endsWith('*'))
      .map((action) => action.slice(0, -1));
    where.push(
      `(action = any (${bind(whole)}) or exists (select 1 from unnest(${bind(prefixes)}::text[]) p where starts_with(action, p)))`,
    );
  }
  if (filter.objects?.length) {
    const one = filter.objects.map(({ type, id }) =>
      id === null
        ? `object_type = ${bind(type)}`
        : `(object_type = ${bind(type)} and object_id = ${bind(id)})`,
    );
    where.push(`(${one.join(' or ')})`);
  }
  if (filter.before) where.push(`(at, id) < (${bind(filter.before.at)}, ${bind(filter.before.id)})`);
  return sql.query<JournalRow>(
    `select id, at, received_at as "receivedAt", body, leaf_hash as "leafHash" from journal
     where ${where.join(' and ')} order by at desc, id desc limit ${bind(limit)}`,
    values,
  );
}

/** Actors and actions that occur, for filters. Bounded: a loose index scan would be quicker, a list of 500 is enough. */
export async function listJournalFacets(
  sql: Sql,
): Promise<{ actors: { id: string; name: string }[]; actions: string[] }> {
  const actors = await sql.query<{ id: string; name: string }>(
    `select id, name from (
       select distinct on (coalesce(actor_id, actor_kind)) coalesce(actor_id, actor_kind) as id, actor_name as name
       from (select actor_id, actor_kind, actor_name, at from journal order by at desc limit 20000) recent
       order by coalesce(actor_id, actor_kind), at desc
     ) one order by lower(name), id limit 500`,
  );
  const actions = await sql.query<{ action: string }>(
    `select distinct action from (select action from journal order by at desc limit 20000) recent order by action limit 500`,
  );
  return { actors, actions: actions.map((row) => row.action) };
}
