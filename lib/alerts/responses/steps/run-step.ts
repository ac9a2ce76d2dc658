import type { GenesysClient } from '@/lib/genesys/connect';
import { GenesysError } from '@/lib/genesys/model/errors';
import type { ActResult } from '@/lib/genesys/respond/act';
import { moveObject, readObject } from '@/lib/genesys/respond/division-object';
import { readClient, setClientState } from '@/lib/genesys/respond/oauth-client';
import {
  deactivateUser,
  type Proof,
  reactivateUser,
  revokeTokens,
  verifyActive,
  verifyLockedOut,
} from '@/lib/genesys/respond/user';
import { parseInstant, toIsoMs } from '@/lib/kernel/instant';
import { type StepContent, type StepFact, standingOf } from '../../model/response/fold-steps';
import { divisionsOf, type PlannedStep, type StepAct } from '../../model/response/plan-steps';
import type { Intent } from '../../model/response/response';
import { shownState } from '../guards/shown-state';

/** What a step came to. */
export type StepResult = Omit<StepContent, 'doing' | 'call'> & {
  readonly outcome: NonNullable<StepFact['outcome']>;
  readonly retryable: boolean;
};

type Hands = {
  readonly genesys: GenesysClient;
  readonly intent: Intent;
  /** What became of the steps before. */
  readonly facts: readonly StepFact[];
  readonly options: { readonly signal?: AbortSignal };
};

/** Does one step at the platform; every changing one reads before and back. Throws `aborted` only: everything else is an outcome. */
export async function runStep(step: PlannedStep, hands: Hands): Promise<StepResult> {
  try {
    return await HANDS[step.act](hands);
  } catch (thrown) {
    if (!(thrown instanceof GenesysError) || thrown.code === 'aborted') throw thrown;
    return {
      outcome: 'failed',
      before: null,
      after: null,
      because: thrown.message,
      retryable: thrown.retryable,
      calls: [],
    };
  }
}

const HANDS: Readonly<Record<StepAct, (hands: Hands) => Promise<StepResult>>> = {
  deactivate: async ({ genesys, intent, options }) =>
    acted(await deactivateUser(genesys, { userId: intent.target.id }, options)),
  reactivate: async ({ genesys, intent, options }) =>
    acted(await reactivateUser(genesys, { userId: intent.target.id }, options)),
  async end_tokens({ genesys, intent, options }) {
    const result = await revokeTokens(genesys, { userId: intent.target.id }, options);
    const step = acted(result);
    if (result.endedAt === null) return step;
    return { ...step, after: { ...step.after, tokensEndedAt: toIsoMs(result.endedAt) } };
  },
  async verify_locked_out({ genesys, intent, facts, options }) {
    const ended = standingOf(facts, 2).last?.content.after?.tokensEndedAt;
    const asked = { userId: intent.target.id, tokensEndedAt: parseInstant(ended) };
    return proven(await verifyLockedOut(genesys, asked, options));
  },
  verify_active: async ({ genesys, intent, options }) =>
    proven(await verifyActive(genesys, { userId: intent.target.id }, options)),
  move: async ({ genesys, intent, options }) =>
    acted(await moveObject(genesys, { ...intent.target, ...divisionsOf(intent) }, options)),
  async verify_division({ genesys, intent, options }) {
    const after = await readObject(genesys, intent.target, options);
    const holds = after.divisionId === divisionsOf(intent).to;
    return proven({
      outcome: holds ? 'done' : 'failed',
      after,
      because: holds ? null : 'it is in another division',
    });
  },
  disable_client: async ({ genesys, intent, options }) =>
    acted(await setClientState(genesys, { clientId: intent.target.id, state: 'disabled' }, options)),
  enable_client: async ({ genesys, intent, options }) =>
    acted(await setClientState(genesys, { clientId: intent.target.id, state: 'active' }, options)),
  async verify_client({ genesys, intent, options }) {
    const after = await readClient(genesys, intent.target.id, options);
    const holds = after.state === (intent.undoOf === null ? 'disabled' : 'active');
    return proven({
      outcome: holds ? 'done' : 'failed',
      after,
      because: holds ? null : `it is ${after.state}`,
    });
  },
};

function acted<State extends object>(result: ActResult<State>): StepResult {
  return {
    outcome: result.outcome,
    before: result.before === null ? null : shownState(result.before),
    after: result.after === null ? null : shownState(result.after),
    because: result.because,
    retryable: result.retryable,
    calls: result.calls.map(({ sentAt, status, contextId }) => ({
      sentAt: toIsoMs(sentAt),
      status,
      correlationId: contextId,
    })),
  };
}

function proven<State extends object>({ outcome, after, because }: Proof<State>): StepResult {
  return {
    outcome,
    before: null,
    after: after === null ? null : shownState(after),
    because,
    retryable: outcome === 'unknown',
    calls: [],
  };
}
