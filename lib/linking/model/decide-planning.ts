import { contains, type Interval } from '@/lib/kernel/instant';
import type { Planning } from '@/lib/kernel/words';
import type { LinkageVerdict } from './decide-linkage';

export type PlanningFacts = {
  readonly at: Date;
  /** Id of the actor, where the record gives one. */
  readonly actorId: string | null;
  /** Client through which the actor worked, where the record gives one. */
  readonly clientId: string | null;
  readonly actorKind: 'person' | 'automation' | 'platform' | 'external' | 'unknown';
};

export type PlanningPolicy = {
  /** Ids of the OAuth clients of pipelines. */
  readonly pipelineClients: ReadonlySet<string>;
  /** Times in which only emergency changes are planned. */
  readonly freezes: readonly Interval[];
};

/**
 * How an accountable change came about: `planned_pipeline` where a configured pipeline client made it and it is linked through a commit not
 * known to be unreviewed, `planned_manual` for any other linked change, else `ad_hoc`. Inside a freeze only what an emergency change links is
 * planned.
 * Source: design 5, planned.
 */
export function decidePlanning(
  verdict: LinkageVerdict,
  facts: PlanningFacts,
  policy: PlanningPolicy,
): Exclude<Planning, 'not_applicable'> {
  const links = verdict.claims.filter((claim) => claim.status === 'linked');
  if (verdict.linkage !== 'linked' || links.length === 0) return 'ad_hoc';
  if (policy.freezes.some((freeze) => contains(freeze, facts.at)) && !links.some((claim) => claim.emergency))
    return 'ad_hoc';
  const throughCommit = links.some((claim) => claim.kind === 'commit' && claim.review !== 'unreviewed');
  return isPipeline(facts, policy) && throughCommit ? 'planned_pipeline' : 'planned_manual';
}

/** A pipeline acts as its own client; a person who works through that client is a person. */
function isPipeline(facts: PlanningFacts, policy: PlanningPolicy): boolean {
  if (facts.actorKind !== 'automation') return false;
  return [facts.actorId, facts.clientId].some((id) => id !== null && policy.pipelineClients.has(id));
}

/**
 * Whether an ad-hoc change went past the pipeline: its object is declared in a configured repository, or a pipeline client
 * changed it last. What a person changed by hand with an approval is no bypass.
 */
export function isBypass(
  planning: Planning,
  object: { readonly declared: boolean; readonly lastChangedByPipeline: boolean },
): boolean {
  return planning === 'ad_hoc' && (object.declared || object.lastChangedByPipeline);
}
