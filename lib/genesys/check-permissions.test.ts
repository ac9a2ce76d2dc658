import { afterEach, describe, expect, it } from 'vitest';
import { instantClock } from '@/lib/testing/instant-clock';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { checkPermissions } from './check-permissions';
import { connectGenesys, type GenesysClient } from './connect';
import { licenceTier } from './model/licence-tier';

const NOW = Date.UTC(2026, 10, 22, 12);
const servers: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function platform(
  answer: (request: ScriptedRequest) => Scripted | undefined,
  login: Scripted = { body: { access_token: 'token', expires_in: 86_400 } },
): Promise<GenesysClient> {
  const server = await startScriptedServer((request) => {
    if (request.path === '/oauth/token') return login;
    const date = new Date(NOW).toUTCString();
    const told = answer(request) ?? { body: { entities: [], total: 0 } };
    return { ...told, headers: { date, ...told.headers } };
  });
  servers.push(server);
  return connectGenesys({
    gatewayUrl: server.url,
    clientId: 'me',
    clientSecret: 's',
    clock: instantClock(NOW),
  });
}

const denied = (permission: string): Scripted => ({
  status: 403,
  body: { message: `Caller lacks: [${permission}]` },
});

describe('D33: what the doctor finds', () => {
  it('says which of the two view permissions is missing, and how to mend it', async () => {
    const client = await platform(({ path }) =>
      path.includes('/audits/') ? denied('audits:audit:view') : undefined,
    );
    const report = await checkPermissions(client);
    const audit = report.checks.find(({ key }) => key === 'audit');
    expect(audit).toMatchObject({
      state: 'missing_permission',
      permissions: ['audits:audit:view'],
      required: true,
    });
    expect(audit?.mend).toContain('add audits:audit:view to the role of OAuth client me');
    expect(report.checks.find(({ key }) => key === 'division')).toMatchObject({
      state: 'connected',
      required: true,
    });
    expect(report.connected).toBe(true);
  });

  it('tells what is not offered from what failed', async () => {
    const client = await platform(({ path }) => {
      if (path.includes('/trunkbasesettings')) return { status: 404, body: {} };
      return path.endsWith('/flows') ? { status: 500, body: {} } : undefined;
    });
    const { checks } = await checkPermissions(client);
    expect(checks.find(({ key }) => key === 'trunk')?.state).toBe('not_available');
    expect(checks.find(({ key }) => key === 'flow')?.state).toBe('failed');
  });

  it('reports wrong credentials instead of throwing', async () => {
    const client = await platform(() => undefined, { status: 401, body: { error: 'invalid_client' } });
    const report = await checkPermissions(client);
    expect(report).toMatchObject({ connected: false, checks: [] });
    expect(report.because).toContain('the credentials were not accepted');
    expect(report.excess.kind).toBe('not_evaluated');
  });

  it.each([
    [['cloudCX3', 'recordingStorage'], { tier: 3, sufficient: true, names: ['cloudCX3'] }],
    [
      [{ id: 'l1', description: 'Genesys Cloud CX 1' }],
      { tier: 1, sufficient: false, names: ['l1 Genesys Cloud CX 1'] },
    ],
  ])('reads the licence tier from %o', async (licenses, tier) => {
    const client = await platform(({ path }) =>
      path === '/api/v2/license/users'
        ? { body: { entities: [{ id: 'u', licenses }], total: 1 } }
        : undefined,
    );
    expect((await checkPermissions(client)).licence).toEqual({ kind: 'known', value: tier });
  });

  it('does not guess a tier where licences cannot be read', async () => {
    const client = await platform(({ path }) =>
      path.includes('/license/') ? denied('license:license:view') : undefined,
    );
    expect((await checkPermissions(client)).licence.kind).toBe('not_evaluated');
  });

  it('takes another pattern for names of licences', () => {
    expect(licenceTier(['Premium-2'], /premium-(\d)/i)).toMatchObject({ tier: 2 });
    expect(licenceTier(['Premium-2'])).toBeNull();
  });

  it('measures how far the clocks are apart', async () => {
    const late = await platform(() => ({
      headers: { date: new Date(NOW + 90_000).toUTCString() },
      body: {},
    }));
    const { clockSkewSeconds } = await checkPermissions(late);
    expect(clockSkewSeconds.kind === 'known' && Math.abs(clockSkewSeconds.value - 90) <= 1).toBe(true);
  });
});

describe('L22: more than needed', () => {
  const grants = (actions: string[]): Scripted => ({
    body: {
      id: 'me',
      grants: [{ role: { id: 'r', policies: [{ domain: 'directory', entityName: 'user', actions }] } }],
    },
  });

  it('warns with the names of what the client may do beyond reading', async () => {
    const client = await platform(({ path }) =>
      path.endsWith('/subjects/me') ? grants(['view', 'edit']) : undefined,
    );
    expect((await checkPermissions(client)).excess).toEqual({
      kind: 'known',
      value: { beyond: ['directory:user:edit'], writing: ['directory:user:edit'], byDesign: [] },
    });
  });

  it('reads the roles themselves where the grants do not carry their policies', async () => {
    const client = await platform(({ path }) => {
      if (path.endsWith('/subjects/me')) return { body: { grants: [{ role: { id: 'r1', policies: [] } }] } };
      const permissionPolicies = [{ domain: 'routing', entityName: '*', actionSet: ['*'] }];
      return path.endsWith('/roles/r1') ? { body: { id: 'r1', permissionPolicies } } : undefined;
    });
    expect((await checkPermissions(client)).excess).toMatchObject({
      kind: 'known',
      value: { writing: ['routing:*:*'] },
    });
  });

  it.each([
    ['lists no grant', { body: { grants: [] } }],
    ['names roles it does not describe', { body: { grants: [{ role: { id: 'gone' } }] } }],
  ])('is not evaluated, and no pass, where the platform %s', async (_, told) => {
    const client = await platform(({ path }) => {
      if (path.endsWith('/roles/gone')) return { status: 404, body: {} };
      return path.endsWith('/subjects/me') ? told : undefined;
    });
    expect((await checkPermissions(client)).excess.kind).toBe('not_evaluated');
  });

  it('is not evaluated, and no pass, where the client may not read its own grants', async () => {
    const client = await platform(({ path }) =>
      path.endsWith('/subjects/me') ? denied('authorization:grant:view') : undefined,
    );
    expect((await checkPermissions(client)).excess).toMatchObject({ kind: 'not_evaluated' });
  });
});
