import { addMs, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';

/** Changes of one client belong to one deployment while each follows the one before within this time, as in sessions. */
export const DEPLOYMENT_GAP_MS = 60 * SECOND_MS;
/** How far around a change its deployment is looked for. A stamp further off says nothing about it. */
export const DEPLOYMENT_REACH_MS = 30 * MINUTE_MS;

type Act = { readonly changeId: string; readonly at: Date; readonly actorId: string };

/**
 * The acts that belong to the deployment of each change: same actor, an unbroken chain of gaps of at most 60 s, within reach.
 * Requires acts in order of time.
 */
export function deploymentsOf<One extends Act>(
  changes: readonly Act[],
  acts: readonly One[],
): Map<string, readonly One[]> {
  const chains = new Map<string, One[][]>();
  for (const act of acts) {
    const mine = chains.get(act.actorId) ?? [];
    const chain = mine.at(-1);
    const last = chain?.at(-1);
    if (chain !== undefined && last !== undefined && gap(last, act) <= DEPLOYMENT_GAP_MS) chain.push(act);
    else mine.push([act]);
    chains.set(act.actorId, mine);
  }
  return new Map(
    changes.map((change) => {
      const chain = (chains.get(change.actorId) ?? []).find((one) =>
        one.some((act) => act.changeId === change.changeId),
      );
      return [
        change.changeId,
        (chain ?? []).filter((act) => Math.abs(gap(act, change)) <= DEPLOYMENT_REACH_MS),
      ];
    }),
  );
}

/** The stretches of time to read around instants, overlapping ones as one. */
export function reachesAround(instants: readonly Date[]): { readonly from: Date; readonly to: Date }[] {
  const merged: { from: Date; to: Date }[] = [];
  for (const at of [...instants].sort((left, right) => left.getTime() - right.getTime())) {
    const from = addMs(at, -DEPLOYMENT_REACH_MS);
    const to = addMs(at, DEPLOYMENT_REACH_MS);
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else merged.push({ from, to });
  }
  return merged;
}

function gap(left: Act, right: Act): number {
  return right.at.getTime() - left.at.getTime();
}
