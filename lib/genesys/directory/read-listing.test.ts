import { afterEach, describe, expect, it } from 'vitest';
import { instantClock } from '@/lib/testing/instant-clock';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { connectGenesys, type GenesysClient } from '../connect';
import { readListing } from './read-listing';

const servers: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function platform(
  answer: (request: ScriptedRequest, nth: number) => Scripted | undefined,
): Promise<{ client: GenesysClient; server: ScriptedServer }> {
  let nth = 0;
  const server = await startScriptedServer((request) => {
    if (request.path === '/oauth/token') return { body: { access_token: 'token', expires_in: 86_400 } };
    nth++;
    return answer(request, nth) ?? { status: 404, body: { message: 'no', code: 'not.found' } };
  });
  servers.push(server);
  const client = connectGenesys({
    gatewayUrl: server.url,
    clientId: 'c',
    clientSecret: 's',
    clock: instantClock(),
  });
  return { client, server };
}

const things = (...ids: string[]) => ids.map((id) => ({ id, name: `Name of ${id}` }));
const many = (count: number) => things(...Array.from({ length: count }, (_, index) => `u${index}`));
const denied = (permission: string): Scripted => ({
  status: 403,
  body: { message: `Caller lacks: [${permission}]`, code: 'missing.permissions' },
});

/** A numbered page of a list, as most listings give it. */
function numbered(
  request: ScriptedRequest,
  all: readonly unknown[],
  size: number,
  total = all.length,
): Scripted {
  const pageNumber = Number(request.query.get('pageNumber') ?? 1);
  const entities = all.slice((pageNumber - 1) * size, pageNumber * size);
  return { body: { entities, pageSize: size, pageNumber, total, pageCount: Math.ceil(total / size) } };
}

