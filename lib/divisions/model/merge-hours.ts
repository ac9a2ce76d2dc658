import { addMs, HOUR_MS, type Interval } from '@/lib/kernel/instant';

/** The hours as the fewest intervals, in order: neighbours become one. A database prunes and seeks by few intervals, not by many. */
export function mergeHours(hours: readonly Date[]): Interval[] {
  const merged: { from: Date; to: Date }[] = [];
  for (const hour of [...hours].sort((a, b) => a.getTime() - b.getTime())) {
    const last = merged.at(-1);
    if (last !== undefined && last.to >= hour) last.to = addMs(hour, HOUR_MS);
    else merged.push({ from: hour, to: addMs(hour, HOUR_MS) });
  }
  return merged;
}
