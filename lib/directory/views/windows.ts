import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type {
  OccurrenceDto,
  OccurrencesDto,
  OccurrencesQuery,
  WindowDto,
  WindowHistoryDto,
  WindowListQuery,
  WindowPreviewDto,
  WindowPreviewInput,
  WindowsDto,
  WindowVersionDto,
} from '../contract/windows';
import { sayTimes } from '../model/window/say-times';
import { isUnlimited } from '../model/window/scope';
import type { Occurrence, WindowVersion } from '../model/window/window';
import { loadReadings } from '../store/calendar-readings';
import { loadHistory, loadVersionsOf } from '../store/window-versions';
import { calendarOf } from '../windows/calendar';
import { checkedDefinition } from '../windows/check-definition';
import { timesOf } from '../windows/definition-of';
import { nextOccurrences } from '../windows/expand-times';
import { localTime } from '../windows/local-clock';
import { skippedStarts } from '../windows/rule-starts';

const SHOWN_NEXT = 3;
const PREVIEWED = 10;

/** Every window and freeze, withdrawn ones last, with when it is open next; and how reading their sources went. */
export const viewWindows = view<WindowListQuery, WindowsDto>(
  {
    permission: 'settings.read',
    journal: () => ({ action: 'change_windows.viewed', objectType: 'change_window' }),
  },
  async ({ sql, viewer, now }, input) => {
    const orgIds = input.org ?? viewer.orgIds;
    const versions = await loadVersionsOf(sql, orgIds);
    const histories = new Map<string, WindowVersion[]>();
    for (const one of versions) histories.set(one.windowId, [...(histories.get(one.windowId) ?? []), one]);
    const items = [...histories.values()].flatMap((history) => windowDto(history, now) ?? []);
    const readings = await loadReadings(sql, orgIds);
    return {
      items: items.sort(
        (a, b) =>
          Number(a.withdrawn) - Number(b.withdrawn) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
      ),
      nextCursor: null,
      readings: readings.map((one) => ({
        orgId: one.orgId,
        source: one.source,
        lastReadAt: one.lastReadAt === null ? null : toIso(one.lastReadAt),
        failedSince: one.failedSince === null ? null : toIso(one.failedSince),
        because: one.because,
      })),
    };
  },
);

/** One window with all its versions, the newest first. Throws `not_found`. */
export const viewWindow = view<{ readonly id: string }, WindowHistoryDto>(
  {
    permission: 'settings.read',
    journal: ({ id }, { window }) => ({
      action: 'change_window.viewed',
      objectType: 'change_window',
      objectId: id,
      orgId: window.orgId,
    }),
  },
  async ({ sql, now }, { id }) => {
    const history = await loadHistory(sql, id);
    const window = windowDto(history, now);
    if (window === null)
      throw requestError('not_found', 'cannot show this change window: there is none by this id');
    return { window, history: history.map(versionDto).reverse() };
  },
);

/** What is open in a range: windows to be shaded, freezes to be hatched. For every page with a time axis. */
export const viewOccurrences = view<OccurrencesQuery, OccurrencesDto>(
  {
    permission: 'metrics.read',
    journal: () => ({ action: 'change_windows.viewed', objectType: 'change_window' }),
  },
  async ({ sql, viewer }, input) => {
    const range = { from: new Date(input.from), to: new Date(input.to) };
    if (range.from >= range.to)
      throw requestError('bad_request', 'cannot show change windows: from must lie before to');
    const asOf = input.asOf === undefined ? null : new Date(input.asOf);
    const orgIds = input.org ?? viewer.orgIds;
    const known = (await loadVersionsOf(sql, orgIds)).filter((one) => asOf === null || one.decidedAt <= asOf);
    const items = calendarOf(known).occurrencesIn(range);
    return {
      from: toIso(range.from),
      to: toIso(range.to),
      asOf: asOf === null ? null : toIso(asOf),
      items: items.map(occurrenceDto),
      nextCursor: null,
    };
  },
);

/** When a window that is being typed in would be open next. Changes nothing; throws as saving it would. */
export const viewWindowPreview = view<WindowPreviewInput, WindowPreviewDto>(
  {
    permission: 'settings.read',
    journal: () => ({ action: 'change_window.previewed', objectType: 'change_window' }),
  },
  async ({ now }, { zone, times: given }) => {
    const { times } = checkedDefinition({
      kind: 'window',
      name: 'preview',
      zone,
      times: timesOf(given),
      scope: { divisions: [], services: [], entityTypes: [], objects: [] },
      approver: null,
      ticket: null,
    });
    const next = nextOccurrences(times, zone, { after: now, count: PREVIEWED });
    const year = { from: now, to: addMs(now, 366 * DAY_MS) };
    return {
      when: sayTimes(times, zone),
      next: next.map(({ from, to }) => ({
        from: toIso(from),
        to: toIso(to),
        localFrom: localTime(from, zone),
        localTo: localTime(to, zone),
      })),
      skipped: times.kind === 'once' ? [] : skippedStarts(times, zone, year),
    };
  },
);

/** The answer to who just changed a window. Throws `not_found`. */
export async function windowNow(sql: Sql, id: string, now: Date): Promise<WindowDto> {
  const window = windowDto(await loadHistory(sql, id), now);
  if (window === null)
    throw requestError('not_found', 'cannot show this change window: there is none by this id');
  return window;
}

function windowDto(history: readonly WindowVersion[], now: Date): WindowDto | null {
  const last = history.at(-1);
  if (last === undefined) return null;
  const next = last.withdrawn
    ? []
    : nextOccurrences(last.times, last.zone, { after: now, count: SHOWN_NEXT });
  return {
    ...versionDto(last),
    id: last.windowId,
    orgId: last.orgId,
    readOnly: last.source !== 'typed',
    openNow: next.some(({ from }) => from <= now),
    next: next.map(({ from, to }) => ({ from: toIso(from), to: toIso(to) })),
    versions: history.length,
  };
}

function versionDto(version: WindowVersion): WindowVersionDto {
  const { times } = version;
  return {
    ...saidBy(version),
    times:
      times.kind === 'once'
        ? { kind: 'once', from: toIso(times.from), to: toIso(times.to) }
        : { ...times, except: [...times.except] },
    when: sayTimes(times, version.zone),
    withdrawn: version.withdrawn,
    effectiveFrom: toIso(version.effectiveFrom),
    decidedAt: toIso(version.decidedAt),
    decidedBy: version.decidedBy,
    reason: version.reason,
  };
}

function occurrenceDto({ from, to, window }: Occurrence): OccurrenceDto {
  return {
    ...saidBy(window),
    windowId: window.windowId,
    orgId: window.orgId,
    from: toIso(from),
    to: toIso(to),
    wholeOrganization: isUnlimited(window.scope),
  };
}

function saidBy(version: WindowVersion) {
  const { versionId, kind, name, zone, scope, approver, ticket, source, url } = version;
  const { divisions, services, entityTypes, objects } = scope;
  return {
    versionId,
    kind,
    name,
    zone,
    scope: {
      divisions: [...divisions],
      services: [...services],
      entityTypes: [...entityTypes],
      objects: [...objects],
    },
    approver,
    ticket,
    source,
    url,
  };
}
