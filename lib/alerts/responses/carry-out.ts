import type { Database } from '@/lib/db/connection';
import type { GenesysClient } from '@/lib/genesys/connect';
import { messageOf } from '@/lib/kernel/errors';
import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { type StepFact, standingOf } from '../model/response/fold-steps';
import { type PlannedStep, planSteps } from '../model/response/plan-steps';
import type { Response } from '../model/response/response';
import { selectResponse, updateResponse } from '../store/response/response-rows';
import { appendStep, selectSteps } from '../store/response/step-facts';
import { beginResponse } from './steps/begin-response';
import type { CarriedOut, CarryOutDependencies } from './steps/dependencies';
import { endResponse } from './steps/end-response';
import { runStep, type StepResult } from './steps/run-step';

/** What cannot be begun or finished within this time after it was approved or begun has failed. */
const TRY_FOR_MS = HOUR_MS;

/**
 * Does what was approved, step by step. Each step is written before and after it is done, so that a process killed anywhere
 * leaves the truth; who takes it up again reads back before repeating anything. The guards are asked once more before the
 * first call. Safe to repeat and to overlap: the lock belongs to a connection and goes with its process.
 */
export async function carryOut(dependencies: CarryOutDependencies, responseId: string): Promise<CarriedOut> {
  const { db } = dependencies;
  return db.withClient(async (client) => {
    const key = [`tally.response:${responseId}`];
    const got = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      key,
    );
    if (!got.rows[0]?.held) return { state: 'busy', again: false };
    try {
      return await go(dependencies, responseId);
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', key).catch((thrown) => {
        log.warn({ room: 'alerts', reason: messageOf(thrown) }, 'response lock went with its connection');
      });
    }
  });
}

async function go(dependencies: CarryOutDependencies, responseId: string): Promise<CarriedOut> {
  const { db } = dependencies;
  const response = await selectResponse(db.sql, responseId);
  if (response === null) return { state: 'unknown', again: false };
  if (response.state !== 'approved' && response.state !== 'running')
    return { state: response.state, again: false };
  const genesys = await dependencies.genesysOf(response.orgId);
  const late = isLate(response, dependencies.now());
  if (genesys === null) {
    const because = 'The organisation could not be reached';
    return late
      ? endResponse(dependencies, response, { state: 'failed', because: `${because} within an hour.` })
      : later(db, response, `${because}; it is tried again.`);
  }
  if (response.state === 'running') return finish(dependencies, response, genesys);
  const begun = await beginResponse(dependencies, response, genesys);
  if (begun.kind === 'begun') return finish(dependencies, begun.response, genesys);
  if (begun.kind === 'refused') return { state: 'refused', again: false };
  return late
    ? endResponse(dependencies, response, {
        state: 'failed',
        because: `${begun.because} It could not be begun within an hour.`,
      })
    : later(db, response, `${begun.because} It is tried again.`);
}

async function finish(
  dependencies: CarryOutDependencies,
  response: Response,
  genesys: GenesysClient,
): Promise<CarriedOut> {
  const steps = planSteps(response);
  for (const step of steps) {
    const facts = await selectSteps(dependencies.db.sql, response.id);
    const { standing } = standingOf(facts, step.n);
    if (standing === 'done' || standing === 'already_so') continue;
    const result = await takeStep(dependencies, { response, genesys, step, facts });
    if (result.outcome === 'done' || result.outcome === 'already_so') continue;
    const because = `cannot ${step.doing}: ${result.because ?? 'no reason was given'}`;
    if (result.retryable && !isLate(response, dependencies.now()))
      return later(dependencies.db, response, `${because}; it is tried again.`);
    return endResponse(dependencies, response, { state: 'failed', because: soFar(steps, step, because) });
  }
  const at = toIso(dependencies.now());
  return endResponse(dependencies, response, { state: 'done', because: `It was read back at ${at}.` });
}

/** One step between its two facts. Being stopped in between leaves the first alone, as being killed does. */
async function takeStep(
  { db, now, signal }: CarryOutDependencies,
  of: { response: Response; genesys: GenesysClient; step: PlannedStep; facts: readonly StepFact[] },
): Promise<StepResult> {
  const { response, step } = of;
  const to = { orgId: response.orgId, responseId: response.id };
  const said = { doing: step.doing, call: step.call };
  const empty = { before: null, after: null, because: null, calls: [] };
  await appendStep(db.sql, to, {
    n: step.n,
    event: 'begun',
    at: now(),
    outcome: null,
    content: { ...said, ...empty },
  });
  const options = signal === undefined ? {} : { signal };
  const result = await runStep(step, { genesys: of.genesys, intent: response, facts: of.facts, options });
  const { outcome, retryable: _, ...content } = result;
  const resumed = standingOf(of.facts, step.n).standing === 'begun';
  const because =
    resumed && outcome === 'already_so'
      ? 'It was begun before, interrupted, and read back as done.'
      : content.because;
  await appendStep(db.sql, to, {
    n: step.n,
    event: 'ended',
    at: now(),
    outcome,
    content: { ...said, ...content, because },
  });
  log.info({ room: 'alerts', responseId: response.id, step: step.n, outcome }, 'response step ended');
  return result;
}

function soFar(steps: readonly PlannedStep[], failed: PlannedStep, because: string): string {
  const done = steps.filter((step) => step.n < failed.n).map((step) => step.doing);
  const left = steps.filter((step) => step.n > failed.n).map((step) => step.doing);
  return [
    done.length === 0 ? 'Nothing was done' : `Done: ${done.join(', ')}`,
    because,
    ...(left.length === 0 ? [] : [`not reached: ${left.join(', ')}`]),
  ].join('; ');
}

async function later(db: Database, response: Response, because: string): Promise<CarriedOut> {
  await updateResponse(db.sql, response.id, { because });
  return { state: response.state, again: true };
}

function isLate(response: Response, now: Date): boolean {
  const since = response.begunAt ?? response.decidedAt ?? response.proposedAt;
  return now > addMs(since, TRY_FOR_MS);
}
