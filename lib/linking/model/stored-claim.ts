import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIso } from '@/lib/kernel/instant';
import type { Claim } from './claim';
import type { LinkageVerdict } from './decide-linkage';

/** A claim as JSON: instants as ISO text. */
export type StoredClaim = Omit<Claim, 'approvedAt' | 'window'> & {
  readonly approvedAt: string | null;
  readonly window: { readonly from: string; readonly to: string } | null;
};

/** The claim as it stands in an evaluation's body. */
export function storedClaim(claim: Claim): StoredClaim {
  return {
    ...claim,
    approvedAt: claim.approvedAt === null ? null : toIso(claim.approvedAt),
    window: claim.window === null ? null : { from: toIso(claim.window.from), to: toIso(claim.window.to) },
  };
}

/**
 * The claims with those that could not be evaluated now replaced by what the same citation came to when it last could: a source that cannot be
 * reached leaves the last verdict. What was found to be no citation then is none now. `last` is null for a change never judged.
 */
export function carriedOver(claims: readonly Claim[], last: readonly Claim[] | null): Claim[] {
  if (last === null) return [...claims];
  return claims.flatMap((claim) => {
    if (claim.reason !== 'not_evaluated') return [claim];
    const old = last.find((one) => one.kind === claim.kind && one.reference === claim.reference);
    if (old === undefined) return [];
    return [old.reason === 'not_evaluated' ? claim : old];
  });
}

/**
 * Text that is equal for verdicts that say the same. Why a citation could not be looked up is left out: an outage with changing messages is
 * one verdict, not many.
 */
export function sameness(
  verdict: Pick<LinkageVerdict, 'reason' | 'claims'> & {
    readonly linkage: string;
    readonly planning: string;
    readonly excuseRule: string | null;
  },
): string {
  const { linkage, reason, planning, excuseRule } = verdict;
  const claims = verdict.claims.map((claim) =>
    claim.reason === 'not_evaluated' ? { kind: claim.kind, reference: claim.reference } : storedClaim(claim),
  );
  return canonicalJson({ linkage, reason, planning, claims, excuseRule });
}
