import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginTo } from '../client.test-kit.ts';
import { type RunningSandbox, startSandbox } from '../start.ts';
import { CLIENTS } from '../world/access.ts';

let sandbox: RunningSandbox;
let call: Awaited<ReturnType<typeof loginTo>>;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: '2026-03-01T00:00:00.000Z', still: true, ratePerMinute: 100_000 });
  call = await loginTo(sandbox, CLIENTS.responder);
}, 60_000);
afterAll(() => sandbox.close());

describe('response acts', () => {
  it('are refused to the evidence reader and open to the responder', async () => {
    const reader = await loginTo(sandbox, CLIENTS.collector);
    const [user] = (await call('GET', '/users?pageSize=1')).body.entities as { id: string }[];
    expect((await reader('DELETE', `/tokens/${user?.id}`)).status).toBe(403);
    expect((await call('DELETE', `/tokens/${user?.id}`)).status).toBe(204);
    const last = sandbox.truth.live.at(-1);
    expect(last).toMatchObject({ action: 'Revoke', actorId: CLIENTS.responder.id });
  });

  it('apply the state alone when a state is sent', async () => {
    const [user] = (await call('GET', '/users?pageSize=1')).body.entities as {
      id: string;
      title: string;
      version: number;
    }[];
    const body = { version: user?.version, state: 'inactive', title: 'Somebody else' };
    expect((await call('PATCH', `/users/${user?.id}`, body)).status).toBe(200);
    const after = (await call('GET', `/users/${user?.id}`)).body;
    expect(after).toMatchObject({ state: 'inactive', title: user?.title });
  });

  it('replace a client as a whole: what is left out is gone', async () => {
    const path = `/oauth/clients/${CLIENTS.hrSync.id}`;
    const whole = (await call('GET', path)).body;
    const disabled = await call('PUT', path, { ...whole, state: 'disabled' });
    expect(disabled.body).toMatchObject({ state: 'disabled', roleDivisions: whole.roleDivisions });
    expect(JSON.stringify(disabled.body)).not.toContain('secret');
    const bare = { name: whole.name, authorizedGrantType: whole.authorizedGrantType, state: 'active' };
    expect((await call('PUT', path, bare)).body.roleDivisions).toEqual([]);
  });

  it('move what can be moved that way, all or none, and leave no record where nothing moved', async () => {
    const [queue] = (await call('GET', '/routing/queues?pageSize=1')).body.entities as {
      id: string;
      division: { id: string };
    }[];
    const target = sandbox.truth.moves[0]?.toDivisionId;
    const path = `/authorization/divisions/${target}/objects`;
    expect((await call('POST', `${path}/EDGEGROUP`, [queue?.id])).status).toBe(400);
    expect((await call('POST', `${path}/CAMPAIGN`, [queue?.id])).status).toBe(404);
    expect((await call('POST', `${path}/QUEUE`, [queue?.id, 'nobody'])).status).toBe(404);
    const held = async () => (await call('GET', `/routing/queues/${queue?.id}`)).body.division;
    expect(await held()).toMatchObject({ id: queue?.division.id });
    const before = sandbox.truth.live.length;
    expect((await call('POST', `${path}/QUEUE`, [queue?.id])).status).toBe(204);
    expect((await call('POST', `${path}/QUEUE`, [queue?.id])).status).toBe(204);
    expect(await held()).toMatchObject({ id: target });
    expect(sandbox.truth.live.length).toBe(before + 1);
  });

  it('leave no record of a grant that was not there', async () => {
    const [role] = (await call('GET', '/authorization/roles?name=Master')).body.entities as { id: string }[];
    const [user] = (await call('GET', '/users?pageSize=1')).body.entities as { id: string }[];
    const before = sandbox.truth.live.length;
    const path = `/authorization/subjects/${user?.id}/bulkremove`;
    expect((await call('POST', path, { grants: [{ roleId: role?.id, divisionId: '*' }] })).status).toBe(204);
    expect(sandbox.truth.live.length).toBe(before);
  });
});

describe('sinks that fail', () => {
  it('Slack says how long to wait', async () => {
    sandbox.faults({ slackStatus: 429, slackRetryAfterSeconds: 7 });
    const answer = await fetch(sandbox.env.SLACK_WEBHOOK_URL ?? '', { method: 'POST', body: '{"text":"x"}' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    sandbox.faults({ slackStatus: 0, slackRetryAfterSeconds: 1 });
  });

  it('ServiceNow opens an incident and answers with a timeout', async () => {
    sandbox.faults({ serviceNowIncidentTimeoutOnce: 1 });
    const credentials = `${sandbox.env.SERVICENOW_USER}:${sandbox.env.SERVICENOW_PASSWORD}`;
    const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
    const table = `${sandbox.env.SERVICENOW_BASE_URL}/api/now/table/incident`;
    const body = JSON.stringify({ short_description: 'x', correlation_id: 'alr_1' });
    const answer = await fetch(table, { method: 'POST', headers, body });
    expect(answer.status).toBe(504);
    const found = await fetch(`${table}?sysparm_query=correlation_id=alr_1`, { headers });
    expect(((await found.json()) as { result: unknown[] }).result).toHaveLength(1);
  });
});