describe('reading a whole listing', () => {
  it('I21 I22: reads all 1,500 users by page number and ties out to the total', async () => {
    const all = many(1500);
    const { client, server } = await platform((request) => numbered(request, all, 100));
    const listing = await readListing(client, { kind: 'user' });
    expect(listing).toMatchObject({
      outcome: 'complete',
      expectedTotal: 1500,
      totalBefore: 1500,
      totalAfter: 1500,
      readCount: 1500,
    });
    expect(listing).toMatchObject({ duplicates: 0, pages: 15 });
    expect(new Set(listing.items.map(({ id }) => id)).size).toBe(1500);
    const first = server.requests.find(({ path }) => path === '/api/v2/users');
    expect(first?.query.get('state')).toBe('any');
    expect(first?.query.get('expand')).toContain('lasttokenissued');
  });

  it('I22: a listing that names 1,500 and gives 50 is partial, loudly', async () => {
    const { client } = await platform((request) => ({
      body: {
        entities: many(50),
        pageSize: 100,
        pageNumber: Number(request.query.get('pageNumber') ?? 1),
        total: 1500,
        pageCount: 1,
      },
    }));
    const listing = await readListing(client, { kind: 'user' });
    expect(listing).toMatchObject({ outcome: 'partial', expectedTotal: 1500, readCount: 50 });
    expect(listing.because).toBe('it names a total of 1500 and listed 50');
  });

  it('I21: follows nextUri where there is neither total nor page count, and keeps its own parameters', async () => {
    const { client, server } = await platform((request) => {
      if (request.path === '/api/v2/routing/queues') return numbered(request, things('q1'), 100);
      const next =
        request.query.get('pageNumber') === '2'
          ? undefined
          : '/api/v2/routing/queues/q1/members?pageNumber=2';
      return { body: { entities: things(next ? 'a' : 'b'), nextUri: next } };
    });
    const listing = await readListing(client, { kind: 'queue_member' });
    expect(listing.items.map(({ id }) => id)).toEqual(['q1:a', 'q1:b']);
    expect(listing).toMatchObject({ outcome: 'complete', expectedTotal: null });
    expect(server.requests.at(-1)?.query.get('pageSize')).toBe('100');
  });

  it('I21: follows a cursor until there is none', async () => {
    const { client } = await platform((request) => {
      const cursor = request.query.get('cursor');
      return {
        body: cursor ? { entities: things('b'), cursor: null } : { entities: things('a'), cursor: 'next' },
      };
    });
    const listing = await readListing(client, { kind: 'skill' });
    expect(listing.items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(listing.outcome).toBe('complete');
  });

  it('reads a list once more that moved while it was read', async () => {
    const { client } = await platform((request, nth) =>
      // Pages 1 and 2, then the total again: the first reading sees one user come, the second sees peace.
      nth < 3 ? numbered(request, many(3), 2, 3) : numbered(request, many(4), 2, 4),
    );
    const listing = await readListing(client, { kind: 'user' });
    expect(listing).toMatchObject({ outcome: 'complete', expectedTotal: 4 });
    expect(listing.items).toHaveLength(4);
  });

  it('calls a list partial that moves again, and keeps what either reading saw', async () => {
    const { client } = await platform((request, nth) => numbered(request, many(nth + 2), 2));
    const listing = await readListing(client, { kind: 'user' });
    expect(listing.outcome).toBe('partial');
    expect(listing.because).toContain('its total moved from');
  });

  it('takes entries that appear on two pages once, and counts them', async () => {
    const { client } = await platform((request) => numbered(request, things('a', 'b', 'b', 'c'), 2));
    const listing = await readListing(client, { kind: 'user' });
    expect(listing).toMatchObject({ outcome: 'partial', duplicates: 1, readCount: 4 });
    expect(listing.items).toHaveLength(3);
  });

  it('does not read for ever where the server knows no paging', async () => {
    const { client } = await platform(() => ({
      body: { entities: things('a', 'b'), pageNumber: 1, pageSize: 2, total: 5, pageCount: 3 },
    }));
    const listing = await readListing(client, { kind: 'oauth_client' });
    expect(listing.outcome).toBe('partial');
    expect(listing.because).toContain('repeats itself');
  });

  it('says which permission is missing, and that nothing was looked at', async () => {
    const { client } = await platform(() => denied('directory:user:view'));
    expect(await readListing(client, { kind: 'user' })).toMatchObject({
      outcome: 'not_evaluated',
      because: 'permission directory:user:view is missing',
      permissions: ['directory:user:view'],
      items: [],
      expectedTotal: null,
    });
  });

  it('names the documented permission where the platform does not', async () => {
    const { client } = await platform(() => ({ status: 403, body: { code: 'not.authorized' } }));
    expect((await readListing(client, { kind: 'flow' })).permissions).toEqual(['architect:flow:view']);
  });

  it('is partial when its second page cannot be had', async () => {
    const { client } = await platform((request) =>
      request.query.get('pageNumber') === '2' ? { status: 500, body: {} } : numbered(request, many(4), 2),
    );
    const listing = await readListing(client, { kind: 'user' });
    expect(listing).toMatchObject({ outcome: 'partial', readCount: 2, expectedTotal: 4 });
    expect(listing.because).toContain('status 500');
  });

  it('never takes a page that is no listing for an empty one', async () => {
    const { client } = await platform(() => ({ body: { users: [] } }));
    const listing = await readListing(client, { kind: 'user' });
    expect(listing.outcome).toBe('not_evaluated');
    expect(listing.because).toContain('the answer is no listing');
  });

  it('throws what concerns the whole connection', async () => {
    const { client } = await platform(() => ({ status: 401, body: { code: 'bad.credentials' } }));
    await expect(readListing(client, { kind: 'user' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('kinds that need more than one address', () => {
  it('divisions come with the deleted ones, marked; without that permission they count, with a note', async () => {
    const may = await platform((request) =>
      numbered(request, request.path.endsWith('/deleted') ? things('old') : things('emea', 'us'), 100),
    );
    const listing = await readListing(may.client, { kind: 'division' });
    expect(listing.items).toEqual([
      ...things('emea', 'us'),
      { id: 'old', name: 'Name of old', deleted: true },
    ]);
    const mayNot = await platform((request) =>
      request.path.endsWith('/deleted')
        ? denied('authorization:divisionDeleted:view')
        : numbered(request, things('emea'), 100),
    );
    const without = await readListing(mayNot.client, { kind: 'division' });
    expect(without).toMatchObject({
      outcome: 'complete',
      permissions: ['authorization:divisionDeleted:view'],
    });
    expect(without.notes.join()).toContain('authorization:divisionDeleted:view');
  });

  it.each([
    ['adds the deleted flows to the live ones', [{ id: 'live' }, { id: 'gone' }]],
    ['lists nothing but the deleted flows', [{ id: 'gone' }]],
  ])(
    'flows come with the deleted ones, and live ones never look deleted, where the platform %s',
    async (_, answer) => {
      const { client } = await platform((request) =>
        numbered(request, request.query.get('deleted') === 'true' ? answer : [{ id: 'live' }], 100),
      );
      const listing = await readListing(client, { kind: 'flow' });
      expect(listing.items).toEqual([{ id: 'live' }, { deleted: true, id: 'gone' }]);
      expect(listing).toMatchObject({ outcome: 'complete', expectedTotal: 2, readCount: 2 });
    },
  );

  it('grants are one for each subject, role and division, of users, groups and clients alike', async () => {
    const { client } = await platform((request) => {
      if (request.path === '/api/v2/authorization/roles')
        return numbered(request, things('admin', 'agent'), 100);
      const admin = [
        { id: 'g1', name: 'Admins', type: 'PC_GROUP', divisions: [{ id: '*', name: '*' }] },
        {
          id: 'u1',
          name: 'Ravi',
          type: 'PC_USER',
          divisions: [
            { id: 'emea', name: 'EMEA' },
            { id: 'us', name: 'US' },
          ],
        },
        { id: 'c1', name: 'CI', type: 'PC_OAUTH_CLIENT' },
      ];
      return numbered(request, request.path.includes('/admin/') ? admin : [], 100);
    });
    const listing = await readListing(client, { kind: 'grant' });
    expect(listing.outcome).toBe('complete');
    expect(listing.items.map(({ id }) => id)).toEqual([
      'g1:admin:*',
      'u1:admin:emea',
      'u1:admin:us',
      'c1:admin:*',
    ]);
    expect(listing.items[1]).toMatchObject({
      subjectType: 'PC_USER',
      roleName: 'Name of admin',
      divisionName: 'EMEA',
    });
  });

  it('one role that cannot be read makes the grants partial', async () => {
    const { client } = await platform((request) => {
      if (request.path === '/api/v2/authorization/roles')
        return numbered(request, things('admin', 'agent'), 100);
      return request.path.includes('/admin/') ? { status: 500, body: {} } : numbered(request, [], 100);
    });
    expect((await readListing(client, { kind: 'grant' })).outcome).toBe('partial');
  });

  it('each setting is an item of its own; one that may not be read says so', async () => {
    const { client } = await platform((request) => {
      if (request.path === '/api/v2/organizations/authentication/settings')
        return denied('directory:organization:admin');
      if (request.path === '/api/v2/recording/keyconfigurations')
        return {
          body: {
            total: 1,
            entities: [{ id: 'k1', keyConfigurationType: 'LocalKeyManager', apiKey: 'canary-api' }],
          },
        };
      if (/providers|recordingkeys$|policies/.test(request.path)) return numbered(request, [], 100);
      return { body: { id: 'x', features: { hipaa: true } } };
    });
    const listing = await readListing(client, { kind: 'setting' });
    const item = (id: string) => listing.items.find((one) => one.id === `/api/v2/${id}`);
    expect(listing.outcome).toBe('partial');
    expect(item('organizations/authentication/settings')).toMatchObject({
      state: 'not_evaluated',
      because: 'permission directory:organization:admin is missing',
    });
    expect(item('organizations/me')).toMatchObject({ state: 'known', value: { features: { hipaa: true } } });
    expect(JSON.stringify(listing)).not.toContain('canary-api');
    expect(item('recording/keyconfigurations')).toMatchObject({
      state: 'known',
      value: [{ id: 'k1', apiKey: '[redacted]' }],
    });
  });

  it('OAuth clients lose their secret at the edge, data actions their keys', async () => {
    const { client } = await platform((request) =>
      numbered(
        request,
        request.path.endsWith('/actions')
          ? [{ id: 'a1', config: { request: { headers: { 'X-Api-Key': 'canary-key' } } } }]
          : [{ id: 'c1', name: 'CI', secret: 'canary-secret', scope: ['audits:readonly'] }],
        100,
      ),
    );
    const clients = await readListing(client, { kind: 'oauth_client' });
    expect(clients.items).toEqual([{ id: 'c1', name: 'CI', scope: ['audits:readonly'] }]);
    const actions = await readListing(client, { kind: 'data_action' });
    expect(JSON.stringify(actions)).not.toContain('canary');
    expect(JSON.stringify(actions)).toContain('X-Api-Key');
  });
});
