import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToDay, floorToHour, HOUR_MS, type Interval, toIso } from '@/lib/kernel/instant';
import { rootSessions } from '@/lib/sessions/root-sessions';
import { sessionsById } from '@/lib/sessions/store/read/session-list';
import type { ChangeFilter } from '../../contract';
import type { TimelineDto, TimelineQuery } from '../../contract/timeline';
import { actionKindOf } from '../../model/timeline/action-kind';
import { type CountedCell, toBins } from '../../model/timeline/bins';
import { type Gap, gapsOf, missingHours } from '../../model/timeline/gaps';
import { allowedGrain, type Grain, grainFor } from '../../model/timeline/grains';
import { type Lane, laneOf, TIMELINE_RISKS, type TimelineRisk } from '../../model/timeline/lanes';
import {
  type ComposedMark,
  composeMarks,
  type PlacedChange,
  type SessionSize,
} from '../../model/timeline/marks';
import { readSpan } from '../../store/coverage/coverage-rows';
import type { SearchHits } from '../../store/read/change-filter';
import { type TimelineRow, timelineCells, timelineRows } from '../../store/read/timeline';
import { hoursOf } from '../coverage';
import { checkedFilter, searchOf } from '../list-changes';
import { calendarSpans } from './calendar-spans';
import { toMarkDtos } from './mark-dtos';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 750;
/** More marks than this nobody can tell apart: then the range is told in bins. */
const MOST_MARKS = 400;
/** Changes that may hide behind so many marks, in sessions. */
const MOST_PLACED = 5_000;
const MOST_SPANS = 400;

/**
 * High-risk changes of a period in lanes, planned and ad-hoc: single marks while they are few, else bins whose counts add up to
 * the same total, which is that of the list under the same filter. With the hours that were not seen, and the calendar.
 */
export const viewTimeline = view(
  { permission: 'changes.read' },
  async ({ sql, viewer, now }, query: TimelineQuery): Promise<TimelineDto> => {
    const { grain: wanted, draw = 'marks', ...rest } = checkedFilter(query);
    const range = rangeOf(rest, now);
    const filter: ChangeFilter = {
      ...rest,
      from: toIso(range.from),
      to: toIso(range.to),
      risk: rest.risk?.length ? rest.risk : [...TIMELINE_RISKS],
    };
    const orgIds =
      filter.org === undefined ? viewer.orgIds : viewer.orgIds.filter((id) => filter.org?.includes(id));
    const grain = wanted === undefined ? grainFor(range) : allowedGrain(range, wanted);
    const search = await searchOf(sql, filter);
    const placed = draw === 'bins' ? null : await placedIn(sql, filter, search);
    const drawn =
      placed === null
        ? await toldInBins(sql, { filter, search, range, grain })
        : await toldInMarks(sql, placed);
    const gaps = await gapsIn(sql, { orgIds, services: filter.service ?? null, range, now });
    const spans = await calendarSpans(sql, orgIds, range);
    return {
      from: toIso(range.from),
      to: toIso(range.to),
      grain,
      ...drawn,
      gaps: gaps.map((gap) => ({ ...gap, from: toIso(gap.from), to: toIso(gap.to) })),
      missingHours: missingHours(gaps, range),
      spans: spans.slice(0, MOST_SPANS),
      spansLeftOut: Math.max(0, spans.length - MOST_SPANS),
    };
  },
);

type Drawn = Pick<TimelineDto, 'drawn' | 'total' | 'lanes' | 'risk' | 'marks' | 'bins'>;

async function toldInMarks(sql: Sql, placed: Placed): Promise<Drawn> {
  const counts = sums();
  for (const { lane, risk } of placed.changes) add(counts, lane, risk, 1);
  return { drawn: 'marks', ...counts, marks: await toMarkDtos(sql, placed.marks), bins: [] };
}

async function toldInBins(
  sql: Sql,
  asked: {
    readonly filter: ChangeFilter;
    readonly search: SearchHits | null;
    readonly range: Interval;
    readonly grain: Grain;
  },
): Promise<Drawn> {
  const { filter, search, range, grain } = asked;
  const rows = await timelineCells(sql, filter, { search, grain });
  const cells = rows.map(
    (row): CountedCell => ({
      bucket: row.bucket,
      lane: laneOf(row.planning),
      risk: riskOf(row.risk),
      action: actionKindOf(row.action, row.entityType),
      n: row.n,
    }),
  );
  const counts = sums();
  for (const { lane, risk, n } of cells) add(counts, lane, risk, n);
  const bins = toBins(cells, range, grain);
  return {
    drawn: 'bins',
    ...counts,
    marks: [],
    bins: bins.map((bin) => ({ ...bin, from: toIso(bin.from), to: toIso(bin.to) })),
  };
}

