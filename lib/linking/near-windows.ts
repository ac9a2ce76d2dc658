import { reignsOf } from '@/lib/directory/model/window/in-force';
import { namesObject } from '@/lib/directory/model/window/scope';
import type { WindowVersion } from '@/lib/directory/model/window/window';
import { type Calendar, occurrencesNear } from '@/lib/directory/windows/calendar';
import { contains, DAY_MS, type Interval } from '@/lib/kernel/instant';
import type { Claim, JudgedChange } from './model/claim';
import { decideLinkage } from './model/decide-linkage';
import { judgeWindow, type NearWindow } from './model/judge-window';

/** How far from a change a window may be open and still be said to be missed: a month, so that monthly windows are. */
export const NEAR_DAYS = 31;

/** What the calendar claims about changes. Made once a run: windows that name objects are few, changes are many. */
export type WindowDesk = {
  /** Ids of objects that approved windows name or named, as they were typed in. */
  readonly objects: readonly string[];
  /** One claim a window at most, its best. */
  readonly claimsOn: (change: JudgedChange) => Claim[];
};

/** The calendar as judging asks it; null where none is known. */
export type Windows = { readonly calendar: Calendar; readonly desk: WindowDesk } | null;

/** The calendar of a run, ready to be asked about each of its changes. */
export function windowsOf({ calendar }: { readonly calendar?: Calendar }): Windows {
  return calendar === undefined ? null : { calendar, desk: windowDesk(calendar) };
}

/** The windows that name objects, ready to be asked. */
export function windowDesk(calendar: Calendar): WindowDesk {
  const naming = calendar.versions.filter(
    (one) => one.kind === 'window' && one.approver !== null && !one.withdrawn && one.scope.objects.length > 0,
  );
  const reigns = new Map(reignsOf(calendar.versions).map((reign) => [reign.version.versionId, reign]));
  return {
    objects: [...new Set(naming.flatMap((one) => one.scope.objects))],
    claimsOn(change) {
      const byWindow = new Map<string, Claim[]>();
      for (const version of naming) {
        if (!namesObject(version.scope, change.entityId)) continue;
        const reign = reigns.get(version.versionId);
        // A version that was overtaken before it ever held, or decided in the past of another, claims nothing.
        if (reign === undefined) continue;
        const held = contains({ from: reign.from, to: reign.to ?? new Date(8.64e15) }, change.at);
        if (!held && version.effectiveFrom <= change.at) continue;
        const claim = judgeWindow(nearOf(version, { held, at: change.at }), change);
        if (claim !== null)
          byWindow.set(version.windowId, [...(byWindow.get(version.windowId) ?? []), claim]);
      }
      return [...byWindow.values()].flatMap((claims) => decideLinkage(claims).claims.slice(0, 1));
    },
  };
}

function nearOf(version: WindowVersion, of: { held: boolean; at: Date }): NearWindow {
  const near = occurrencesNear(version, { at: of.at, reachMs: NEAR_DAYS * DAY_MS });
  const open = near.find((one) => contains(one, of.at));
  return { version, held: of.held, occurrence: open ?? nearest(near, of.at) };
}

function nearest(occurrences: readonly Interval[], at: Date): Interval | null {
  const distance = (one: Interval) =>
    one.from > at ? one.from.getTime() - at.getTime() : at.getTime() - one.to.getTime();
  return [...occurrences].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
