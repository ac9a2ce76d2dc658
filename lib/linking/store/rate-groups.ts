import type { Sql } from '@/lib/db/sql';
import type { Bucket } from '@/lib/kernel/words';
import type { BreakdownBy } from '../contract/rate-breakdown';
import type { RatePiece, RateScope } from '../model/rate';
import { UNKNOWN } from '../model/rate-filter';
import type { GroupCounts } from '../model/rate-groups';
import { COUNTED, parameters, type RowsAsked, rateRows, unlinkedIn } from './rate-rows';

export type GroupsAsked = RowsAsked & {
  readonly pieces: readonly RatePiece[];
  readonly by: BreakdownBy;
  readonly scope: RateScope;
};

/** The place of a group in the order: the last one shown. */
export type GroupPlace = { readonly unlinked: number; readonly total: number; readonly key: string };

export type GroupRow = GroupCounts & {
  readonly key: string;
  /** An organisation the group is of: ids of divisions are looked up there. */
  readonly org: string;
};

export type GroupPage = {
  readonly rows: readonly GroupRow[];
  readonly groups: number;
  readonly all: GroupCounts;
  /** Everything after the last of the rows. */
  readonly after: GroupCounts;
  readonly groupsAfter: number;
};

/** What tells the groups apart; what is not known is a group of its own. */
const KEYS: Readonly<Record<BreakdownBy, string>> = {
  day: `to_char(at at time zone 'UTC', 'YYYY-MM-DD')`,
  service: 'service',
  team: `coalesce(nullif(team, ''), '${UNKNOWN}')`,
  actor: `coalesce(nullif(actor_id, ''), '${UNKNOWN}')`,
  division: `coalesce(nullif(division_id, ''), '${UNKNOWN}')`,
  org: 'org_id::text',
};

const PARTS = ['linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked', 'bypasses'] as const;
const NOT_LINKED = '(late_approval + outside_window + mismatch + unlinked)';

type Row = Record<
  (typeof PARTS)[number] | `all_${(typeof PARTS)[number]}` | `after_${(typeof PARTS)[number]}`,
  number
> & {
  key: string;
  org: string;
  groups: number;
  groups_after: number;
};

/**
 * The first `limit` groups after a place, most unlinked first (days: newest first), with what all groups and those after the last one come
 * to. Groups without a change of the rate are none.
 */
export async function selectGroups(
  sql: Sql,
  asked: GroupsAsked,
  page: { readonly after: GroupPlace | null; readonly limit: number },
): Promise<GroupPage> {
  const { values, put } = parameters();
  const rows = rateRows(put, asked.pieces, asked, asked.scope);
  const order = asked.by === 'day' ? 'key desc' : `${NOT_LINKED} desc, ${NOT_LINKED} + linked desc, key`;
  const part = (name: (typeof PARTS)[number]): string => {
    if (name === 'bypasses') return `${COUNTED} and bypass`;
    return name === 'unlinked' ? unlinkedIn(asked.scope) : `${COUNTED} and linkage = '${name}'`;
  };
  const found = await sql.query<Row>(
    `with grouped as (
       select ${KEYS[asked.by]} collate "C" as key, min(org_id::text) as org,
         ${PARTS.map((name) => `coalesce(sum(n) filter (where ${part(name)}), 0)::int8 as ${name}`).join(', ')}
       from (${rows}) r group by 1
     ), placed as (
       select *, (count(*) over ())::int8 as groups, (count(*) over w - 1)::int8 as groups_after,
         ${PARTS.map((name) => `(sum(${name}) over ())::int8 as all_${name}, (sum(${name}) over w - ${name})::int8 as after_${name}`).join(', ')}
       from grouped where ${NOT_LINKED} + linked > 0
       window w as (order by ${order} rows between current row and unbounded following)
     )
     select * from placed where ${afterOf(asked.by, page.after, put)} order by ${order} limit ${put(page.limit)}`,
    values,
  );
  const last = found.at(-1);
  return {
    rows: found.map((row) => ({ key: row.key, org: row.org, ...countsOf(row, '') })),
    groups: last?.groups ?? 0,
    all: last === undefined ? NOTHING : countsOf(last, 'all_'),
    after: last === undefined ? NOTHING : countsOf(last, 'after_'),
    groupsAfter: last?.groups_after ?? 0,
  };
}

const NOTHING: GroupCounts = {
  counts: { linked: 0, late_approval: 0, outside_window: 0, mismatch: 0, unlinked: 0 },
  bypasses: 0,
};

function countsOf(row: Row, prefix: '' | 'all_' | 'after_'): GroupCounts {
  return {
    counts: {
      linked: row[`${prefix}linked`],
      late_approval: row[`${prefix}late_approval`],
      outside_window: row[`${prefix}outside_window`],
      mismatch: row[`${prefix}mismatch`],
      unlinked: row[`${prefix}unlinked`],
    },
    bypasses: row[`${prefix}bypasses`],
  };
}

function afterOf(by: BreakdownBy, after: GroupPlace | null, put: (value: unknown) => string): string {
  if (after === null) return 'true';
  const key = put(after.key);
  if (by === 'day') return `key < ${key}`;
  const [unlinked, total] = [put(after.unlinked), put(after.total)];
  const own = `${NOT_LINKED} + linked`;
  return `(${NOT_LINKED} < ${unlinked}::int8 or (${NOT_LINKED} = ${unlinked}::int8 and (${own} < ${total}::int8 or (${own} = ${total}::int8 and key > ${key}))))`;
}

export type TrendRow = {
  readonly key: string;
  readonly at: Date;
  readonly unlinked: number;
  readonly total: number;
};

/** The unlinked and all changes of these groups by bucket. */
export async function selectTrends(
  sql: Sql,
  asked: GroupsAsked,
  of: { readonly keys: readonly string[]; readonly bucket: Bucket },
): Promise<TrendRow[]> {
  const { values, put } = parameters();
  const rows = rateRows(put, asked.pieces, asked, asked.scope);
  const unlinked = unlinkedIn(asked.scope);
  return sql.query<TrendRow>(
    `select ${KEYS[asked.by]} as key, date_trunc(${put(of.bucket)}, at, 'UTC') as at,
       coalesce(sum(n) filter (where ${unlinked} or (${COUNTED} and linkage <> 'linked')), 0)::int8 as unlinked,
       coalesce(sum(n) filter (where ${unlinked} or ${COUNTED}), 0)::int8 as total
     from (${rows}) r where ${KEYS[asked.by]} = any (${put(of.keys)}::text[]) group by 1, 2`,
    values,
  );
}

/** The names that these actors last bore in a change. */
export async function selectActorLabels(
  sql: Sql,
  actorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; label: string | null }>(
    `select a.id, (select l.actor_label from change l where l.actor_id = a.id and l.actor_label is not null order by l.event_date desc, l.id desc limit 1) as label
     from unnest($1::text[]) a (id)`,
    [actorIds],
  );
  return new Map(rows.flatMap(({ id, label }) => (label === null ? [] : [[id, label] as const])));
}
