import { applyLinkage } from '@/lib/changes/apply-linkage';
import type { Sql } from '@/lib/db/sql';
import { deploymentClaims, pipelineOf } from './deployment-claims';
import type { LookedUp } from './look-up-citations';
import type { Citation } from './model/citation';
import type { Claim, Finding } from './model/claim';
import { decideLinkage } from './model/decide-linkage';
import { decidePlanning, type PlanningPolicy } from './model/decide-planning';
import type { Occasion } from './model/evaluation-cause';
import { judgeClaim } from './model/judge-claim';
import { LINK_FORMULA_VERSION } from './model/link-formula';
import { carriedOver, sameness } from './model/stored-claim';
import type { Windows } from './near-windows';
import type { ChangeToLink } from './store/changes-to-link';
import { keepCitations } from './store/citations';
import { type ChangeCommit, keepChangeCommits } from './store/commits/change-commits';
import { keepMerges } from './store/commits/merges';
import { noteDue } from './store/due-tickets';
import { appendEvaluations, type Evaluation, lastEvaluations, lockEvaluations } from './store/evaluations';
import { keepCommits, keepLookups, keepTickets } from './store/sources-read';

/** A change with what it cites. */
export type Cited = { readonly change: ChangeToLink; readonly citations: readonly Citation[] };

export type BatchToJudge = {
  readonly orgId: string;
  readonly cited: readonly Cited[];
  /** What a citation came to; null where it is none. */
  readonly findingOf: (citation: Citation) => Finding | null;
  /** What looking up brought, kept in the same transaction; null where nothing was looked up. */
  readonly looked: LookedUp | null;
  readonly policy: PlanningPolicy;
  /** Windows that name objects are claims, freezes decide what is planned; null where no calendar is known. */
  readonly windows: Windows;
  readonly now: Date;
  readonly occasion: Occasion;
};

export type JudgedBatch = {
  readonly citing: number;
  readonly linked: number;
  readonly notEvaluated: number;
  /** Verdicts that differ from the one before and were written. */
  readonly written: number;
};

/**
 * Judges a batch of changes and writes citations, evaluations and linkage. Within a transaction of the caller, so that what
 * made the batch due can be taken off its list in the same one. A verdict that says what the last one said is not written.
 */
export async function judgeBatch(sql: Sql, batch: BatchToJudge): Promise<JudgedBatch> {
  const { orgId, looked, now } = batch;
  await lockEvaluations(sql, orgId);
  if (looked !== null) {
    const versions = await keepTickets(sql, { orgId, tickets: looked.tickets, receivedAt: now });
    await keepCommits(sql, { orgId, commits: looked.commits, receivedAt: now });
    await keepMerges(sql, { orgId, commits: looked.commits, receivedAt: now });
    const outcomes = await keepLookups(sql, { orgId, lookups: looked.lookups, at: now });
    // Other changes may cite a ticket that is other than when they were judged; those of this batch come to the same once more.
    await noteDue(sql, { orgId, tickets: [...versions.filter((one) => !one.first), ...outcomes], at: now });
  }
  await keepCitations(
    sql,
    orgId,
    batch.cited.flatMap(({ change, citations }) => citations.map((citation) => ({ change, citation }))),
  );
  await keepChangeCommits(
    sql,
    orgId,
    batch.cited.flatMap((one) => commitsOf(one, batch)),
  );
  const changes = batch.cited.map(({ change }) => change);
  const deployed = await deploymentClaims(sql, { orgId, changes, policy: batch.policy });
  const ids = changes.map((change) => change.id);
  const last = await lastEvaluations(sql, orgId, ids);
  const judged = batch.cited.map((one) => ({
    change: one.change,
    evaluation: judge(one, {
      ...batch,
      deployed: deployed.get(one.change.id) ?? [],
      lastClaims: one.change.judged ? (last.get(one.change.id)?.claims ?? []) : null,
    }),
  }));
  const written = judged.flatMap(({ evaluation }) => {
    const before = last.get(evaluation.changeId);
    // What cites nothing and never did is what it was born as: unlinked. A row would say nothing new.
    const isNew =
      before === undefined ? evaluation.claims.length > 0 : sameness(before) !== sameness(evaluation);
    return isNew ? [evaluation] : [];
  });
  await appendEvaluations(sql, {
    orgId,
    decidedAt: now,
    formula: LINK_FORMULA_VERSION,
    occasion: batch.occasion,
    evaluations: written,
  });
  await applyLinkage(sql, {
    orgId,
    verdicts: judged.filter(standsOtherwise).map(({ evaluation }) => ({ ...evaluation, decidedAt: now })),
  });
  const verdicts = judged.map(({ evaluation }) => evaluation);
  return {
    citing: verdicts.filter((one) => one.claims.length > 0).length,
    linked: verdicts.filter((one) => one.linkage === 'linked').length,
    notEvaluated: verdicts.filter((one) => one.reason === 'not_evaluated').length,
    written: written.length,
  };
}

