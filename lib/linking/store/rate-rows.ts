import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { RateCell, RatePiece, RateScope } from '../model/rate';
import { isNarrowed, type RateFilter, UNKNOWN } from '../model/rate-filter';

/** Which changes: of these organisations, narrowed, and as they stood at an instant where one is given. */
export type RowsAsked = {
  readonly orgIds: readonly string[] | null;
  readonly filter: RateFilter;
  readonly asOf: Date | null;
};

/** Names a value as a parameter of the statement. */
export type Put = (value: unknown) => string;

/** What of a row is in the rate, in the words of the columns below. Source: design 5, unlinked change rate. */
export const COUNTED = `(excluded = '' and linkage <> 'not_applicable')`;

/** Whether linking says what `change c` is: excuses have a history, every other exclusion is the record's own. */
const JUDGEABLE = 'coalesce(tally.is_judgeable(c.accountable, c.excluded_reason, c.link_checked_at), false)';

/** How many rows stand under `unlinked`: with scope `all` also those that the rate leaves out. */
export function unlinkedIn(scope: RateScope): string {
  const own = `${COUNTED} and linkage = 'unlinked'`;
  return scope === 'all' ? `(${own} or not ${COUNTED})` : `(${own})`;
}

/**
 * The text of a statement that gives rows (at, org_id, service, division_id, team, actor_id, excluded, linkage, bypass, n) of the pieces: whole
 * days from the rollups, what juts out from the changes. As of an instant all of it comes from the changes and their verdicts. What is not
 * known is the empty text. With `accountable` the records that the rate leaves out are not among them.
 */
export function rateRows(
  put: Put,
  pieces: readonly RatePiece[],
  asked: RowsAsked,
  which: 'accountable' | 'all',
): string {
  const org = asked.orgIds === null ? null : put(asked.orgIds);
  const dims = dimsOf(put, asked.filter);
  const parts = pieces.flatMap(({ grain, from, to }) => {
    const [start, end] = [put(from), put(to)];
    const inOrg = (column: string) => (org === null ? '' : ` and ${column} = any (${org}::uuid[])`);
    const only = which === 'accountable' ? ' and c.accountable' : '';
    if (asked.asOf !== null) {
      const counted = which === 'accountable' ? ` and ${JUDGEABLE} and j.linkage <> 'not_applicable'` : '';
      return [rowsAsOf({ start, end, at: put(asked.asOf), inOrg, only: counted })];
    }
    const live = (extra: string): string =>
      `select c.event_date as at, c.org_id, c.service, coalesce(c.division_id, '') as division_id, coalesce(c.team, '') as team,
        coalesce(c.actor_id, '') as actor_id, coalesce(c.excluded_reason, '') as excluded, c.linkage, c.bypass, 1::bigint as n
      from change c where c.event_date >= ${start}::timestamptz and c.event_date < ${end}::timestamptz${extra}${inOrg('c.org_id')}`;
    if (grain !== 'day') return [live(only)];
    const days = `day >= ${start}::timestamptz and day < ${end}::timestamptz and n <> 0${inOrg('org_id')}`;
    const counted = `select day as at, org_id, service, division_id, team, actor_id, '' as excluded, linkage, bypass, n from ru_rate where ${days}`;
    return which === 'accountable' ? [counted] : [counted, live(' and not c.accountable')];
  });
  return `select * from (${parts.join(' union all ')}) r where ${dims}`;
}

type AsOf = {
  readonly start: string;
  readonly end: string;
  readonly at: string;
  readonly inOrg: (column: string) => string;
  readonly only: string;
};

function rowsAsOf({ start, end, at, inOrg, only }: AsOf): string {
  // One look into an index for each accountable change: no plan is better by much, and none can go wrong.
  return `select c.event_date as at, c.org_id, c.service, coalesce(c.division_id, '') as division_id, coalesce(c.team, '') as team,
      coalesce(c.actor_id, '') as actor_id, case when not ${JUDGEABLE} then coalesce(c.excluded_reason, '') when j.linkage = 'not_applicable' then 'excused' else '' end as excluded,
      j.linkage, c.bypass, 1::bigint as n
    from change c cross join lateral tally.linkage_at(c.org_id, c.id, ${JUDGEABLE}, ${at}::timestamptz) j
    where c.event_date >= ${start}::timestamptz and c.event_date < ${end}::timestamptz and c.received_at <= ${at}::timestamptz${only}${inOrg('c.org_id')}`;
}

