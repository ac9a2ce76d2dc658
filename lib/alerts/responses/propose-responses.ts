import type { Policy } from '@/lib/auth/settings/policy';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import type { ProposedResponse } from '@/lib/findings/model/concern';
import { noteProposed } from '@/lib/findings/note-finding';
import { findingsToAnswer } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { log } from '@/lib/log/log';
import {
  DEFAULT_APPROVAL_MINUTES,
  decideProposal,
  HISTORIC_AFTER_MS,
} from '../model/response/decide-proposal';
import { judgeGuards } from '../model/response/guards';
import type { Intent, Response } from '../model/response/response';
import { appendDecision } from '../store/response/decision-facts';
import { insertResponse, lockBeginnings } from '../store/response/response-rows';
import { countBegunAt, type Gathered, type GuardsContext, gatherFacts, heldBy } from './guards/gather-facts';
import { keepPlan } from './keep-plan';
import { intentOf, PRODUCT, responseTo } from './new-response';
import { tellDeciders } from './tell-deciders';

const BATCH = 50;
/** At most so many targets are read at the platform in one call: a flood of findings must not use up its rate limit. */
const MAX_LOOKS = 25;

export type Proposed = {
  readonly proposed: number;
  /** Approved by the policy: to be carried out now. */
  readonly approved: readonly string[];
  /** Waiting for a person. */
  readonly waiting: readonly string[];
};

/**
 * Proposes what the new findings of an organisation call for, each once. By mode of their rule: observe (the default) only
 * says what would have been done, ask waits for a person, act is approved if every guard passes; the caller then has it
 * carried out. Safe to repeat and to overlap; what a killed pass left is found by the next.
 */
export async function proposeResponses(
  db: Database,
  asked: {
    readonly orgId: string;
    readonly policy: Pick<Policy, 'responses'>;
    readonly now: Date;
    readonly guardsContext: GuardsContext;
    readonly signal?: AbortSignal;
  },
): Promise<Proposed> {
  const made: Response[] = [];
  let looks = 0;
  let held: Awaited<ReturnType<typeof heldBy>> | undefined;
  for (;;) {
    const findings = await db.transaction((sql) =>
      findingsToAnswer(sql, { orgId: asked.orgId, limit: BATCH }),
    );
    if (findings.length === 0) break;
    for (const finding of findings) {
      if (asked.signal?.aborted) return summed(made);
      const gathered: { proposal: ProposedResponse; intent: Intent; gathered: Gathered }[] = [];
      for (const proposal of finding.responses) {
        const looksAt = !isHistoric(finding) && looks < MAX_LOOKS && asked.guardsContext.genesys !== null;
        if (looksAt) looks++;
        if (looksAt) held ??= await heldBy(asked.guardsContext.genesys, signalOf(asked));
        const context = looksAt ? asked.guardsContext : { ...asked.guardsContext, genesys: null };
        const intent = intentOf(proposal);
        const facts = await gatherFacts(db.sql, {
          ...asked,
          intent,
          policy: asked.policy.responses,
          context,
          ...(held === undefined ? {} : { held }),
        });
        gathered.push({ proposal, intent, gathered: facts });
      }
      made.push(
        ...(await db.transaction(async (sql) => {
          await lockBeginnings(sql, asked.orgId);
          const kept: Response[] = [];
          for (const one of gathered) {
            const response = await propose(sql, { finding, ...one, policy: asked.policy, now: asked.now });
            if (response !== null) kept.push(response);
          }
          await noteProposed(sql, asked.now, [finding.id]);
          return kept;
        })),
      );
    }
  }
  const result = summed(made);
  if (made.length > 0)
    log.info(
      { room: 'alerts', orgId: asked.orgId, proposed: result.proposed, approved: result.approved.length },
      'responses proposed',
    );
  return result;
}

async function propose(
  sql: Sql,
  of: {
    finding: KeptFinding;
    intent: Intent;
    gathered: Gathered;
    policy: Pick<Policy, 'responses'>;
    now: Date;
  },
): Promise<Response | null> {
  const { finding, intent, gathered, now } = of;
  const policy = of.policy.responses;
  const begun = await countBegunAt(sql, { orgId: finding.orgId, now, approvedToo: true });
  const guards = judgeGuards({ ...gathered.facts, begun });
  const decided = decideProposal({
    intent,
    mode: policy?.modes?.[finding.rule] ?? 'observe',
    occurredAt: finding.occurredAt,
    foundAt: finding.foundAt,
    guards,
    now,
    approvalMinutes: policy?.approvalMinutes ?? DEFAULT_APPROVAL_MINUTES,
  });
  const isApproved = decided.state === 'approved';
  const response: Response = {
    ...responseTo(finding, intent, now),
    key: `${finding.id}/${intent.kind}`,
    ...decided,
    requestedBy: PRODUCT,
    decidedAt: isApproved ? now : null,
    decidedBy: isApproved ? { id: null, name: 'the policy' } : null,
    decisionReason: isApproved ? `The policy sets ${finding.rule} to act.` : null,
    finishedAt: decided.state === 'refused' ? now : null,
  };
  if (!(await insertResponse(sql, response))) return null;
  const say = (what: 'proposed' | 'approved' | 'refused', reason: string | null) =>
    appendDecision(
      sql,
      { orgId: response.orgId, responseId: response.id },
      { at: now, what, by: PRODUCT, reason, guards },
    );
  await say('proposed', decided.because);
  if (isApproved) await say('approved', response.decisionReason);
  if (decided.state === 'refused') await say('refused', decided.because);
  await keepPlan(sql, response, { state: gathered.sight.state, now });
  if (decided.state === 'waiting') await tellDeciders(sql, { response, finding, now });
  return response;
}

function isHistoric(finding: KeptFinding): boolean {
  return finding.foundAt.getTime() - finding.occurredAt.getTime() > HISTORIC_AFTER_MS;
}

function summed(made: readonly Response[]): Proposed {
  const ids = (state: Response['state']) => made.filter((one) => one.state === state).map((one) => one.id);
  return { proposed: made.length, approved: ids('approved'), waiting: ids('waiting') };
}

function signalOf({ signal }: { readonly signal?: AbortSignal }): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
