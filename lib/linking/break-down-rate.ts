import type { Sql } from '@/lib/db/sql';
import { namesAt } from '@/lib/directory/names-at';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { RATE_FORMULA_VERSION } from './contract';
import type { BreakdownDto, BreakdownQuery } from './contract/rate-breakdown';
import { bucketStart, bucketsOf, piecesOf } from './model/rate';
import { UNKNOWN } from './model/rate-filter';
import { sumsOf, totalsOf, trendBucket } from './model/rate-groups';
import {
  type GroupPlace,
  type GroupRow,
  type GroupsAsked,
  selectActorLabels,
  selectGroups,
  selectTrends,
} from './store/rate-groups';
import { askedRate, type RateAsked } from './unlinked-rate';

const GROUPS_SHOWN = 10;

/**
 * The unlinked change rate by what is asked: the groups with most unlinked changes (days: the newest), each with its parts, its share and
 * its trend; everything after them together, to be opened by the cursor. Items, what came before them and the others add up to the totals.
 */
export async function breakDownRate(sql: Sql, query: BreakdownQuery, now: Date): Promise<BreakdownDto> {
  const asked = askedRate(query, now);
  const { range, scope, filter, asOf } = asked;
  const bucket = trendBucket(range, asked.bucket);
  const groupsAsked: GroupsAsked = {
    orgIds: asked.orgIds,
    filter,
    asOf,
    by: query.by,
    scope,
    pieces: asOf === null ? piecesOf(range, bucket) : [{ ...range, grain: 'row' }],
  };
  const page = await selectGroups(sql, groupsAsked, {
    after: placeOf(query.cursor),
    limit: query.limit ?? GROUPS_SHOWN,
  });
  const labels = await labelsOf(sql, { rows: page.rows, asked, by: query.by, now });
  const trends =
    query.by === 'day' ? null : await trendsOf(sql, groupsAsked, { rows: page.rows, range, bucket });
  const last = page.rows.at(-1);
  return {
    from: toIso(range.from),
    to: toIso(range.to),
    scope,
    by: query.by,
    formula: RATE_FORMULA_VERSION,
    asOf: asOf === null ? null : toIso(asOf),
    filter,
    totals: totalsOf(page.all, page.all.counts),
    groups: page.groups,
    items: page.rows.map((row) => ({
      key: row.key,
      label: labels.get(row.key) ?? null,
      ...totalsOf(row, page.all.counts),
      trend: trends?.get(row.key) ?? [],
    })),
    others:
      page.groupsAfter === 0 ? null : { groups: page.groupsAfter, ...totalsOf(page.after, page.all.counts) },
    trend: { bucket, from: trends === null ? [] : bucketsOf(range, bucket).map((one) => toIso(one.from)) },
    nextCursor: page.groupsAfter === 0 || last === undefined ? null : cursorOf(last),
  };
}

function cursorOf(row: GroupRow): string {
  const { unlinked, total } = sumsOf(row.counts);
  return encodeCursor([unlinked, total, row.key]);
}

function placeOf(cursor: string | undefined): GroupPlace | null {
  if (cursor === undefined) return null;
  const [unlinked, total, key] = decodeCursor(cursor, 3);
  if (Number.isSafeInteger(unlinked) && Number.isSafeInteger(total) && typeof key === 'string')
    return { unlinked: Number(unlinked), total: Number(total), key };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

/** Names of actors as they last bore them, of divisions as they were called at the end of the period; other keys are words already. */
async function labelsOf(
  sql: Sql,
  of: {
    readonly rows: readonly GroupRow[];
    readonly asked: RateAsked;
    readonly by: BreakdownDto['by'];
    readonly now: Date;
  },
): Promise<ReadonlyMap<string, string>> {
  const known = of.rows.filter((row) => row.key !== UNKNOWN);
  if (known.length === 0) return new Map();
  if (of.by === 'actor')
    return selectActorLabels(
      sql,
      known.map((row) => row.key),
    );
  if (of.by !== 'division') return new Map();
  const at = of.asked.range.to < of.now ? of.asked.range.to : of.now;
  const labels = new Map<string, string>();
  for (const org of new Set(known.map((row) => row.org))) {
    const ids = known.filter((row) => row.org === org).map((row) => row.key);
    const names = await namesAt(
      sql,
      org,
      ids.map((id) => ({ id, kind: 'division' as const, at })),
    );
    for (const { id, name } of names) if (name !== null) labels.set(id, name);
  }
  return labels;
}

type Trend = { unlinked: number; total: number }[];

async function trendsOf(
  sql: Sql,
  asked: GroupsAsked,
  of: {
    readonly rows: readonly GroupRow[];
    readonly range: RateAsked['range'];
    readonly bucket: RateAsked['bucket'];
  },
): Promise<ReadonlyMap<string, Trend>> {
  const { range, bucket } = of;
  const places = new Map(
    bucketsOf(range, bucket).map(({ from }, n) => [bucketStart(from, bucket).getTime(), n]),
  );
  const trends = new Map<string, Trend>(
    of.rows.map((row) => [row.key, Array.from(places, () => ({ unlinked: 0, total: 0 }))]),
  );
  const keys = [...trends.keys()];
  if (keys.length === 0) return trends;
  for (const { key, at, unlinked, total } of await selectTrends(sql, asked, { keys, bucket })) {
    const point = trends.get(key)?.[places.get(at.getTime()) ?? -1];
    if (point === undefined) continue;
    point.unlinked += unlinked;
    point.total += total;
  }
  return trends;
}
