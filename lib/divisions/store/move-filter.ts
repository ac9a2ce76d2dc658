import type { MoveFilter } from '../contract';
import { LINKAGE_NOW, MOVES_WITH_CHANGES } from './move-rows';

/** A WHERE over `MOVES_READ` with its parameters. */
export type Where = { readonly sql: string; readonly values: readonly unknown[] };

/** Moves with their changes, their last review `r`, and the last word on what they cite, `e`. */
export const MOVES_READ = `${MOVES_WITH_CHANGES}
  left join lateral (
    select x.decided_at, x.outcome, x.reviewer, x.comment from move_review x where x.org_id = m.org_id and x.move_id = m.id
    order by x.decided_at desc, x.id desc limit 1
  ) r on true
  left join lateral (
    select l.claims -> 0 as claim from link_evaluation l where l.org_id = m.org_id and l.change_id = m.change_id
    order by l.decided_at desc, l.id desc limit 1
  ) e on true`;

/** Where the review stands, at the instant that `now` names; as `reviewStateOf` has it. */
export function reviewState(now: string): string {
  return `case when r.outcome is not null then r.outcome when m.review_due_at is null then 'not_needed' when m.review_due_at <= ${now} then 'overdue' else 'pending' end`;
}

/** What asked for the move, in words: the best citation, where it stands for this change at all. Null where nothing did. */
export const WHY = `case when ${LINKAGE_NOW} in ('linked', 'late_approval', 'outside_window') and e.claim ->> 'reference' is not null then
    concat_ws(' ', case when e.claim ->> 'kind' = 'commit' then 'commit ' || left(e.claim ->> 'reference', 10) else e.claim ->> 'reference' end, e.claim ->> 'title',
      case ${LINKAGE_NOW} when 'late_approval' then '(approved after the move)' when 'outside_window' then '(outside its window)' end) end`;

/** The filter as SQL over `MOVES_READ`; `now` decides what is overdue. */
export function whereMoves(filter: MoveFilter, now: Date): Where {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const parts: string[] = [];
  const among = (column: string, type: string, given: readonly string[] | undefined): void => {
    if (given !== undefined && given.length > 0) parts.push(`${column} = any (${put(given)}::${type}[])`);
  };
  const either = (word: 'true' | 'false' | undefined, condition: string): void => {
    if (word !== undefined) parts.push(word === 'true' ? condition : `not (${condition})`);
  };
  if (filter.from !== undefined) parts.push(`m.at >= ${put(filter.from)}::timestamptz`);
  if (filter.to !== undefined) parts.push(`m.at < ${put(filter.to)}::timestamptz`);
  among('m.org_id', 'uuid', filter.org);
  either(filter.self, 'm.self_move_by is not null');
  either(filter.restricted, 'm.restricted is true');
  if (filter.boundary?.length)
    parts.push(
      `coalesce(case m.boundary_cross when true then 'cross' when false then 'same' end, 'not_evaluated') = any (${put(filter.boundary)}::text[])`,
    );
  if (filter.review?.length)
    parts.push(`${reviewState(`${put(now)}::timestamptz`)} = any (${put(filter.review)}::text[])`);
  among(LINKAGE_NOW, 'text', filter.linkage);
  among('m.source', 'text', filter.source);
  among('m.target_type', 'text', filter.type);
  if (filter.division?.length) {
    const divisions = `any (${put(filter.division)}::text[])`;
    parts.push(`(m.from_id = ${divisions} or m.to_id = ${divisions})`);
  }
  among('m.actor_id', 'text', filter.actor);
  if (filter.target !== undefined) parts.push(`m.target_id = ${put(filter.target)}`);
  if (filter.address?.length) parts.push(`m.address_flags && ${put(filter.address)}::text[]`);
  if (filter.session !== undefined) parts.push(`c.session_id = ${put(filter.session)}`);
  if (filter.q)
    parts.push(anywhere(put(filter.q), put(`%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)));
  return { sql: parts.length === 0 ? 'true' : parts.join(' and '), values };
}

function anywhere(exact: string, pattern: string): string {
  const ids = ['m.id', 'm.change_id', 'm.target_id', 'm.actor_id', 'm.client_id', 'm.client_ip'];
  const names = ['m.target_name', 'm.actor_name', 'm.client_name', 'm.from_name', 'm.to_name'];
  return `(${[...ids.map((id) => `${id} = ${exact}`), ...names.map((name) => `${name} ilike ${pattern}`)].join(' or ')})`;
}
