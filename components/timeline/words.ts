import { LINKAGE_WORDS, PLANNING_WORDS, RISK_WORDS } from '@/components/tally/words';
import { countOf, formatCount } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { TimelineBinDto, TimelineDto, TimelineMarkDto } from '@/lib/changes/contract/timeline';
import { ACTION_KINDS, type ActionKind } from '@/lib/changes/model/timeline/action-kind';
import type { Grain } from '@/lib/changes/model/timeline/grains';
import type { Lane } from '@/lib/changes/model/timeline/lanes';
import type { Extent } from './geometry/extent';

export const LANE_WORDS = {
  planned: 'Planned',
  ad_hoc: 'Ad-hoc',
  not_applicable: 'Not counted',
} as const satisfies Record<Lane, string>;

export const ACTION_WORDS = {
  create: 'created',
  update: 'changed',
  delete: 'removed',
  grant: 'granted',
  other: 'other',
} as const satisfies Record<ActionKind, string>;

export const GRAIN_WORDS = {
  minute: 'a minute',
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
} as const satisfies Record<Grain, string>;

/** `12 Nov 2026 00:00 to 14 Nov 2026 00:00, UTC`; whole days without their hours, the last one being inside. */
export function extentWords({ from, to }: Extent): string {
  const [a, b] = [new Date(from), new Date(to)];
  const whole = from % 86_400_000 === 0 && to % 86_400_000 === 0;
  if (!whole)
    return `${dayAndClock(a)} to ${a.toDateString() === b.toDateString() ? clock(b) : dayAndClock(b)}, UTC`;
  const last = new Date(to - 1);
  if (to - from === 86_400_000) return `${fullDay(a)}, UTC`;
  const sameYear = a.getUTCFullYear() === last.getUTCFullYear();
  return `${sameYear ? formatDay(a) : fullDay(a)} to ${fullDay(last)}, UTC`;
}

/** What a mark says of itself to those who cannot see it, the most telling first. */
export function markLabel(mark: TimelineMarkDto): string {
  const { change } = mark;
  const when = formatInstant(mark.at, 'UTC', 'minute');
  const why = `${LANE_WORDS[mark.lane].toLowerCase()}, ${LINKAGE_WORDS[change.linkage].toLowerCase()}${change.reference === null ? '' : ` by ${change.reference}`}`;
  if (mark.kind === 'session') {
    const grave =
      mark.count === 0 ? 'its high-risk changes stand beside it' : `${formatCount(mark.count)} of high risk`;
    return `Session: ${mark.session?.sentence ?? change.sentence}. ${RISK_WORDS[mark.risk]} risk, ${why}, ${when}, ${countOf(mark.size, 'change')}, ${grave}`;
  }
  const part =
    mark.session === null ? '' : `, part of a session of ${countOf(mark.session.changes, 'change')}`;
  return `${change.sentence}. ${RISK_WORDS[mark.risk]} risk, ${why}, ${when}${part}`;
}

export function binLabel(bin: TimelineBinDto): string {
  const span = extentWords({ from: Date.parse(bin.from), to: Date.parse(bin.to) });
  return `${countOf(bin.count, 'change')}, ${LANE_WORDS[bin.lane].toLowerCase()}, ${span}: ${formatCount(bin.risk.critical)} critical, ${formatCount(bin.risk.high)} high; ${actionsOf(bin)}`;
}

/** `12 changed, 3 removed`. */
export function actionsOf(bin: Pick<TimelineBinDto, 'action'>): string {
  return ACTION_KINDS.filter((kind) => bin.action[kind] > 0)
    .map((kind) => `${formatCount(bin.action[kind])} ${ACTION_WORDS[kind]}`)
    .join(', ');
}

/** The whole chart in one sentence. */
export function summaryOf(data: TimelineDto): string {
  const { lanes } = data;
  const span = extentWords({ from: Date.parse(data.from), to: Date.parse(data.to) });
  const parts = [`${formatCount(lanes.planned)} planned`, `${formatCount(lanes.ad_hoc)} ad-hoc`];
  if (lanes.not_applicable > 0) parts.push(`${formatCount(lanes.not_applicable)} not counted`);
  const how =
    data.drawn === 'marks'
      ? `in ${countOf(data.marks.length, 'mark')}`
      : `in bins of ${GRAIN_WORDS[data.grain]}`;
  return `${countOf(data.total, 'high-risk change')} from ${span}: ${parts.join(', ')}; ${formatCount(data.risk.critical)} critical. Drawn ${how}. ${missingWords(data.missingHours)}`;
}

/** What is not known of the period, or that all of it is. */
export function missingWords(hours: number): string {
  return hours === 0
    ? 'Every hour of it was collected or is still to come.'
    : `${countOf(hours, 'hour')} of it not collected.`;
}

export function planningWord(mark: TimelineMarkDto): string {
  return PLANNING_WORDS[mark.change.planning];
}

function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}

function fullDay(at: Date): string {
  return `${formatDay(at)} ${at.getUTCFullYear()}`;
}

function dayAndClock(at: Date): string {
  return `${fullDay(at)} ${clock(at)}`;
}
