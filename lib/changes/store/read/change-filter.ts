import { RISKS } from '@/lib/kernel/words';
import type { ChangeFilter } from '../../contract';
import { JUDGEABLE, linkageAt } from './judgeable';

/** A WHERE over `change c` with its parameters. */
export type Where = {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** The same cut at the search's `or`, for a list that asks index by index; absent without a search that found something. */
  readonly search?: { readonly rest: string; readonly ways: readonly SearchWay[] };
};

/** One way a change can fit the search: by ids that bore the name (each asked by itself as `h.id`), or by a plain condition. */
export type SearchWay = { readonly ids: string | null; readonly sql: string };

/** What the search text was found to mean: ids whose names match, or an id itself. */
export type SearchHits = {
  readonly entityIds: readonly string[];
  readonly actorIds: readonly string[];
  readonly tooMany: boolean;
  /** When the change happened whose own id the text is. */
  readonly changesAt: readonly Date[];
  /** What the session asked for is: itself and what is nested in it, between its first and its last change. */
  readonly session: SessionScope | null;
};

export type SessionScope = { readonly ids: readonly string[]; readonly from: Date; readonly to: Date };

/** More names than this are no search: then the text is looked for in the rows themselves, which is quick because it is common. */
export const MAX_SEARCH_HITS = 2_000;

export type FilterKey = keyof ChangeFilter;

/** The value of a filter that asks for rows where the column says nothing. */
export const UNKNOWN = 'unknown';

/**
 * The filter as SQL. `without` leaves one member out (a facet counts under the other filters). `q` and `session` need what
 * `searchOf` found for them; without it a session is its own changes alone.
 */
