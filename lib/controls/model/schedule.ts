import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';

export const FORMAL_CADENCES = ['weekly', 'monthly', 'quarterly'] as const;
export type FormalCadence = (typeof FORMAL_CADENCES)[number];
export type Cadence = 'formal' | 'continuous';

/** When controls run by themselves: a formal run for the record, and one each day between, so that no failure waits a month. */
export type Schedule = {
  readonly formal: FormalCadence;
  /** Whether they run each day as well. */
  readonly continuous: boolean;
  /** Hour of the day (UTC) at which runs are due. */
  readonly hour: number;
};

export const DEFAULT_SCHEDULE: Schedule = { formal: 'monthly', continuous: true, hour: 2 };

/** A run that was to happen. */
export type Due = { readonly dueAt: Date; readonly cadence: Cadence };

/** A run that nobody finished this long after it was due is missed. */
const GRACE_MS = { formal: DAY_MS, continuous: 22 * HOUR_MS } as const;
/** A result still speaks for the end of a day this long after the next run was due. */
const STALE_GRACE_MS = { formal: 3 * DAY_MS, continuous: 6 * HOUR_MS } as const;
const LONGEST_MS = { weekly: 7 * DAY_MS, monthly: 31 * DAY_MS, quarterly: 92 * DAY_MS } as const;

/** Every run that is due in [from, to), oldest first. */
export function duesIn(schedule: Schedule, from: Date, to: Date): Due[] {
  const dues: Due[] = [];
  const midnight = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  for (let day = midnight; day < to.getTime(); day += DAY_MS) {
    const dueAt = new Date(day + schedule.hour * HOUR_MS);
    if (dueAt < from || dueAt >= to) continue;
    if (isFormalDay(schedule.formal, dueAt)) dues.push({ dueAt, cadence: 'formal' });
    else if (schedule.continuous) dues.push({ dueAt, cadence: 'continuous' });
  }
  return dues;
}

/** The next run that is due after an instant. */
export function nextDue(schedule: Schedule, after: Date): Due {
  const [due] = duesIn(schedule, addMs(after, 1), addMs(after, LONGEST_MS[schedule.formal] + DAY_MS));
  if (due === undefined) throw new RangeError('every schedule has a next run');
  return due;
}

/**
 * The newest run that was due at an instant and that nobody finished since; null where there is none. What was missed before is
 * not caught up: a state that is past cannot be looked at any more.
 */
export function openDue(
  schedule: Schedule,
  at: { readonly since: Date; readonly now: Date; readonly runs: readonly FinishedRun[] },
): Due | null {
  const reach = addMs(at.now, -(LONGEST_MS[schedule.formal] + DAY_MS));
  const dues = duesIn(schedule, at.since > reach ? at.since : reach, addMs(at.now, 1));
  const newest = dues.at(-1);
  // A formal run that is still open comes before the day's: it stands for that day, too.
  const formal = dues.findLast((due) => due.cadence === 'formal');
  if (
    formal !== undefined &&
    at.now.getTime() - formal.dueAt.getTime() < GRACE_MS.formal &&
    isOpen(formal, at.runs)
  )
    return formal;
  return newest !== undefined && isOpen(newest, at.runs) ? newest : null;
}

export type FinishedRun = {
  readonly cadence: Cadence;
  readonly occasion: 'scheduled' | 'asked';
  readonly finishedAt: Date;
};

/** Runs that were due in [since, now), had their time, and that nobody finished within it; oldest first. */
export function missedDues(
  schedule: Schedule,
  of: { readonly since: Date; readonly now: Date; readonly runs: readonly FinishedRun[] },
): Due[] {
  return duesIn(schedule, of.since, of.now).filter((due) => {
    const end = addMs(due.dueAt, GRACE_MS[due.cadence]);
    return end <= of.now && !of.runs.some((run) => satisfies(run, due) && run.finishedAt < end);
  });
}

/** How old a result may be to speak for an instant. */
export function freshForMs(schedule: Schedule): number {
  return schedule.continuous
    ? DAY_MS + STALE_GRACE_MS.continuous
    : LONGEST_MS[schedule.formal] + STALE_GRACE_MS.formal;
}

function isOpen(due: Due, runs: readonly FinishedRun[]): boolean {
  return !runs.some((run) => satisfies(run, due));
}

/** A run a person asked for stands for any that was due: it looks at the same. */
function satisfies(run: FinishedRun, due: Due): boolean {
  return run.finishedAt >= due.dueAt && (due.cadence === 'continuous' || run.cadence === 'formal');
}

function isFormalDay(formal: FormalCadence, day: Date): boolean {
  if (formal === 'weekly') return day.getUTCDay() === 1;
  return day.getUTCDate() === 1 && (formal === 'monthly' || day.getUTCMonth() % 3 === 0);
}
