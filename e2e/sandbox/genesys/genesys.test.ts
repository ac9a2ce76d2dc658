import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collect, loginTo } from '../client.test-kit.ts';
import { NO_FAULTS } from '../options.ts';
import { type RunningSandbox, startSandbox } from '../start.ts';
import { CLIENTS } from '../world/access.ts';

const ANCHOR = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000).toISOString();
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR, still: true, dwellMs: 5 });
});
afterEach(() => {
  sandbox.faults(NO_FAULTS);
  sandbox.state.clock = null;
});
afterAll(() => sandbox.close());

/** The records made since midnight, by id. */
async function today(): Promise<Set<string>> {
  const call = await loginTo(sandbox);
  const { ids } = await collect(call, {
    interval: `${ANCHOR}/${new Date(Date.now() + 60_000).toISOString()}`,
  });
  return new Set(ids);
}

describe('the directory', () => {
  it('lists active people only unless asked otherwise', async () => {
    const call = await loginTo(sandbox);
    const { users } = sandbox.truth.directory as { users: Record<string, number> };
    expect((await call('GET', '/users?pageSize=100')).body.total).toBe(users.active);
    expect((await call('GET', '/users?pageSize=100&state=any')).body.total).toBe(users.any);
    const deleted = (await call('GET', '/users?state=deleted')).body.entities as { id: string }[];
    expect((await call('GET', `/users/${deleted[0]?.id}`)).status).toBe(404);
    expect((await call('GET', `/users/${deleted[0]?.id}?state=deleted`)).status).toBe(200);
  });

  it('answers as of the instant a test sets', async () => {
    const call = await loginTo(sandbox);
    const rename = sandbox.truth.nameChanges.find(
      (change) => change.kind === 'division' && change.to !== null,
    );
    const read = async () => (await call('GET', `/authorization/divisions/${rename?.id}`)).body.name;
    expect(await read()).toBe(rename?.to);
    sandbox.state.clock = (rename?.at ?? 0) - 1;
    expect(await read()).toBe(rename?.from);
  });

  it('pages queue members without a total, and refuses pages over a hundred', async () => {
    const call = await loginTo(sandbox);
    const queues = (await call('GET', '/routing/queues?pageSize=100')).body.entities as { id: string }[];
    const members = await call('GET', `/routing/queues/${queues[0]?.id}/members?pageSize=100`);
    expect(members.body).not.toHaveProperty('total');
    expect((await call('GET', `/routing/queues/${queues[0]?.id}/members?pageSize=200`)).status).toBe(400);
  });

  it('never lists a secret, and names the permission a caller lacks', async () => {
    const call = await loginTo(sandbox);
    expect((await call('GET', '/oauth/clients')).text).not.toContain('secret');
    const restricted = await loginTo(sandbox, CLIENTS.restricted);
    const refused = await restricted('GET', '/oauth/clients');
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe('missing.permissions');
    expect(refused.body.messageParams).toEqual({ permissions: 'oauth:client:view' });
  });

  it('hires somebody while a reader turns the page', async () => {
    const call = await loginTo(sandbox);
    sandbox.faults({ totalChangesWhilePaging: 1 });
    const first = await call('GET', '/users?state=any&pageSize=50');
    const second = await call('GET', '/users?state=any&pageSize=50&pageNumber=2');
    expect(second.body.total).toBe(Number(first.body.total) + 1);
  });
});

describe('acts', () => {
  it('a self-move changes the division and leaves a record', async () => {
    const { records } = sandbox.act('self-move', { actor: 'Aoife Brennan' });
    expect(records[0]?.actorId).toBe(records[0]?.entityId);
    expect(await today()).toContain(records[0]?.id);
  });

  it('hides a live record for as long as the lag lasts', async () => {
    sandbox.faults({ lagMs: 60_000 });
    const { records } = sandbox.act('queue-edit');
    expect(await today()).not.toContain(records[0]?.id);
  });

  it('deactivates a user against the right version only, with both forms of conflict', async () => {
    const call = await loginTo(sandbox, CLIENTS.overPrivileged);
    const user = (
      (await call('GET', '/users?pageSize=1')).body.entities as { id: string; version: number }[]
    )[0];
    const path = `/users/${user?.id}`;
    const first = await call('PATCH', path, { version: 1, state: 'inactive' });
    const second = await call('PATCH', path, { version: 1, state: 'inactive' });
    expect([first.status, second.status]).toEqual([409, 400]);
    expect(second.text).toContain('does not match');
    expect((await call('PATCH', path, { version: user?.version, state: 'inactive' })).body.state).toBe(
      'inactive',
    );
    const last = sandbox.truth.live
      .filter((entry) => entry.entityId === user?.id && entry.accountable)
      .at(-1);
    expect(last?.actorId).toBe(CLIENTS.overPrivileged.id);
  });

  it('disables a client: its tokens die and none is issued', async () => {
    const admin = await loginTo(sandbox, CLIENTS.overPrivileged);
    const script = await loginTo(sandbox, CLIENTS.script);
    expect((await script('GET', '/organizations/me')).status).toBe(200);
    await admin('PUT', `/oauth/clients/${CLIENTS.script.id}`, {
      name: 'skills-import',
      authorizedGrantType: 'CLIENT-CREDENTIALS',
      state: 'disabled',
    });
    expect((await script('GET', '/organizations/me')).status).toBe(401);
  });

  it('moves objects with one record each', async () => {
    const admin = await loginTo(sandbox, CLIENTS.overPrivileged);
    const queues = ((await admin('GET', '/routing/queues?pageSize=3')).body.entities as { id: string }[]).map(
      (queue) => queue.id,
    );
    const divisions = (await admin('GET', '/authorization/divisions')).body.entities as {
      id: string;
      name: string;
    }[];
    const target = divisions.find((division) => division.name === 'US Sales');
    const before = sandbox.truth.live.length;
    expect((await admin('POST', `/authorization/divisions/${target?.id}/objects/QUEUE`, queues)).status).toBe(
      204,
    );
    expect(sandbox.truth.live.length).toBe(before + 3);
  });

  it('carries an act out and yet answers 504, when told so', async () => {
    const admin = await loginTo(sandbox, CLIENTS.overPrivileged);
    const users = (await admin('GET', '/users?pageSize=2')).body.entities as {
      id: string;
      version: number;
    }[];
    const user = users[1];
    sandbox.faults({ timeoutAfterApply: 1 });
    expect(
      (await admin('PATCH', `/users/${user?.id}`, { version: user?.version, state: 'inactive' })).status,
    ).toBe(504);
    expect((await admin('GET', `/users/${user?.id}/state`)).body.state).toBe('inactive');
  });

  it('gives the same records as push envelopes, under the same ids', async () => {
    const [entry] = sandbox.state.history.planted.slice(-1);
    const range = `from=${new Date(entry?.at ?? 0).toISOString()}&to=${ANCHOR}`;
    const answer = await fetch(`${sandbox.url}/__sandbox/eventbridge?${range}`);
    const envelopes = (await answer.json()) as { detail: { eventBody: { id: string; eventTime: string } } }[];
    expect(envelopes.at(-1)?.detail.eventBody.id).toBe(entry?.record.id);
    expect(envelopes.at(-1)?.detail.eventBody.eventTime).toContain('.000Z');
  });
});
