import type { WindowVersion } from '@/lib/directory/model/window/window';
import { contains, type Interval, toIso } from '@/lib/kernel/instant';
import type { Claim, JudgedChange } from './claim';

/** A window that names a change's target, with what of it lies near the change. */
export type NearWindow = {
  readonly version: WindowVersion;
  /** Whether this version held when the change was made; otherwise it came later. */
  readonly held: boolean;
  /** The time it is open in which the change lies, else the nearest one; null where none is near. */
  readonly occurrence: Interval | null;
};

/** How sure a window is as the reason of a change: it names the object and a person approved it, but the change does not name it. */
const WITH_TICKET = 0.8;
const WITHOUT_TICKET = 0.7;

/**
 * The claim that an approved change window naming the target asked for the change; null where it claims nothing: a window without an approver
 * only shades the calendar, a window that came after the change and does not reach it says nothing about it. Best first: open at the
 * change, then open but decided later, then open at another time.
 * Source: design 5, linkage; a change window is half-open.
 */
export function judgeWindow(near: NearWindow, change: JudgedChange): Claim | null {
  const { version, held, occurrence } = near;
  if (version.kind !== 'window' || version.approver === null || occurrence === null) return null;
  const isOpen = contains(occurrence, change.at);
  if (!held && !isOpen) return null;
  const span = `from ${toIso(occurrence.from)} to ${toIso(occurrence.to)}`;
  const base = { version, occurrence };
  if (!held) {
    return claim(base, {
      status: 'late_approval',
      reason: 'approved_after_change',
      because: `it was put into the calendar at ${toIso(version.effectiveFrom)}, after the change`,
    });
  }
  if (!isOpen) {
    return claim(base, {
      status: 'outside_window',
      reason: 'outside_window',
      because: `the change lies outside it; the nearest time it is open is ${span}`,
    });
  }
  return claim(base, { status: 'linked', reason: null, because: `the change lies inside it, ${span}` });
}

function claim(
  { version, occurrence }: { version: WindowVersion; occurrence: Interval },
  verdict: Pick<Claim, 'status' | 'reason'> & { because: string },
): Claim {
  const ticket = version.ticket === null ? 'it names no ticket' : `its ticket is ${version.ticket}`;
  return {
    kind: 'window',
    reference: version.windowId,
    status: verdict.status,
    reason: verdict.reason,
    reasons: [verdict.because, 'it names the object that was changed', ticket],
    foundBy: 'change window that names the object',
    confidence: version.ticket === null ? WITHOUT_TICKET : WITH_TICKET,
    statusAtChange: null,
    approvedAt: version.effectiveFrom,
    approvers: version.approver === null ? [] : [version.approver],
    window: occurrence,
    namesTarget: true,
    emergency: false,
    review: null,
    url: version.url,
    title: version.name,
  };
}
