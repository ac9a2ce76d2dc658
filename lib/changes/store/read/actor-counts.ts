import type { Sql } from '@/lib/db/sql';
import type { ChangeFilter } from '../../contract';
import { type SearchHits, whereOf } from './change-filter';
import { wholeDays } from './counts';

export type ActorCount = {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly n: number;
};

const ROLLED = new Set(['from', 'to', 'org', 'actorKind', 'linkage']);

/** Who made most of the changes under the filter (without its own choice of actors), most first, with the name they last bore in a change. */
export async function countActors(
  sql: Sql,
  filter: ChangeFilter,
  asked: { readonly search: SearchHits | null; readonly limit: number },
): Promise<ActorCount[]> {
  const live = whereOf(filter, asked.search, 'actor');
  const days = wholeDays(filter);
  const fromChanges = (extra: string) =>
    `select c.actor_id, c.actor_kind, count(*) as n from change c where ${live.sql} and c.actor_id is not null${extra} group by 1, 2`;
  const rolled = Object.entries(filter).every(
    ([key, value]) => value === undefined || key === 'actor' || ROLLED.has(key),
  );
  const fromRollup = rolled && days !== null;
  const values = fromRollup && days.fromIsWhole && days.toIsWhole ? [] : [...live.values];
  let rows = fromChanges('');
  if (fromRollup) {
    const { from: _from, to: _to, ...dims } = filter;
    const where = whereOf(dims, null, 'actor');
    const shifted = where.sql.replace(/\$(\d+)/g, (_all, n: string) => `$${Number(n) + values.length}`);
    values.push(...where.values);
    const from = days.from === null ? null : `$${values.push(days.from)}::timestamptz`;
    const to = days.to === null ? null : `$${values.push(days.to)}::timestamptz`;
    const edges = [
      days.fromIsWhole || from === null ? null : `c.event_date < ${from}`,
      days.toIsWhole || to === null ? null : `c.event_date >= ${to}`,
    ].filter((one) => one !== null);
    rows = `select c.actor_id, c.actor_kind, sum(c.n) as n from ru_actor c where c.actor_id <> '' and ${shifted}${from === null ? '' : ` and c.day >= ${from}`}${to === null ? '' : ` and c.day < ${to}`} group by 1, 2
      ${edges.length === 0 ? '' : `union all ${fromChanges(` and (${edges.join(' or ')})`)}`}`;
  }
  return sql.query<ActorCount>(
    `select a.actor_id as id, a.actor_kind as kind, a.n, (select l.actor_label from change l where l.actor_id = a.actor_id and l.actor_label is not null order by l.event_date desc, l.id desc limit 1) as name
     from (select actor_id, actor_kind, sum(n)::int8 as n from (${rows}) x group by 1, 2 having sum(n) > 0 order by 3 desc, 1 limit $${values.push(asked.limit)}) a order by a.n desc, a.actor_id`,
    values,
  );
}