type Placed = { readonly changes: readonly PlacedChange[]; readonly marks: readonly ComposedMark[] };

/** The marks of the range; null when there are more than can be told apart. */
async function placedIn(sql: Sql, filter: ChangeFilter, search: SearchHits | null): Promise<Placed | null> {
  const rows = await timelineRows(sql, filter, { search, limit: MOST_PLACED + 1 });
  if (rows.length > MOST_PLACED) return null;
  const changes: PlacedChange[] = [];
  const sizes = new Map<string, SessionSize>();
  for (const orgId of new Set(rows.map((row) => row.orgId))) {
    const own = rows.filter((row) => row.orgId === orgId);
    const rootOf = await rootSessions(sql, { orgId, ids: own.flatMap((row) => row.sessionId ?? []) });
    changes.push(...own.map((row) => placedChange(row, rootOf)));
    const roots = own.flatMap((row) => (row.sessionId === null ? [] : rootOf(row.sessionId)));
    for (const one of await sessionsById(sql, [...new Set(roots)]))
      sizes.set(`${one.orgId} ${one.id}`, {
        changes: one.changes,
        firstAt: one.firstAt.getTime(),
        lastAt: one.lastAt.getTime(),
      });
  }
  const marks = composeMarks(changes, sizes);
  return marks.length > MOST_MARKS ? null : { changes, marks };
}

function placedChange(row: TimelineRow, rootOf: (id: string) => string): PlacedChange {
  return {
    orgId: row.orgId,
    id: row.id,
    at: row.eventDate.getTime(),
    lane: laneOf(row.planning),
    risk: riskOf(row.risk),
    action: actionKindOf(row.action, row.entityType),
    kind: `${row.service}/${row.entityType}/${row.action}`,
    session: row.sessionId === null ? null : rootOf(row.sessionId),
  };
}

async function gapsIn(
  sql: Sql,
  asked: {
    readonly orgIds: readonly string[];
    readonly services: readonly string[] | null;
    readonly range: Interval;
    readonly now: Date;
  },
): Promise<Gap[]> {
  const { orgIds, services, range, now } = asked;
  const sources = ['pull'];
  const span = await readSpan(sql, orgIds, sources);
  const hours = await hoursOf(
    sql,
    {
      orgIds,
      sources,
      services,
      from: floorToHour(range.from),
      to: floorToHour(addMs(range.to, HOUR_MS - 1)),
    },
    { since: span?.from ?? null, now },
  );
  return gapsOf(hours.map(({ hour, state, because }) => ({ hour: new Date(hour), state, because })));
}

function rangeOf(query: Pick<TimelineQuery, 'from' | 'to'>, now: Date): Interval {
  const to = query.to === undefined ? addMs(floorToDay(now), DAY_MS) : new Date(query.to);
  const from = query.from === undefined ? addMs(to, -DEFAULT_DAYS * DAY_MS) : new Date(query.from);
  if (from >= to) throw requestError('bad_request', 'cannot draw the timeline: `from` is not before `to`');
  if (to.getTime() - from.getTime() > MAX_DAYS * DAY_MS)
    throw requestError('bad_request', `cannot draw a timeline of more than ${MAX_DAYS} days`, {
      hint: 'Ask for a shorter period.',
    });
  return { from, to };
}

function riskOf(rank: number): TimelineRisk {
  return rank >= 4 ? 'critical' : 'high';
}

type Sums = { total: number; lanes: Record<Lane, number>; risk: Record<TimelineRisk, number> };

function sums(): Sums {
  return {
    total: 0,
    lanes: { planned: 0, ad_hoc: 0, not_applicable: 0 },
    risk: { high: 0, critical: 0 },
  };
}

function add(counts: Sums, lane: Lane, risk: TimelineRisk, n: number): void {
  counts.total += n;
  counts.lanes[lane] += n;
  counts.risk[risk] += n;
}
