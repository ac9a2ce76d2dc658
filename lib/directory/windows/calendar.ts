import { addMs, contains, DAY_MS, type Interval } from '@/lib/kernel/instant';
import { clip, type Reign, reignsOf } from '../model/window/in-force';
import { isInScope, type Place } from '../model/window/scope';
import type { Occurrence, WindowKind, WindowVersion } from '../model/window/window';
import { occurrencesOf } from './expand-times';

/** Expansions are kept by stretches of this many days, so that looking at changes in the order of time expands each rule once. */
const STRETCH_DAYS = 32;
const STRETCH_MS = STRETCH_DAYS * DAY_MS;

/** Windows and freezes of one organisation over time, as they were known when it was made. */
export type Calendar = {
  readonly versions: readonly WindowVersion[];
  /** Whether a version of the kind ever held; without one there is no calendar to hold anything against. */
  readonly hasAny: (kind: WindowKind, at: Date) => boolean;
  /** What is open in the range, in order: each occurrence, cut to the range and to the time in which its version held. */
  readonly occurrencesIn: (range: Interval) => Occurrence[];
  /** What is open at the instant, whole occurrences, whatever they are about. */
  readonly openAt: (at: Date) => Occurrence[];
  /** As `openAt`, of one kind and about the change. */
  readonly about: (kind: WindowKind, change: Place & { readonly at: Date }) => Occurrence[];
};

/**
 * The calendar that the versions make. A change is held against what held at its time: what was typed in, changed or withdrawn later plays no
 * part for it. For the calendar as it was known at an earlier instant, give the versions decided by then. Start inclusive, end exclusive.
 */
export function calendarOf(versions: readonly WindowVersion[]): Calendar {
  const reigns = reignsOf(versions);
  const kept = new Map<string, readonly Interval[]>();

  function expand(reign: Reign, stretch: number): readonly Interval[] {
    const key = `${reign.version.versionId} ${stretch}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const range = { from: new Date(stretch * STRETCH_MS), to: new Date((stretch + 1) * STRETCH_MS) };
    const found =
      clip(reign, range) === null ? [] : occurrencesOf(reign.version.times, reign.version.zone, range);
    kept.set(key, found);
    return found;
  }

  function openAt(at: Date): Occurrence[] {
    const stretch = Math.floor(at.getTime() / STRETCH_MS);
    return reigns
      .filter((reign) => isIn(reign, at))
      .flatMap((reign) =>
        expand(reign, stretch)
          .filter((one) => contains(one, at))
          .map((one) => ({ ...one, window: reign.version })),
      );
  }

  return {
    versions,
    hasAny: (kind, at) => reigns.some((reign) => reign.version.kind === kind && isIn(reign, at)),
    occurrencesIn: (range) =>
      joined(
        reigns.flatMap((reign) => {
          const held = clip(reign, range);
          if (held === null) return [];
          return occurrencesOf(reign.version.times, reign.version.zone, held).map((one) => ({
            from: one.from > held.from ? one.from : held.from,
            to: one.to < held.to ? one.to : held.to,
            window: reign.version,
          }));
        }),
      ),
    openAt,
    about: (kind, change) =>
      openAt(change.at).filter(({ window }) => window.kind === kind && isInScope(window.scope, change)),
  };
}

/** The occurrences of one version near an instant: those that touch `[at - reachMs, at + reachMs)`. */
export function occurrencesNear(
  version: WindowVersion,
  near: { readonly at: Date; readonly reachMs: number },
): Interval[] {
  const range = { from: addMs(near.at, -near.reachMs), to: addMs(near.at, near.reachMs) };
  return occurrencesOf(version.times, version.zone, range);
}

/** What an edit in mid-window cut in two is shown as one; so is what overlaps, of the same version. */
function joined(pieces: readonly Occurrence[]): Occurrence[] {
  const sorted = [...pieces].sort(
    (a, b) =>
      a.from.getTime() - b.from.getTime() ||
      a.to.getTime() - b.to.getTime() ||
      (a.window.versionId < b.window.versionId ? -1 : 1),
  );
  const open = new Map<string, number>();
  const result: Occurrence[] = [];
  for (const piece of sorted) {
    const index = open.get(piece.window.windowId);
    const before = index === undefined ? undefined : result[index];
    const touching = before !== undefined && piece.from <= before.to;
    if (
      index !== undefined &&
      touching &&
      (piece.window.versionId === before.window.versionId || piece.from.getTime() === before.to.getTime())
    ) {
      result[index] = {
        from: before.from,
        to: piece.to > before.to ? piece.to : before.to,
        window: piece.window,
      };
    } else {
      open.set(piece.window.windowId, result.push(piece) - 1);
    }
  }
  return result;
}

function isIn(reign: Reign, at: Date): boolean {
  return reign.from <= at && (reign.to === null || at < reign.to);
}