/** The filter over the columns of `rateRows`. */
function dimsOf(put: Put, filter: RateFilter): string {
  const parts = [
    ['service', filter.service],
    ['actor_id', filter.actor],
    ['division_id', filter.division],
    ['team', filter.team],
  ] as const;
  const set = parts.flatMap(([column, values]) =>
    values.length === 0 ? [] : [`${column} = any (${put(withUnknown(values))}::text[])`],
  );
  return set.length === 0 ? 'true' : set.join(' and ');
}

function withUnknown(values: readonly string[]): readonly string[] {
  return values.includes(UNKNOWN) ? [...values, ''] : values;
}

/** A statement's parameters as they are named. */
export function parameters(): { readonly values: unknown[]; readonly put: Put } {
  const values: unknown[] = [];
  return { values, put: (value) => `$${values.push(value)}` };
}

/** The counts of the pieces by bucket, narrowed or as of an instant. What is provisional is counted by itself. */
export async function readNarrowedCells(
  sql: Sql,
  pieces: readonly RatePiece[],
  asked: RowsAsked & { readonly bucket: string },
): Promise<RateCell[]> {
  const { values, put } = parameters();
  const bucket = put(asked.bucket);
  const rows = await sql.query<Omit<RateCell, 'excluded'> & { excluded: RateCell['excluded'] | '' }>(
    `select date_trunc(${bucket}, at, 'UTC') as at, excluded, linkage, false as provisional, sum(n)::int8 as n
     from (${rateRows(put, pieces, asked, 'all')}) x group by 1, 2, 3 having sum(n) <> 0`,
    values,
  );
  return rows.map((row) => ({ ...row, excluded: row.excluded === '' ? null : row.excluded }));
}

/** How many of the rate's changes no pull had confirmed; an index holds those that none has by now. */
export async function countProvisional(
  sql: Sql,
  range: Interval,
  asked: RowsAsked & { readonly scope: RateScope },
): Promise<number> {
  const { values, put } = parameters();
  const where = narrowed(put, asked, 'c');
  const at = asked.asOf === null ? null : `${put(asked.asOf)}::timestamptz`;
  const state =
    at === null
      ? 'c.confirmed_at is null'
      : `(c.confirmed_at is null or c.confirmed_at > ${at}) and c.received_at <= ${at}`;
  const rows = await sql.query<{ n: number }>(
    `select count(*)::int8 as n from change c where ${state}${asked.scope === 'all' ? '' : ` and c.accountable and c.linkage <> 'not_applicable'`}
       and c.event_date >= ${put(range.from)}::timestamptz and c.event_date < ${put(range.to)}::timestamptz${where}`,
    values,
  );
  return rows[0]?.n ?? 0;
}

/** How many changes of the rate went past the pipeline, by hour; an index holds them alone. */
export async function countBypasses(
  sql: Sql,
  range: Interval,
  asked: RowsAsked,
): Promise<{ at: Date; n: number }[]> {
  const { values, put } = parameters();
  const where = narrowed(put, asked, 'c');
  const received = asked.asOf === null ? '' : ` and c.received_at <= ${put(asked.asOf)}::timestamptz`;
  return sql.query<{ at: Date; n: number }>(
    `select date_trunc('hour', c.event_date, 'UTC') as at, count(*)::int8 as n from change c
     where c.bypass and c.accountable and c.linkage <> 'not_applicable'
       and c.event_date >= ${put(range.from)}::timestamptz and c.event_date < ${put(range.to)}::timestamptz${received}${where} group by 1`,
    values,
  );
}

/** The organisations and the filter as conditions on the changes themselves; empty, or beginning with `and`. */
export function narrowed(put: Put, asked: Pick<RowsAsked, 'orgIds' | 'filter'>, alias: string): string {
  const { filter, orgIds } = asked;
  const org = orgIds === null ? '' : ` and ${alias}.org_id = any (${put(orgIds)}::uuid[])`;
  if (!isNarrowed(filter)) return org;
  const of = (column: string, values: readonly string[]): string =>
    values.length === 0
      ? ''
      : ` and coalesce(${alias}.${column}, '') = any (${put(withUnknown(values))}::text[])`;
  return `${org}${of('service', filter.service)}${of('actor_id', filter.actor)}${of('division_id', filter.division)}${of('team', filter.team)}`;
}
