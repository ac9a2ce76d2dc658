import type { Commit } from '@/lib/connectors/model/commit';
import { floorToSecond, toIso } from '@/lib/kernel/instant';
import type { Claim } from '../claim';

export const LOOP_STEPS = ['review', 'merge', 'apply', 'flow_version', 'audit_record'] as const;
export type LoopStepName = (typeof LOOP_STEPS)[number];
export const LOOP_STATES = ['found', 'missing', 'not_evaluated'] as const;
export type LoopState = (typeof LOOP_STATES)[number];

/** One step from a reviewed commit to the record of its effect, as it stood at the change. */
export type LoopStep = {
  readonly step: LoopStepName;
  readonly state: LoopState;
  readonly who: readonly string[];
  readonly at: Date | null;
  readonly sentence: string;
  readonly evidence: readonly { readonly label: string; readonly url: string | null }[];
};

export type LoopFacts = {
  readonly change: {
    readonly id: string;
    readonly at: Date;
    readonly receivedAt: Date;
    readonly provisional: boolean;
    readonly actor: string;
    readonly byPipeline: boolean;
  };
  /** The best claim by a commit, with the commit where a repository has it. */
  readonly claim: Claim | null;
  readonly commit: Commit | null;
  readonly configured: { readonly repositories: boolean; readonly pipelineClients: boolean };
  /** Other changes of the same deployment. */
  readonly neighbours: number;
  /** Of a publication: its version, or why none is known; null for any other change. */
  readonly flow: { readonly version: FlowVersionFact | null; readonly because: string | null } | null;
};

export type FlowVersionFact = {
  readonly version: string;
  readonly publishedAt: Date | null;
  readonly by: string | null;
};

/**
 * The steps review, merge, apply and audit record of a change, each found, missing or not evaluated with why; what came after the change was
 * missing at its time. A step is never guessed: without a repository or a host that tells nothing is missing, it is not evaluated.
 */
export function closeLoop(facts: LoopFacts): LoopStep[] {
  return [
    reviewStep(facts),
    mergeStep(facts),
    applyStep(facts),
    ...(facts.flow === null ? [] : [flowStep(facts, facts.flow)]),
    recordStep(facts),
  ];
}

type Said = Pick<LoopStep, 'state' | 'sentence'> & Partial<LoopStep>;

function step(name: LoopStepName, said: Said): LoopStep {
  return { who: [], at: null, evidence: [], ...said, step: name };
}

/** What both review and merge say where there is no commit to look at; null where there is one. */
function withoutCommit({ claim, commit, configured }: LoopFacts, what: string): Said | null {
  if (commit !== null) return null;
  if (claim === null) {
    return configured.repositories
      ? { state: 'missing', sentence: `The change names no commit, so no ${what} stands behind it.` }
      : { state: 'not_evaluated', sentence: 'No repository is configured.' };
  }
  if (claim.reason === 'not_evaluated')
    return {
      state: 'not_evaluated',
      sentence: sentenceOf(claim.reasons[0] ?? 'the commit could not be looked up'),
    };
  return {
    state: 'missing',
    sentence: `The change names commit ${claim.reference}, and ${claim.reason === 'commit_ambiguous' ? 'more than one commit begins so' : 'no configured repository has it'}.`,
  };
}

function reviewStep(facts: LoopFacts): LoopStep {
  const bare = withoutCommit(facts, 'review');
  if (bare !== null || facts.commit === null) return step('review', bare ?? nothing());
  const { merge } = facts.commit;
  if (merge.kind === 'unknown')
    return step('review', { state: 'not_evaluated', sentence: sentenceOf(merge.because) });
  if (merge.kind === 'none')
    return step('review', {
      state: 'missing',
      sentence: `${merge.host} knows no request that brought the commit in: it was pushed directly, and nobody reviewed it.`,
    });
  const { request, verdict } = merge;
  const evidence = [{ label: `${request.host} ${request.reference}`, url: request.url }];
  const standing = verdict.approvals.filter((one) => one.at === null || inTime(one.at, facts));
  const notes = verdict.notes.map(sentenceOf).join(' ');
  if (verdict.approvals.length > 0 && standing.length === 0)
    return step('review', {
      state: 'missing',
      evidence,
      sentence:
        `Approved by ${namesOf(verdict.approvals.map((one) => one.by))} only after the change. ${notes}`.trim(),
    });
  if (verdict.review === 'unreviewed')
    return step('review', {
      state: 'missing',
      evidence,
      sentence: `Nobody but its authors reviewed ${request.reference} before it was merged. ${notes}`.trim(),
    });
  const who = standing.map((one) => one.by);
  const times = standing.flatMap((one) => (one.at === null ? [] : [one.at.getTime()]));
  const at = times.length === 0 ? null : new Date(Math.min(...times));
  return step('review', {
    state: verdict.review === 'reviewed' ? 'found' : 'not_evaluated',
    who,
    at,
    evidence,
    sentence: `${namesOf(who)} approved ${request.reference} of ${request.author}. ${notes}`.trim(),
  });
}

