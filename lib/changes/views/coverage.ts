import { view } from '@/lib/auth/view';
import { enforcement } from '@/lib/db/enforcement';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToHour, HOUR_MS, toIso } from '@/lib/kernel/instant';
import type { CoverageDto, CoverageHourDto, CoverageQuery } from '../contract';
import type { ReadingDto } from '../contract/collection';
import type { ReadingsQuery } from '../contract-lists';
import { OVERDUE_AFTER_MS } from '../model/coverage/coverage-state';
import {
  type CoverageAsked,
  completeTo,
  coverageHours,
  coveredServices,
  readingsOfHour,
  readSpan,
} from '../store/coverage/coverage-rows';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 400;
const MAX_READINGS = 2_000;
const ONE_HOUR_OF_ALL = 'Ask for one hour.';

/**
 * Every hour of the range with its state, also those nobody asked for: pending while their time has not come or before
 * collecting began; a gap once a collection that was due did not happen.
 */
export const viewCoverage = view(
  { permission: 'coverage.read' },
  async ({ sql, viewer, now }, query: CoverageQuery): Promise<CoverageDto> => {
    const asked = askedCoverage(query, viewer.orgIds, now);
    const span = await readSpan(sql, asked.orgIds, asked.sources);
    const hours = await hoursOf(sql, asked, { since: span?.from ?? null, now });
    const totals: Record<CoverageHourDto['state'], number> = {
      pending: 0,
      provisional: 0,
      complete: 0,
      late_complete: 0,
      gap: 0,
      not_evaluated: 0,
    };
    for (const hour of hours) totals[hour.state] += 1;
    return {
      from: toIso(asked.from),
      to: toIso(asked.to),
      hours,
      totals,
      services: await coveredServices(sql, asked),
      appendOnlyEnforced: (await enforcement(sql)).enforced,
      readTo: span === null ? null : toIso(span.to),
      completeTo: span === null ? null : toIso(await completeTo(sql, { ...asked, span })),
    };
  },
);

/** Every hour of the range with its state; `since` is where what was read begins, null when nothing was yet. */
export async function hoursOf(
  sql: Sql,
  asked: CoverageAsked,
  at: { readonly since: Date | null; readonly now: Date },
): Promise<CoverageHourDto[]> {
  const rows = new Map((await coverageHours(sql, asked)).map((row) => [row.hour.getTime(), row]));
  const hours: CoverageHourDto[] = [];
  for (let hour = asked.from; hour < asked.to; hour = addMs(hour, HOUR_MS)) {
    const row = rows.get(hour.getTime());
    hours.push(row === undefined ? unasked(hour, at.since, at.now) : { ...row, hour: toIso(hour) });
  }
  return hours;
}

/** The readings behind the cells of a range of at most a day. */
export const viewReadings = view(
  { permission: 'coverage.read' },
  async (
    { sql, viewer, now },
    { hour, ...query }: ReadingsQuery,
  ): Promise<{ items: ReadingDto[]; nextCursor: null }> => {
    const one = hour === undefined ? {} : { from: hour, to: toIso(addMs(new Date(hour), HOUR_MS)) };
    const asked = askedCoverage({ ...query, ...one }, viewer.orgIds, now);
    if (asked.to.getTime() - asked.from.getTime() > DAY_MS)
      throw requestError('bad_request', 'cannot list readings of more than a day', { hint: ONE_HOUR_OF_ALL });
    const rows = await readingsOfHour(sql, asked, MAX_READINGS);
    return {
      items: rows.map((row) => ({
        ...row,
        hour: toIso(row.hour),
        askedFrom: toIso(row.askedFrom),
        askedTo: toIso(row.askedTo),
        begunAt: toIso(row.begunAt),
        finishedAt: toIso(row.finishedAt),
      })),
      nextCursor: null,
    };
  },
);

function askedCoverage(query: CoverageQuery, orgIds: readonly string[], now: Date): CoverageAsked {
  const to = floorToHour(addMs(query.to === undefined ? now : new Date(query.to), HOUR_MS - 1));
  const from =
    query.from === undefined ? addMs(to, -DEFAULT_DAYS * DAY_MS) : floorToHour(new Date(query.from));
  if (from >= to) throw requestError('bad_request', 'cannot show coverage: `from` is not before `to`');
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY_MS)
    throw requestError('bad_request', `cannot show coverage of more than ${MAX_DAYS} days`);
  const wanted = query.org?.map((id) => id.toLowerCase());
  return {
    from,
    to,
    orgIds: wanted === undefined ? orgIds : orgIds.filter((id) => wanted.includes(id)),
    sources: query.source ?? ['pull'],
    services: query.service ?? null,
  };
}

function unasked(hour: Date, since: Date | null, now: Date): CoverageHourDto {
  const overdue = since !== null && hour >= since && now >= addMs(hour, HOUR_MS + OVERDUE_AFTER_MS);
  return {
    hour: toIso(hour),
    state: overdue ? 'gap' : 'pending',
    basis: null,
    records: 0,
    services: 0,
    quarantined: 0,
    because: overdue ? 'the collection that was due did not happen' : 'not asked yet',
  };
}
