import type { Policy } from '@/lib/auth/settings/policy';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { noteProposed } from '@/lib/findings/note-finding';
import { findingsToAnswer } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { log } from '@/lib/log/log';
import {
  DEFAULT_APPROVAL_MINUTES,
  decideProposal,
  HISTORIC_AFTER_MS,
} from '../model/response/decide-proposal';
import { type GuardFacts, judgeGuards } from '../model/response/guards';
import type { Intent, Response } from '../model/response/response';
import { appendDecision } from '../store/response/decision-facts';
import { insertResponse, lockBeginnings } from '../store/response/response-rows';
import {
  countBegunAt,
  factsOfHistory,
  type Gathered,
  type GuardsContext,
  gatherFacts,
  heldBy,
} from './guards/gather-facts';
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
  const desk = factDesk(db.sql, asked);
  for (;;) {
    const findings = await db.transaction((sql) =>
      findingsToAnswer(sql, { orgId: asked.orgId, limit: BATCH }),
    );
    if (findings.length === 0 || asked.signal?.aborted) break;
    const cases: Case[] = [];
    for (const finding of findings)
      for (const proposal of finding.responses) {
        const intent = intentOf(proposal);
        cases.push({ finding, intent, gathered: await desk(finding, intent) });
      }
    made.push(
      ...(await db.transaction(async (sql) => {
        await lockBeginnings(sql, asked.orgId);
        const kept: Response[] = [];
        let begun = await countBegunAt(sql, { orgId: asked.orgId, now: asked.now, approvedToo: true });
        for (const one of cases) {
          const response = await propose(sql, { ...one, begun, policy: asked.policy, now: asked.now });
          if (response !== null) kept.push(response);
          // What is approved here takes a place before the next of the batch is judged.
          if (response?.state === 'approved') begun = { hour: begun.hour + 1, day: begun.day + 1 };
        }
        await noteProposed(
          sql,
          asked.now,
          findings.map((finding) => finding.id),
        );
        return kept;
      })),
    );
  }
  const result = summed(made);
  if (made.length > 0)
    log.info(
      { room: 'alerts', orgId: asked.orgId, proposed: result.proposed, approved: result.approved.length },
      'responses proposed',
    );
  return result;
}

type Asked = Parameters<typeof proposeResponses>[1];
type Case = { readonly finding: KeptFinding; readonly intent: Intent; readonly gathered: Gathered };

/** Gathers facts, the same target's once: floods are mostly of one actor or object. History is not looked at: nothing is done about it. */
function factDesk(sql: Sql, asked: Asked): (finding: KeptFinding, intent: Intent) => Promise<Gathered> {
  const known = new Map<string, Gathered>();
  const context = asked.guardsContext;
  let looks = 0;
  let held: Awaited<ReturnType<typeof heldBy>> | undefined;
  return async (finding, intent) => {
    if (isHistoric(finding)) return factsOfHistory({ intent, policy: asked.policy.responses, context });
    const key = JSON.stringify([intent.kind, intent.target.id, intent.divisionFrom, intent.divisionTo]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const looksAt = looks < MAX_LOOKS && context.genesys !== null;
    if (looksAt) {
      looks++;
      held ??= await heldBy(context.genesys, signalOf(asked));
    }
    const gathered = await gatherFacts(sql, {
      ...asked,
      intent,
      policy: asked.policy.responses,
      context: looksAt ? context : { ...context, genesys: null },
      ...(held === undefined ? {} : { held }),
    });
    known.set(key, gathered);
    return gathered;
  };
}

async function propose(
  sql: Sql,
  of: Case & {
    readonly begun: GuardFacts['begun'];
    readonly policy: Pick<Policy, 'responses'>;
    readonly now: Date;
  },
): Promise<Response | null> {
  const { finding, intent, gathered, now } = of;
  const policy = of.policy.responses;
  const guards = judgeGuards({ ...gathered.facts, begun: of.begun });
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
