import { servicesAsked } from '@/lib/changes/model/high-impact';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToDay, type Interval, toIso } from '@/lib/kernel/instant';
import type { Bucket } from '@/lib/kernel/words';
import { RATE_FORMULA_VERSION, type RateDto, type RateQuery } from './contract';
import {
  bucketsOf,
  excludedOf,
  piecesOf,
  previousPeriod,
  provisionalOf,
  type RateCell,
  type RateScope,
  rateOf,
  seriesOf,
} from './model/rate';
import { isNarrowed, type RateFilter } from './model/rate-filter';
import { type RateLists, rateLists } from './model/rate-lists';
import { countNotEvaluated, countNotEvaluatedAsOf, readCells } from './store/rate-cells';
import { countBypasses, countProvisional, readNarrowedCells } from './store/rate-rows';

const DEFAULT_DAYS = 30;
const MAX_POINTS = 5_000;
const LONGEST_DAYS = 3_660;

/** What is asked, with every default filled in. */
export type RateAsked = {
  readonly range: Interval;
  readonly scope: RateScope;
  readonly bucket: Bucket;
  readonly orgIds: readonly string[] | null;
  readonly filter: RateFilter;
  readonly asOf: Date | null;
};

/**
 * The query with its defaults: the last 30 UTC days including today, accountable changes, buckets that give a readable series.
 * Throws `bad_request` for an empty or endless range.
 */
export function askedRate(query: RateQuery, now: Date): RateAsked {
  const to = query.to === undefined ? addMs(floorToDay(now), DAY_MS) : new Date(query.to);
  const from = query.from === undefined ? addMs(to, -DEFAULT_DAYS * DAY_MS) : new Date(query.from);
  if (from >= to) throw requestError('bad_request', 'cannot give the rate: `from` is not before `to`');
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > LONGEST_DAYS)
    throw requestError('bad_request', 'cannot give the rate: the period is longer than ten years');
  const bucket = query.bucket ?? (days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 400 ? 'week' : 'month');
  if (bucketsOf({ from, to }, bucket).length > MAX_POINTS) {
    throw requestError(
      'bad_request',
      `cannot give the rate: the series would have more than ${MAX_POINTS} points`,
      { hint: 'Ask for a longer bucket.' },
    );
  }
  return {
    range: { from, to },
    scope: query.scope ?? 'accountable',
    bucket,
    orgIds:
      query.org === undefined || query.org.length === 0 ? null : query.org.map((id) => id.toLowerCase()),
    filter: {
      service: servicesAsked(query.service, query.preset) ?? [],
      actor: query.actor ?? [],
      division: query.division ?? [],
      team: query.team ?? [],
    },
    asOf: query.asOf === undefined ? null : new Date(query.asOf),
  };
}

/** The unlinked change rate with its series, exclusions and the period before. Within one transaction, so that its parts agree. */
export async function unlinkedRate(sql: Sql, asked: RateAsked): Promise<RateDto> {
  const { range, scope, bucket, filter, asOf } = asked;
  const cells = await cellsOf(sql, range, asked);
  const before = previousPeriod(range);
  const previous = rateOf(await cellsOf(sql, before, asked), scope);
  const notEvaluated =
    asOf === null
      ? await countNotEvaluated(sql, range, asked)
      : await countNotEvaluatedAsOf(sql, range, { ...asked, asOf });
  const bypasses = await countBypasses(sql, range, asked);
  return {
    from: toIso(range.from),
    to: toIso(range.to),
    scope,
    bucket,
    formula: RATE_FORMULA_VERSION,
    asOf: asOf === null ? null : toIso(asOf),
    filter,
    ...rateOf(cells, scope),
    bypasses: bypasses.reduce((sum, { n }) => sum + n, 0),
    notEvaluated,
    excluded: excludedOf(cells),
    provisional: isFromRollups(asked)
      ? provisionalOf(cells, scope)
      : await countProvisional(sql, range, asked),
    previous: {
      from: toIso(before.from),
      to: toIso(before.to),
      unlinked: previous.unlinked,
      total: previous.total,
      rate: previous.rate,
    },
    series: seriesOf(cells, { range, bucket, scope, bypasses }),
  };
}

/** The filters of the two lists behind the rate, as it stands now or stood at the instant asked about. */
export function listsOfRate(asked: RateAsked): RateLists {
  return rateLists({
    range: asked.range,
    scope: asked.scope,
    orgIds: asked.orgIds ?? undefined,
    filter: asked.filter,
    asOf: asked.asOf,
  });
}

/** Whether the counts of whole hours and days are those that every page needs. */
function isFromRollups(asked: RateAsked): boolean {
  return asked.asOf === null && !isNarrowed(asked.filter);
}

function cellsOf(sql: Sql, range: Interval, asked: RateAsked): Promise<RateCell[]> {
  const { orgIds, bucket, asOf } = asked;
  const pieces = piecesOf(range, bucket);
  // Verdicts of an instant are told apart by change alone, so that there the range need not be cut.
  if (asOf !== null) return readNarrowedCells(sql, [{ ...range, grain: 'row' }], asked);
  return isFromRollups(asked)
    ? readCells(sql, pieces, { orgIds, bucket })
    : readNarrowedCells(sql, pieces, asked);
}
