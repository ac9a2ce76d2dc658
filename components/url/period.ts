import { formatDay, formatInstant, offsetMinutes, UTC } from '@/components/ui/data/format-time';
import { DAY_MS, HOUR_MS, parseInstant, toIso } from '@/lib/kernel/instant';

/**
 * The period a page looks at, as the address says it: relative (`period=30d`), or absolute (`from=…&to=…`, half-open).
 * Relative days are whole UTC days with today in them, relative hours are whole hours with this one in them, so that
 * one question keeps one answer while its hour lasts and every record already received falls inside.
 */
export type Period =
  | { readonly kind: 'relative'; readonly preset: Preset }
  | { readonly kind: 'absolute'; readonly from: Date; readonly to: Date };

export const PRESETS = ['24h', '48h', '7d', '30d', '90d', '365d'] as const;
export type Preset = (typeof PRESETS)[number];
export const DEFAULT_PRESET: Preset = '30d';

export const PRESET_WORDS = {
  '24h': 'Last 24 hours',
  '48h': 'Last 48 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '365d': 'Last 365 days',
} as const satisfies Record<Preset, string>;

export type Range = { readonly from: Date; readonly to: Date };

/** The period that an address names; what it names wrongly falls back to the last 30 days. */
export function readPeriod(params: URLSearchParams): Period {
  const from = parseInstant(params.get('from'));
  const to = parseInstant(params.get('to'));
  if (from !== null && to !== null && from < to) return { kind: 'absolute', from, to };
  const preset = PRESETS.find((one) => one === params.get('period'));
  return { kind: 'relative', preset: preset ?? DEFAULT_PRESET };
}

/** The same address with another period; paging starts again, since its cursor belongs to the old one. */
export function withPeriod(params: URLSearchParams, period: Period): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['period', 'from', 'to', 'cursor']) next.delete(name);
  if (period.kind === 'absolute') {
    next.set('from', toIso(period.from));
    next.set('to', toIso(period.to));
  } else if (period.preset !== DEFAULT_PRESET) {
    next.set('period', period.preset);
  }
  return next;
}

/** The instants of a period. `now` decides only a relative one. */
export function rangeOf(period: Period, now: Date): Range {
  if (period.kind === 'absolute') return { from: period.from, to: period.to };
  const size = Number.parseInt(period.preset, 10);
  const unit = period.preset.endsWith('d') ? DAY_MS : HOUR_MS;
  const to = new Date((Math.floor(now.getTime() / unit) + 1) * unit);
  return { from: new Date(to.getTime() - size * unit), to };
}

/** The range of the same length right before this one. */
export function rangeBefore(range: Range): Range {
  return { from: new Date(2 * range.from.getTime() - range.to.getTime()), to: range.from };
}

/** The bucket that gives a readable number of points: hours up to two days, days up to 120, then weeks. */
export function bucketOf(range: Range): 'hour' | 'day' | 'week' {
  const ms = range.to.getTime() - range.from.getTime();
  if (ms <= 2 * DAY_MS) return 'hour';
  return ms <= 120 * DAY_MS ? 'day' : 'week';
}

/** `last 30 days, UTC` or `12 Nov 2026 00:00Z - 14 Nov 00:00Z`, for headings: a picture of the page explains itself. */
export function describePeriod(period: Period, zone: string = UTC): string {
  if (period.kind === 'relative') {
    const words = PRESET_WORDS[period.preset];
    return `${words.charAt(0).toLowerCase()}${words.slice(1)}, ${zone}`;
  }
  return `${formatInstant(period.from, zone, 'minute')} to ${formatInstant(period.to, zone, 'minute')}`;
}

/** The days of a range as one reads them: `24 Oct to 22 Nov`. The end is the last day inside. UTC. */
export function describeDays(range: Range, yearNow: number): string {
  const last = new Date(range.to.getTime() - 1);
  return `${formatDay(range.from, yearNow)} to ${formatDay(last, yearNow)}`;
}

/** The address with a relative period frozen to the instants it means now: what is sent to somebody stays the same. */
export function freeze(params: URLSearchParams, now: Date): URLSearchParams {
  const range = rangeOf(readPeriod(params), now);
  const cursor = params.get('cursor');
  const next = withPeriod(params, { kind: 'absolute', ...range });
  if (cursor !== null) next.set('cursor', cursor);
  return next;
}

/** What a `datetime-local` field holds, read as a time of `zone`; null when it holds none. */
export function readLocalInput(text: string, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  const asUtc = parseInstant(`${text.length === 16 ? `${text}:00` : text}Z`);
  if (asUtc === null || zone === UTC) return asUtc;
  // Twice: the first guess may lie on the other side of a change of clocks.
  const guess = new Date(asUtc.getTime() - offsetMinutes(asUtc, zone) * 60_000);
  return new Date(asUtc.getTime() - offsetMinutes(guess, zone) * 60_000);
}

/** What a `datetime-local` field shows for an instant in `zone`. */
export function toLocalInput(at: Date, zone: string): string {
  return formatInstant(at, zone, 'minute').slice(0, 16).replace(' ', 'T');
}