/** Whether the change's own row says something else, or has to remember that it was tried. */
function standsOtherwise({
  change,
  evaluation,
}: {
  readonly change: ChangeToLink;
  readonly evaluation: Evaluation;
}): boolean {
  if (!change.judged || evaluation.reason === 'not_evaluated') return true;
  const { linkage, planning, reason } = change.stands;
  return linkage !== evaluation.linkage || planning !== evaluation.planning || reason !== evaluation.reason;
}

/** The commits a change cites and a repository has. */
function commitsOf(
  { change, citations }: Cited,
  { findingOf, policy }: Pick<BatchToJudge, 'findingOf' | 'policy'>,
): ChangeCommit[] {
  return citations.flatMap((citation) => {
    const finding = findingOf(citation);
    if (finding?.kind !== 'commit') return [];
    const { hash, repository } = finding.commit;
    const byPipeline = pipelineOf(change, policy) === null ? null : change.actorId;
    const { id: changeId, eventDate } = change;
    return [{ changeId, eventDate, hash, repository, reference: citation.reference, byPipeline }];
  });
}

function judge(
  { change, citations }: Cited,
  by: Pick<BatchToJudge, 'findingOf' | 'policy' | 'windows' | 'now'> & {
    readonly lastClaims: readonly Claim[] | null;
    /** What the deployment it belongs to says of it. */
    readonly deployed: readonly Claim[];
  },
): Evaluation {
  const target = {
    at: change.eventDate,
    entityId: change.entityId,
    entityType: change.entityType,
    entityNames: change.entityNames,
  };
  const claimsOf = (some: readonly Citation[]): Claim[] =>
    carriedOver(
      some.flatMap((citation) => {
        const finding = by.findingOf(citation);
        if (finding === null) return [];
        const claim = judgeClaim(citation, finding, { change: target, now: by.now });
        return claim === null ? [] : [claim];
      }),
      by.lastClaims,
    );
  const named = claimsOf(citations.filter((one) => one.foundBy === undefined));
  // A change that names its reason is held against that; a configuration item speaks only where nothing is named.
  const items = named.length > 0 ? [] : citations.filter((one) => one.foundBy !== undefined);
  const windows = by.windows?.desk.claimsOn(target) ?? [];
  const verdict = decideLinkage([...named, ...claimsOf(items), ...windows, ...by.deployed]);
  const frozen = by.windows?.calendar.about('freeze', { ...change, at: change.eventDate }) ?? [];
  return {
    changeId: change.id,
    eventDate: change.eventDate,
    linkage: verdict.linkage,
    planning: decidePlanning(
      verdict,
      {
        at: change.eventDate,
        actorId: change.actorId,
        clientId: change.clientId,
        actorKind: change.actorKind,
      },
      { ...by.policy, freezes: [...by.policy.freezes, ...frozen] },
    ),
    reason: verdict.reason,
    claims: verdict.claims,
  };
}