export function whereOf(
  filter: ChangeFilter,
  search: SearchHits | null,
  without: FilterKey | null = null,
): Where {
  const values: unknown[] = [];
  const parts: string[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const among = (
    key: FilterKey,
    column: string,
    type: string,
    given: readonly unknown[] | undefined,
  ): void => {
    if (key === without || given === undefined || given.length === 0) return;
    // An equality lets an index give its rows in the list's order; `any` of one value does not.
    const [only] = given;
    parts.push(
      given.length === 1 ? `${column} = ${put(only)}::${type}` : `${column} = any (${put(given)}::${type}[])`,
    );
  };
  const amongOrUnknown = (key: FilterKey, column: string, given: readonly string[] | undefined): void => {
    if (key === without || !given?.includes(UNKNOWN)) {
      among(key, column, 'text', given);
      return;
    }
    const others = given.filter((one) => one !== UNKNOWN);
    const unknown = `${column} is null or ${column} = '${UNKNOWN}'`;
    parts.push(
      others.length === 0 ? `(${unknown})` : `(${unknown} or ${column} = any (${put(others)}::text[]))`,
    );
  };
  if (filter.from !== undefined) parts.push(`c.event_date >= ${put(filter.from)}::timestamptz`);
  if (filter.to !== undefined) parts.push(`c.event_date < ${put(filter.to)}::timestamptz`);
  among('org', 'c.org_id', 'uuid', filter.org);
  among('service', 'c.service', 'text', filter.service);
  among('entityType', 'c.entity_type', 'text', filter.entityType);
  among('action', 'c.action', 'text', filter.action);
  amongOrUnknown('actor', 'c.actor_id', filter.actor);
  amongOrUnknown('division', 'c.division_id', filter.division);
  amongOrUnknown('team', 'c.team', filter.team);
  if (filter.bypass !== undefined) parts.push(filter.bypass === 'true' ? 'c.bypass' : 'not c.bypass');
  among('actorKind', 'c.actor_kind', 'text', filter.actorKind);
  if (filter.asOf !== undefined) parts.push(`c.received_at <= ${put(filter.asOf)}::timestamptz`);
  if (without !== 'linkage' && filter.linkage?.length)
    among(
      'linkage',
      filter.asOf === undefined ? 'c.linkage' : linkageAt(put(filter.asOf)),
      'text',
      filter.linkage,
    );
  among('planning', 'c.planning', 'text', filter.planning);
  among('source', 'c.source', 'text', filter.source);
  among('entity', 'c.entity_id', 'text', filter.entity);
  // The first condition is in words that the partial index knows.
  if (without !== 'riskRule' && filter.riskRule?.length)
    parts.push(
      `cardinality(c.risk_rules) > 0 and exists (select from unnest(c.risk_rules) mark where split_part(mark, '@', 1) = any (${put(filter.riskRule)}::text[]))`,
    );
  if (without !== 'risk' && filter.risk?.length) {
    const ranks = filter.risk.map((risk) => RISKS.indexOf(risk) + 1);
    // Only high and critical: in words that the partial index knows.
    parts.push(
      `${Math.min(...ranks) >= 3 ? 'c.risk >= 3 and ' : ''}c.risk = any (${put(ranks)}::smallint[])`,
    );
  }
  if (without !== 'accountable' && filter.accountable !== undefined) {
    // As of an instant, what a rule excused then was out of the rate, and nothing else is: excuses have a history.
    const counted =
      filter.asOf === undefined
        ? 'c.accountable'
        : `(${JUDGEABLE} and ${linkageAt(put(filter.asOf))} <> 'not_applicable')`;
    parts.push(filter.accountable === 'true' ? counted : `not ${counted}`);
  }
  if (without !== 'excluded' && filter.excluded?.length)
    parts.push(`c.excluded_reason = any (${put(filter.excluded)}::text[])`);
  if (filter.excuse?.length)
    // The last verdict says which rule excuses it now.
    parts.push(
      `c.excluded_reason = 'excused' and (select e.excuse_rule from link_evaluation e where e.org_id = c.org_id and e.change_id = c.id
         order by e.decided_at desc, e.id desc limit 1) = any (${put(filter.excuse)}::text[])`,
    );
  if (filter.session !== undefined) {
    const scope = search?.session ?? null;
    among('session', 'c.session_id', 'text', scope?.ids ?? [filter.session]);
    // Both ends are its own: they prune partitions and bound an ordered scan.
    if (scope !== null)
      parts.push(`c.event_date between ${put(scope.from)}::timestamptz and ${put(scope.to)}::timestamptz`);
  }
  const rest = parts.length === 0 ? 'true' : parts.join(' and ');
  if (!filter.q) return { sql: rest, values };
  if (search === null || search.tooMany) return { sql: `${rest} and ${anywhere(filter.q, put)}`, values };
  const ways = searchWays(filter.q, search, put);
  const either = ways.map((way) =>
    way.ids === null ? way.sql : `exists (select from ${way.ids} where ${way.sql})`,
  );
  return { sql: `${rest} and (${either.join(' or ') || 'false'})`, values, search: { rest, ways } };
}

/** The pattern of ILIKE that finds the text itself anywhere. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** A text so common that the newest rows soon hold enough of it. */
function anywhere(q: string, put: (value: unknown) => string): string {
  const exact = put(q);
  const pattern = put(likePattern(q));
  return `(c.id = ${exact} or c.actor_id = ${exact} or c.entity_id = ${exact} or c.transaction_id = ${exact} or c.entity_label ilike ${pattern} or c.actor_label ilike ${pattern})`;
}

function searchWays(q: string, search: SearchHits, put: (value: unknown) => string): SearchWay[] {
  const pattern = put(likePattern(q));
  const ways: SearchWay[] = [];
  // No id of the platform holds a space.
  const exact = /\s/.test(q) ? null : put(q);
  const named = (column: string, label: string, found: readonly string[]): void => {
    // Each once: a thing may have borne such a name as several kinds.
    const ids = [...new Set(exact === null ? found : [...found, q])];
    if (ids.length === 0) return;
    // The index finds the ids that ever bore such a name; the row decides whether it was called so then.
    const called =
      exact === null ? `${label} ilike ${pattern}` : `(${label} ilike ${pattern} or h.id = ${exact})`;
    ways.push({ ids: `unnest(${put(ids)}::text[]) h (id)`, sql: `${column} = h.id and ${called}` });
  };
  named('c.entity_id', 'c.entity_label', search.entityIds);
  named('c.actor_id', 'c.actor_label', search.actorIds);
  if (exact !== null) ways.push({ ids: null, sql: `c.transaction_id = ${exact}` });
  if (exact !== null && search.changesAt.length > 0)
    ways.push({
      ids: null,
      sql: `c.event_date = any (${put(search.changesAt)}::timestamptz[]) and c.id = ${exact}`,
    });
  return ways;
}
