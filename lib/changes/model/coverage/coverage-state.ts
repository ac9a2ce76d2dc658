import { addMs, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { CoverageState } from '@/lib/kernel/words';

/** An hour read sooner than this after its end may still grow: records are late by up to an hour. */
export const SETTLE_MS = 65 * MINUTE_MS;
/** A reading begun this long after the hour's end counts as complete by itself. */
export const FINAL_AFTER_MS = 48 * HOUR_MS;
/** Two readings that agree make an hour complete when they lie this far apart. */
export const APART_MS = 20 * HOUR_MS;
/** First read later than this after the hour's end: late, even when complete. */
export const LATE_AFTER_MS = 24 * HOUR_MS;
/** Once collecting has begun, an hour not read this long after its end is a gap: the asking that was due did not happen. */
export const OVERDUE_AFTER_MS = 90 * MINUTE_MS;

export type HourReading = {
  readonly runId: string | null;
  readonly askedFrom: Date;
  readonly askedTo: Date;
  readonly begunAt: Date;
  readonly outcome: 'answered' | 'failed' | 'no_permission';
  readonly because: string | null;
  readonly returned: number;
  readonly new: number;
  readonly quarantined: number;
  /** Records known before in the asked part that this reading did not bring. */
  readonly lost: number;
  readonly idsDigest: string;
};

export type CoverageBasis = 'one_reading' | 'two_readings' | 'two_paths';

export type DerivedHour = {
  readonly state: CoverageState;
  readonly basis: CoverageBasis | null;
  readonly records: number;
  readonly quarantined: number;
  readonly firstReadAt: Date | null;
  readonly lastReadAt: Date | null;
  readonly because: string | null;
};

/**
 * The state of one hour of one source and service as its readings tell it, by the rules of design 5. Takes readings in any
 * order. `twoPathsAgree` says whether push and pull brought the same ids for this hour.
 */
export function coverageState(
  hour: Date,
  readings: readonly HourReading[],
  more: { readonly twoPathsAgree?: boolean } = {},
): DerivedHour {
  const end = addMs(hour, HOUR_MS);
  const attempts = wholeAttempts(hour, readings);
  const answered = attempts.filter((one) => one.outcome === 'answered');
  const settled = answered.filter((one) => one.begunAt >= addMs(end, SETTLE_MS));
  const first = answered[0] ?? null;
  const last = settled.at(-1) ?? answered.at(-1) ?? null;
  const facts = {
    records: last?.returned ?? 0,
    quarantined: last?.quarantined ?? 0,
    firstReadAt: first?.begunAt ?? null,
    lastReadAt: last?.begunAt ?? null,
  };
  const told = (
    state: CoverageState,
    because: string | null,
    basis: CoverageBasis | null = null,
  ): DerivedHour => ({ state, basis, because, ...facts });

  if (settled.length === 0) {
    // Only the newest attempt tells: what was refused once and answered since is no gap.
    const lastTry = attempts.findLast((one) => one.begunAt >= end);
    if (lastTry?.outcome === 'no_permission')
      return told('not_evaluated', lastTry.because ?? 'no permission to read audits');
    if (lastTry?.outcome === 'failed') return told('gap', lastTry.because ?? 'asked and not answered');
    return told(
      'pending',
      answered.length === 0 ? 'not asked yet' : 'younger than 65 minutes after its end when it was read',
    );
  }
  const newest = settled.at(-1);
  if (newest !== undefined && newest.lost > 0)
    return told('gap', `readings disagree: the last one lacks ${newest.lost} records that were read before`);
  const complete = completion(end, settled, more.twoPathsAgree ?? false);
  if (complete === null) return told('provisional', 'read once; to be read again');
  const firstLate = first !== null && first.begunAt > addMs(end, LATE_AFTER_MS);
  const grown = settled.some((one) => one.begunAt > complete.at && one.new > 0);
  if (!firstLate && !grown) return told('complete', null, complete.basis);
  return told(
    'late_complete',
    firstLate ? 'first read more than 24 hours late' : 'grown after it was complete',
    complete.basis,
  );
}

/** Worst first: what a day of several services shows. */
export const STATES_WORST_FIRST: readonly CoverageState[] = [
  'gap',
  'not_evaluated',
  'pending',
  'provisional',
  'late_complete',
  'complete',
];

function completion(
  end: Date,
  settled: readonly HourReading[],
  twoPathsAgree: boolean,
): { at: Date; basis: CoverageBasis } | null {
  for (const later of settled) {
    const earlier = settled.find(
      (one) =>
        later.begunAt.getTime() - one.begunAt.getTime() >= APART_MS && one.idsDigest === later.idsDigest,
    );
    if (earlier !== undefined) return { at: later.begunAt, basis: 'two_readings' };
  }
  const newest = settled.at(-1);
  if (twoPathsAgree && newest !== undefined) return { at: newest.begunAt, basis: 'two_paths' };
  const final = settled.find((one) => one.begunAt >= addMs(end, FINAL_AFTER_MS));
  return final === undefined ? null : { at: final.begunAt, basis: 'one_reading' };
}

/**
 * Attempts that asked for the whole hour (or for all of it that had passed), oldest first. Pieces of one run that together
 * cover the hour are one attempt; a piece that failed makes its attempt fail.
 */
function wholeAttempts(hour: Date, readings: readonly HourReading[]): HourReading[] {
  const end = addMs(hour, HOUR_MS);
  const whole: HourReading[] = [];
  const pieces = new Map<string, HourReading[]>();
  for (const reading of readings) {
    const covers =
      reading.askedFrom <= hour && (reading.askedTo >= end || reading.begunAt < addMs(end, SETTLE_MS));
    if (covers || reading.runId === null) whole.push(reading);
    else pieces.set(reading.runId, [...(pieces.get(reading.runId) ?? []), reading]);
  }
  for (const parts of pieces.values()) {
    const joined = join(hour, end, parts);
    if (joined !== null) whole.push(joined);
  }
  return whole.sort((a, b) => a.begunAt.getTime() - b.begunAt.getTime());
}

function join(hour: Date, end: Date, parts: readonly HourReading[]): HourReading | null {
  const ordered = [...parts].sort(
    (a, b) => a.askedFrom.getTime() - b.askedFrom.getTime() || a.begunAt.getTime() - b.begunAt.getTime(),
  );
  let upTo = hour;
  for (const part of ordered) if (part.askedFrom <= upTo && part.askedTo > upTo) upTo = part.askedTo;
  const [first] = ordered;
  const bad = ordered.find((part) => part.outcome !== 'answered');
  if (first === undefined || (upTo < end && bad === undefined)) return null;
  const sum = (pick: (part: HourReading) => number) => ordered.reduce((total, part) => total + pick(part), 0);
  const newest = ordered.reduce((latest, part) => (part.begunAt > latest.begunAt ? part : latest), first);
  return {
    ...newest,
    outcome: bad?.outcome ?? 'answered',
    because: bad?.because ?? null,
    returned: sum((part) => part.returned),
    new: sum((part) => part.new),
    quarantined: sum((part) => part.quarantined),
    lost: sum((part) => part.lost),
    idsDigest: ordered.map((part) => part.idsDigest).join(' '),
  };
}
