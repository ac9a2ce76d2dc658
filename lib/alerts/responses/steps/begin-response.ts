import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { GenesysClient } from '@/lib/genesys/connect';
import { appendJournal } from '@/lib/journal/append';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { allPass, firstRefusal, type GuardOutcome, judgeGuards } from '../../model/response/guards';
import { isByPolicy } from '../../model/response/may-decide';
import type { Response } from '../../model/response/response';
import { appendDecision } from '../../store/response/decision-facts';
import { lockBeginnings, selectResponse, updateResponse } from '../../store/response/response-rows';
import { countBegunAt, gatherFacts } from '../guards/gather-facts';
import { PRODUCT } from '../new-response';
import type { CarryOutDependencies } from './dependencies';

export type Begun =
  | { readonly kind: 'begun'; readonly response: Response }
  | { readonly kind: 'refused' }
  /** The platform could not be asked whether it still stands. */
  | { readonly kind: 'later'; readonly because: string };

/**
 * Asks the guards a last time and takes the place in the limits, under the organisation's lock, so that never more begin than
 * the policy allows. What the policy approved by itself needs every guard to pass; what a person approved, that none refuses.
 */
export async function beginResponse(
  { db, now, ownClientIds, signal }: CarryOutDependencies,
  response: Response,
  genesys: GenesysClient,
): Promise<Begun> {
  const { orgId } = response;
  const policy = (await policyAt(db.sql, { orgId, at: now() })).responses;
  const { facts } = await gatherFacts(db.sql, {
    orgId,
    intent: response,
    policy,
    context: { genesys, ownClientIds: ownClientIds() },
    now: now(),
    ...(signal === undefined ? {} : { signal }),
  });
  if (facts.changedSince.kind === 'not_evaluated')
    return {
      kind: 'later',
      because: `Whether it still stands could not be read: ${facts.changedSince.because}.`,
    };
  return db.transaction(async (sql) => {
    await lockBeginnings(sql, orgId);
    const current = await selectResponse(sql, response.id, true);
    if (current?.state !== 'approved') return { kind: 'refused' };
    const at = now();
    const begun = await countBegunAt(sql, { orgId, now: at, exceptId: response.id });
    const guards = judgeGuards({ ...facts, begun });
    const refusal = refusalOf(response, guards);
    const to = { orgId, responseId: response.id };
    await appendJournal(sql, {
      actor: SYSTEM_ACTOR,
      at,
      action: refusal === null ? 'response.begun' : 'response.refused',
      objectType: 'response',
      objectId: response.id,
      orgId,
      detail: {
        kind: response.kind,
        target: response.target.id,
        ...(refusal === null ? {} : { because: refusal.because }),
      },
    });
    const what = refusal === null ? 'begun' : 'refused';
    await appendDecision(sql, to, { at, what, by: PRODUCT, reason: refusal?.because ?? null, guards });
    if (refusal !== null) {
      await updateResponse(sql, response.id, { state: 'refused', because: refusal.because, finishedAt: at });
      return { kind: 'refused' };
    }
    await updateResponse(sql, response.id, { state: 'running', because: null, begunAt: at });
    return { kind: 'begun', response: { ...response, state: 'running', because: null, begunAt: at } };
  });
}

function refusalOf(response: Response, guards: readonly GuardOutcome[]): GuardOutcome | null {
  const refusal = firstRefusal(guards);
  if (refusal !== null || !isByPolicy(response) || allPass(guards)) return refusal;
  return guards.find(({ outcome }) => outcome !== 'pass') ?? null;
}
