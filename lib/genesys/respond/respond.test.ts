import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { divisionId, queueId, userId } from '@/e2e/sandbox/world/build';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { connectGenesys, type GenesysClient } from '../connect';
import { MOVABLE_TYPES } from '../model/movable';
import { permits } from '../model/permissions';
import { readOwnPermissions } from '../read-excess';
import { moveObject } from './division-object';
import { readClient, setClientState } from './oauth-client';
import {
  deactivateUser,
  reactivateUser,
  readUser,
  revokeTokens,
  verifyActive,
  verifyLockedOut,
} from './user';

let sandbox: RunningSandbox;
let client: GenesysClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = connectAs('overPrivileged');
}, 60_000);
afterAll(() => sandbox.close());
afterEach(() => sandbox.faults(NO_FAULTS));

function connectAs(key: keyof typeof CLIENTS): GenesysClient {
  const { id: clientId, secret: clientSecret } = CLIENTS[key];
  return connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId,
    clientSecret,
    clock: hurriedClock(),
  });
}

const idOf = (name: string) => userId(sandbox.state.world, name);
const stateOf = (name: string) => sandbox.state.world.users.get(idOf(name), Date.now());

/** How many audit records the sandbox wrote about something since. */
function recordsAbout(entityId: string, run: () => Promise<unknown>): Promise<number> {
  const count = () => sandbox.truth.live.filter((one) => one.entityId === entityId && one.accountable).length;
  const before = count();
  return run().then(() => count() - before);
}

