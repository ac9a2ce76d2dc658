import type { ChangeDetailDto, LinkClaimDto } from '@/lib/changes/contract';
import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { Claim } from './model/claim';
import { storedClaim } from './model/stored-claim';
import { allEvaluations, lastEvaluations } from './store/evaluations';
import { type FailedLookup, failedLookups } from './store/failed-lookups';

export type VerdictDto = ChangeDetailDto['verdicts'][number];

/** The claims of each change that has any, best first; a source that has not answered since is said so. */
export async function readClaims(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, LinkClaimDto[]>> {
  if (changeIds.length === 0) return new Map();
  const evaluations = await lastEvaluations(sql, orgId, changeIds);
  const references = [...evaluations.values()].flatMap((evaluation) =>
    evaluation.claims.map((claim) => claim.reference),
  );
  const failed = await failedLookups(sql, orgId, [...new Set(references)]);
  return new Map(
    [...evaluations].map(([changeId, evaluation]) => [
      changeId,
      evaluation.claims.map((claim) => claimDto(claim, evaluation.decidedAt, failed)),
    ]),
  );
}

/** Every verdict on each change, oldest first; changes never judged have none. */
export async function readVerdicts(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, VerdictDto[]>> {
  const verdicts = new Map<string, VerdictDto[]>();
  if (changeIds.length === 0) return verdicts;
  for (const { changeId, decidedAt, linkage, planning, reason } of await allEvaluations(
    sql,
    orgId,
    changeIds,
  )) {
    verdicts.set(changeId, [
      ...(verdicts.get(changeId) ?? []),
      { decidedAt: toIso(decidedAt), linkage, planning, reason },
    ]);
  }
  return verdicts;
}

function claimDto(claim: Claim, decidedAt: Date, failed: ReadonlyMap<string, FailedLookup>): LinkClaimDto {
  const stored = storedClaim(claim);
  const failure =
    claim.reason === 'not_evaluated'
      ? undefined
      : failed.get(`${claim.kind === 'commit' ? 'git' : claim.kind} ${claim.reference}`);
  return {
    kind: stored.kind,
    reference: stored.reference,
    status: stored.status,
    reasons:
      failure === undefined
        ? stored.reasons
        : [...stored.reasons, `not re-checked since ${toIso(failure.lookedUpAt)}: ${failure.because}`],
    foundBy: stored.foundBy,
    confidence: stored.confidence,
    ticketStatusAtChange: stored.statusAtChange,
    approvedAt: stored.approvedAt,
    approvers: stored.approvers,
    window: stored.window,
    namesTarget: stored.namesTarget,
    url: stored.url,
    title: stored.title,
    checkedAt: toIso(decidedAt),
  };
}