function mergeStep(facts: LoopFacts): LoopStep {
  const bare = withoutCommit(facts, 'merge');
  if (bare !== null || facts.commit === null) return step('merge', bare ?? nothing());
  const { commit } = facts;
  const evidence = [{ label: `commit ${commit.hash.slice(0, 12)} of ${commit.repository}`, url: commit.url }];
  const { merge } = commit;
  if (merge.kind === 'unknown')
    return step('merge', {
      state: 'not_evaluated',
      evidence,
      sentence: `Committed by ${commit.committer} at ${toIso(commit.committedAt)}; ${merge.because}.`,
    });
  if (merge.kind === 'none')
    return step('merge', {
      state: 'missing',
      evidence,
      sentence: `Committed by ${commit.committer} at ${toIso(commit.committedAt)} without a request on ${merge.host}.`,
    });
  const { request } = merge;
  const into = `${request.reference} into ${request.targetBranch}`;
  if (request.mergedAt === null)
    return step('merge', { state: 'missing', evidence, sentence: `${into} is not merged.` });
  const who = request.mergedBy === null ? [] : [request.mergedBy];
  const by = request.mergedBy ?? 'Somebody';
  return inTime(request.mergedAt, facts)
    ? step('merge', {
        state: 'found',
        who,
        at: request.mergedAt,
        evidence,
        sentence: `${by} merged ${into}.`,
      })
    : step('merge', {
        state: 'missing',
        who,
        at: request.mergedAt,
        evidence,
        sentence: `${by} merged ${into} only after the change: at its time it was not merged.`,
      });
}

function applyStep({ change, claim, commit, configured, neighbours }: LoopFacts): LoopStep {
  const who = [change.actor];
  if (!configured.pipelineClients)
    return step('apply', {
      state: 'not_evaluated',
      who,
      sentence: 'No pipeline client is configured, so nobody can tell whether one made this change.',
    });
  if (!change.byPipeline)
    return step('apply', {
      state: 'missing',
      who,
      at: change.at,
      sentence: `${change.actor} made this change, and is no configured pipeline client.`,
    });
  if (commit !== null && claim?.namesTarget === false)
    return step('apply', {
      state: 'missing',
      who,
      at: change.at,
      sentence: `${change.actor} made this change, and the commit’s diff does not touch this object.`,
    });
  const together =
    neighbours === 0
      ? ''
      : ` ${neighbours} other ${neighbours === 1 ? 'change' : 'changes'} in the same deployment.`;
  const doubt =
    commit !== null && claim?.namesTarget === null
      ? ' Whether the commit’s diff touches this object cannot be told.'
      : '';
  return step('apply', {
    state: 'found',
    who,
    at: change.at,
    sentence: `${change.actor}, a configured pipeline client, applied it.${together}${doubt}`,
  });
}

function flowStep({ change }: LoopFacts, flow: NonNullable<LoopFacts['flow']>): LoopStep {
  if (flow.version === null)
    return step('flow_version', {
      state: flow.because === null ? 'missing' : 'not_evaluated',
      sentence:
        flow.because === null
          ? 'The platform lists no version of the flow that this publication made.'
          : sentenceOf(flow.because),
    });
  const { version, publishedAt, by } = flow.version;
  return step('flow_version', {
    state: 'found',
    who: by === null ? [] : [by],
    at: publishedAt ?? change.at,
    sentence: `The flow’s version ${version} is what this publication made.`,
    evidence: [{ label: `version ${version}`, url: null }],
  });
}

function recordStep({ change }: LoopFacts): LoopStep {
  return step('audit_record', {
    state: 'found',
    at: change.receivedAt,
    sentence: change.provisional
      ? 'The platform pushed the record; a pull has not confirmed it yet.'
      : 'The platform recorded it, and the record was collected.',
    evidence: [{ label: `audit record ${change.id}`, url: null }],
  });
}

/** Whether something was so at the change; both count whole seconds. */
function inTime(at: Date, { change }: LoopFacts): boolean {
  return floorToSecond(at) <= floorToSecond(change.at);
}

function namesOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? 'Nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function sentenceOf(text: string): string {
  const bare = text.trim().replace(/[.]$/, '');
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}.`;
}

function nothing(): Said {
  return { state: 'not_evaluated', sentence: 'Nothing is known.' };
}
