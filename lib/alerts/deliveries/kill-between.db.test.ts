import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { type Env, loadEnv } from '@/lib/env/load-env';
import { addMs, SECOND_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { type Scripted, type ScriptedServer, startScriptedServer } from '@/lib/testing/scripted-http-server';
import { PLANNED_AT as NOW, newDelivery } from '../fixtures/new-delivery';
import { deliveryDto } from '../views/deliveries';
import { CLAIM_MS } from './claim-deliveries';
import { deliverDue } from './deliver-due';
import { deliveryDeps } from './deps';
import { planDeliveries } from './plan-delivery';

const SCRIPT = path.join(process.cwd(), 'lib/testing/processes/deliver-due.ts');
/** When the claim of a killed process has run out. */
const LATER = addMs(NOW, CLAIM_MS + SECOND_MS);

let t: TestDatabase;
let sandbox: RunningSandbox;
/** Stands before the sandbox and kills the sender at the moment its message has been taken and not yet answered. */
let front: ScriptedServer;
let victim: ChildProcess | null = null;
let env: Env;
let variables: Record<string, string>;

beforeAll(async () => {
  [t, sandbox] = await Promise.all([testDatabase(), startSandbox()]);
  front = await startScriptedServer(async (request): Promise<Scripted> => {
    const query = request.query.size > 0 ? `?${request.query}` : '';
    const answer = await fetch(`${sandbox.url}${request.path}${query}`, {
      method: request.method,
      headers: {
        'content-type': 'application/json',
        ...(request.headers.authorization ? { authorization: request.headers.authorization } : {}),
      },
      ...(request.method === 'GET' ? {} : { body: request.body }),
    });
    const body = await answer.text();
    if (request.method === 'GET' || victim === null) return { status: answer.status, body };
    victim.kill('SIGKILL');
    return { raw: (response) => void response.destroy() };
  });
  variables = {
    ...sandbox.env,
    SLACK_WEBHOOK_URL: `${front.url}/slack/compliance`,
    SERVICENOW_BASE_URL: `${front.url}/servicenow`,
  };
  const loaded = loadEnv(variables);
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  env = loaded.env;
});
afterAll(async () => {
  await front.close();
  await sandbox.close();
  await t.drop();
});

/** Lets a process of its own send what is due; it dies in the middle. */
async function sendAndDie(now: Date): Promise<void> {
  const given = JSON.stringify({ url: t.url, now, env: variables });
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, given], { stdio: 'inherit' });
  victim = child;
  const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
  victim = null;
  expect(signal).toBe('SIGKILL');
}

const run = (now: Date) => deliverDue(deliveryDeps(env, t.db), { now });
const outcomes = async (id: string) =>
  (await deliveryDto(t.db.sql, id)).attempts.map((attempt) => attempt.outcome);
const slackMessages = () => sandbox.state.sinks.filter((one) => one.sink === 'slack/compliance').length;

test('D11: killed between sending and noting, ServiceNow holds one incident all the same', async () => {
  const alertId = 'alr_killed';
  const [id = ''] = await planDeliveries(
    t.db.sql,
    [newDelivery('killed/servicenow', { alertId, channelId: 'env_servicenow' })],
    NOW,
  );
  await sendAndDie(NOW);
  expect(await run(NOW)).toMatchObject({ delivered: 0 }); // the claim still stands
  await run(LATER);
  await run(addMs(LATER, 120 * SECOND_MS));
  expect(await outcomes(id)).toEqual(['unknown', 'delivered']);
  const { incidents } = sandbox.state.history.desk.serviceNow;
  expect(incidents.filter((one) => one.correlation_id === alertId)).toHaveLength(1);
});

test('D10: killed between sending and noting, Slack is sent the message at most once more, and the doubt is on record', async () => {
  const [id = ''] = await planDeliveries(t.db.sql, [newDelivery('killed/slack')], NOW);
  await sendAndDie(NOW);
  expect(slackMessages()).toBe(1);
  await run(LATER);
  await run(addMs(LATER, 120 * SECOND_MS));
  expect(slackMessages()).toBe(2);
  expect(await outcomes(id)).toEqual(['unknown', 'delivered']);
});

test('killed every time, a message that would be shown twice is not sent a third time', async () => {
  const [id = ''] = await planDeliveries(t.db.sql, [newDelivery('killed/twice')], NOW);
  const before = slackMessages();
  await sendAndDie(addMs(NOW, 3_600 * SECOND_MS));
  await run(addMs(NOW, 3_650 * SECOND_MS)); // notes what became of it
  await sendAndDie(addMs(NOW, 3_800 * SECOND_MS));
  for (const seconds of [3_900, 4_200, 5_000]) await run(addMs(NOW, seconds * SECOND_MS));
  expect(slackMessages() - before).toBe(2);
  expect(await deliveryDto(t.db.sql, id)).toMatchObject({
    state: 'dead',
    attempts: [{ outcome: 'unknown' }, { outcome: 'unknown' }],
  });
});