describe('locking a user out', () => {
  test('D29: deactivated against the version just read, tokens ended, and read back; then given back', async () => {
    const target = { userId: idOf('Bruno Alves') };
    const deactivated = await deactivateUser(client, target);
    expect(deactivated).toMatchObject({
      outcome: 'done',
      before: { state: 'active' },
      after: { state: 'inactive' },
    });
    expect(deactivated.after?.version).toBe((deactivated.before?.version ?? 0) + 1);
    expect(deactivated.calls).toMatchObject([{ status: 200, contextId: expect.stringMatching(/./) }]);
    const ended = await revokeTokens(client, target);
    expect(ended).toMatchObject({ outcome: 'done', after: { lastTokenIssuedAt: null } });
    expect(await verifyLockedOut(client, { ...target, tokensEndedAt: ended.endedAt })).toMatchObject({
      outcome: 'done',
    });
    expect(stateOf('Bruno Alves')).toMatchObject({ state: 'inactive', lastTokenAt: null });
    expect(await reactivateUser(client, target)).toMatchObject({ outcome: 'done' });
    expect(await verifyActive(client, target)).toMatchObject({ outcome: 'done' });
    expect(await verifyLockedOut(client, { ...target, tokensEndedAt: null })).toMatchObject({
      outcome: 'failed',
      because: 'the user is active again',
    });
  });

  test('a token issued after their end is no proof', async () => {
    const target = { userId: idOf('Aoife Brennan') };
    await deactivateUser(client, target);
    const { endedAt } = await revokeTokens(client, target);
    sandbox.state.world.users.patch(target.userId, Date.now(), { lastTokenAt: Date.now() + 60_000 });
    expect(await verifyLockedOut(client, { ...target, tokensEndedAt: endedAt })).toMatchObject({
      outcome: 'failed',
      because: expect.stringContaining('after they were ended'),
    });
  });

  test('who is inactive already is left alone: nothing is sent', async () => {
    const target = { userId: idOf('Tom Ashworth') };
    await deactivateUser(client, target);
    const sent = await recordsAbout(target.userId, async () => {
      expect(await deactivateUser(client, target)).toMatchObject({ outcome: 'already_so', calls: [] });
    });
    expect(sent).toBe(0);
  });

  test.each([1, 2])(
    '%d version conflicts, as 409 and as 400, are read anew and tried again',
    async (conflicts) => {
      sandbox.faults({ versionConflicts: conflicts });
      const result = await deactivateUser(client, {
        userId: idOf(conflicts === 1 ? 'Greta Holm' : 'Nadia Benali'),
      });
      expect(result.outcome).toBe('done');
      expect(result.calls).toHaveLength(conflicts + 1);
      expect(result.because).toContain('changed meanwhile');
    },
  );

  test('after three conflicts it is given up, and known not to have happened', async () => {
    sandbox.faults({ versionConflicts: 5 });
    expect(await deactivateUser(client, { userId: idOf('Ingrid Sorensen') })).toMatchObject({
      outcome: 'failed',
      retryable: true,
      after: { state: 'active' },
    });
    expect(stateOf('Ingrid Sorensen')?.state).toBe('active');
  });

  test('a 504 whose act was done is read back, never sent twice', async () => {
    sandbox.faults({ timeoutAfterApply: 1 });
    const target = { userId: idOf('Yusuf Demir') };
    const sent = await recordsAbout(target.userId, async () => {
      expect(await deactivateUser(client, target)).toMatchObject({
        outcome: 'done',
        after: { state: 'inactive' },
        calls: [{ status: 504 }],
      });
    });
    expect(sent).toBe(1);
    sandbox.faults({ timeoutAfterApply: 1 });
    expect(await revokeTokens(client, target)).toMatchObject({ outcome: 'done' });
  });

  test('a 429 is waited for, since nothing was done', async () => {
    sandbox.faults({ rateLimitEveryN: 2 });
    expect(await deactivateUser(client, { userId: idOf('Elena Petrova') })).toMatchObject({
      outcome: 'done',
    });
  });

  test('a missing permission is named, and nothing happened', async () => {
    const result = await deactivateUser(connectAs('collector'), { userId: idOf('Fabian Keller') });
    expect(result).toMatchObject({ outcome: 'failed', retryable: false, after: { state: 'active' } });
    expect(result.because).toContain('directory:user:edit');
  });

  test('a user who is gone is said to be', async () => {
    expect(await deactivateUser(client, { userId: '00000000-0000-4000-8000-00000000dead' })).toMatchObject({
      outcome: 'failed',
      before: null,
      because: expect.stringContaining('does not exist'),
    });
  });

  test('who was deleted is never made active', async () => {
    const target = { userId: idOf('Derek Shaw') };
    sandbox.state.world.users.patch(target.userId, Date.now(), { state: 'deleted' });
    expect((await reactivateUser(client, target)).outcome).toBe('failed');
  });

  test('being stopped is no outcome: it is thrown, for whoever resumes', async () => {
    const stop = AbortSignal.abort();
    await expect(readUser(client, idOf('Mei Tanaka'), { signal: stop })).rejects.toMatchObject({
      code: 'aborted',
    });
    await expect(
      deactivateUser(client, { userId: idOf('Mei Tanaka') }, { signal: stop }),
    ).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

describe('moving back', () => {
  test('a user and a queue, and the division read back', async () => {
    const world = sandbox.state.world;
    for (const [type, id] of [
      ['User', idOf('Samir Patel')],
      ['Queue', queueId(world, 'EMEA Sales Voice')],
    ] as const) {
      const held = type === 'User' ? world.users.get(id, Date.now()) : world.queues.get(id, Date.now());
      const from = held?.divisionId ?? '';
      const to = divisionId(world, 'Home');
      expect(await moveObject(client, { type, id, from, to })).toMatchObject({
        outcome: 'done',
        before: { divisionId: from },
        after: { divisionId: to },
      });
      expect(await moveObject(client, { type, id, from, to })).toMatchObject({
        outcome: 'already_so',
        calls: [],
      });
      const stranger = divisionId(world, 'US Sales');
      expect(await moveObject(client, { type, id, from: stranger, to: from })).toMatchObject({
        outcome: 'failed',
        calls: [],
      });
    }
  });

  test('what it does not know how to move is refused', async () => {
    await expect(moveObject(client, { type: 'Trunk', id: 'x', from: 'a', to: 'b' })).rejects.toMatchObject({
      code: 'bad_configuration',
    });
  });

  test('every path it reads is one of the SDK', () => {
    const main = createRequire(import.meta.url).resolve('purecloud-platform-client-v2');
    const folder = path.join(path.dirname(main), '../../src/purecloud-platform-client-v2/api');
    const text = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const known = new Set(
      [...text.matchAll(/'(\/api\/v2\/[^']*)',\s*'GET'/g)].map((match) =>
        (match[1] ?? '').replace(/\{[^}]*\}/g, '{}'),
      ),
    );
    expect(MOVABLE_TYPES.filter((one) => !known.has(one.path.replace(/\{[^}]*\}/g, '{}')))).toEqual([]);
  });
});

describe('disabling an OAuth client', () => {
  test('sends every field back and no secret; its tokens die; enabled again it is as it was', async () => {
    const script = connectAs('script');
    const before = await readClient(client, CLIENTS.script.id);
    await script.get('/api/v2/organizations/me', {}, { doing: 'ask' });
    const disabled = await setClientState(client, { clientId: CLIENTS.script.id, state: 'disabled' });
    expect(disabled).toMatchObject({ outcome: 'done', after: { state: 'disabled', name: before.name } });
    expect(JSON.stringify(disabled)).not.toContain('secret');
    await expect(script.get('/api/v2/organizations/me', {}, { doing: 'ask' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const enabled = await setClientState(client, { clientId: CLIENTS.script.id, state: 'active' });
    expect(enabled.after).toEqual(before);
  });

  test('our own client is refused', async () => {
    await expect(
      setClientState(client, { clientId: client.clientId.toUpperCase(), state: 'disabled' }),
    ).rejects.toMatchObject({ code: 'bad_configuration' });
  });

  test('a 504 whose act was done is read back', async () => {
    sandbox.faults({ timeoutAfterApply: 1 });
    expect(await setClientState(client, { clientId: CLIENTS.archy.id, state: 'disabled' })).toMatchObject({
      outcome: 'done',
      calls: [{ status: 504 }],
    });
  });
});

test('what the client may do is read from its roles', async () => {
  const mighty = await readOwnPermissions(client);
  const reader = await readOwnPermissions(connectAs('collector'));
  const may = (held: typeof mighty, permission: string) =>
    held.kind === 'known' && permits(held.value, permission);
  expect(may(mighty, 'oauth:token:delete')).toBe(true);
  expect(may(reader, 'directory:user:view')).toBe(true);
  expect(may(reader, 'directory:user:edit')).toBe(false);
});
