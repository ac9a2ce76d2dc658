import { type ChangeLinkage, type Claim, LINKAGE_ORDER, type LinkReason } from './claim';

export type LinkageVerdict = {
  readonly linkage: ChangeLinkage;
  readonly reason: LinkReason | null;
  /** All claims, best first. */
  readonly claims: readonly Claim[];
};

/**
 * The linkage of an accountable change over its claims: the best one decides, all are kept. The order in which they come
 * plays no part.
 * Source: design 5, linkage, step 4.
 */
export function decideLinkage(claims: readonly Claim[]): LinkageVerdict {
  const sorted = [...claims].sort(byWorth);
  const best = sorted[0];
  if (best === undefined) return { linkage: 'unlinked', reason: 'cites_nothing', claims: [] };
  return { linkage: best.status, reason: best.reason, claims: sorted };
}

function byWorth(left: Claim, right: Claim): number {
  const rank = LINKAGE_ORDER.indexOf(left.status) - LINKAGE_ORDER.indexOf(right.status);
  if (rank !== 0) return rank;
  if (left.confidence !== right.confidence) return right.confidence - left.confidence;
  const a = `${left.kind} ${left.reference}`;
  const b = `${right.kind} ${right.reference}`;
  return a < b ? -1 : a > b ? 1 : 0;
}
