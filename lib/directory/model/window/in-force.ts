import type { Interval } from '@/lib/kernel/instant';
import type { WindowVersion } from './window';

/** A version and the time in which it is the one that holds; `to` null: until another is made. */
export type Reign = { readonly version: WindowVersion; readonly from: Date; readonly to: Date | null };

/**
 * When each version holds: from its own instant to that of the next one of its window. Of several versions effective at one instant the one
 * decided last holds. Withdrawn stretches are left out. The order in which versions come plays no part.
 */
export function reignsOf(versions: readonly WindowVersion[]): Reign[] {
  const byWindow = new Map<string, WindowVersion[]>();
  for (const version of versions)
    byWindow.set(version.windowId, [...(byWindow.get(version.windowId) ?? []), version]);
  return [...byWindow.values()].flatMap((own) => {
    const sorted = [...own].sort(byDecision);
    return sorted.flatMap((version, index) => {
      // What was decided later takes over from its own instant on, also where that lies before one decided earlier.
      const later = sorted.slice(index + 1).map((one) => one.effectiveFrom.getTime());
      const to = later.length === 0 ? null : new Date(Math.min(...later));
      if (version.withdrawn || (to !== null && to <= version.effectiveFrom)) return [];
      return [{ version, from: version.effectiveFrom, to }];
    });
  });
}

/** The versions that hold at an instant, one a window, by name. */
export function inForceAt(versions: readonly WindowVersion[], at: Date): WindowVersion[] {
  return reignsOf(versions)
    .filter(({ from, to }) => from <= at && (to === null || at < to))
    .map(({ version }) => version)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The part of the range in which the version holds; null where it does not. */
export function clip(reign: Reign, range: Interval): Interval | null {
  const from = reign.from > range.from ? reign.from : range.from;
  const to = reign.to !== null && reign.to < range.to ? reign.to : range.to;
  return from < to ? { from, to } : null;
}

function byDecision(a: WindowVersion, b: WindowVersion): number {
  return (
    a.decidedAt.getTime() - b.decidedAt.getTime() ||
    a.effectiveFrom.getTime() - b.effectiveFrom.getTime() ||
    (a.versionId < b.versionId ? -1 : 1)
  );
}
