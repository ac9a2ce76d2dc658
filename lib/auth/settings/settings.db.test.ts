import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { operatorViewer } from '../viewer';
import { readSources } from '../views/sources';
import { applyPolicy, policyAt } from './apply-policy';
import { addSource, changeSource, removeSource } from './change-source';
import { noteOrganization } from './organizations';
import type { Policy } from './policy';
import { resolveSources } from './resolve-sources';
import { wrappingKey } from './secret-box';
import { setSetting } from './set-setting';

const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const SOUTHWIND = '22222222-2222-4222-8222-222222222222';
const CANARY = 'canary-7f3a9c-never-in-a-table';
const wrapping = wrappingKey('a secrets key of more than thirty-two characters');
const now = new Date();
const by = { actor: SYSTEM_ACTOR, now, wrapping };

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const resolved = (env = {}) => resolveSources(t.db, env, () => wrapping);

test('a setting holds from its instant on; before it the earlier version does', async () => {
  const set = (value: string, validFrom: Date) =>
    setSetting(
      t.db.sql,
      { name: 'policy.approvedStatuses', orgId: null, value: [value], validFrom, origin: 'person' },
      by,
    );
  await set('Approved', addMs(now, -10 * DAY_MS));
  await set('Authorised', addMs(now, -5 * DAY_MS));
  const at = async (days: number) =>
    (await policyAt(t.db.sql, { orgId: NORTHWIND, at: addMs(now, days * DAY_MS) })).approvedStatuses;
  expect(await at(-11)).toBeUndefined();
  expect(await at(-10)).toEqual(['Approved']);
  expect(await at(-5)).toEqual(['Authorised']);
});

test("an organisation's own setting stands before the installation's", async () => {
  const policy = (names: string[]) => ({ pipelineClients: names });
  const apply = (orgId: string | null, names: string[]) =>
    applyPolicy(t.db.sql, { policy: policy(names), orgId, origin: 'person', sha256: 'x' }, by);
  await apply(null, ['all']);
  await apply(NORTHWIND, ['own']);
  const of = async (orgId: string) => (await policyAt(t.db.sql, { orgId, at: now })).pipelineClients;
  expect([await of(NORTHWIND), await of(SOUTHWIND)]).toEqual([['own'], ['all']]);
});

test('a policy applied again writes no second version', async () => {
  const policy: Policy = { freezes: [] };
  const given = { policy, orgId: null, origin: 'policy_file', sha256: 'x' } as const;
  const first = await applyPolicy(t.db.sql, given, by);
  const second = await applyPolicy(t.db.sql, given, by);
  expect([first.changed, second.changed]).toEqual([['freezes'], []]);
});

test('setting versions are facts', async () => {
  for (const statement of [`update setting_version set value = '1'`, 'delete from setting_version']) {
    await expect(t.db.sql.query(statement)).rejects.toMatchObject({ code: '42501' });
    await expect(t.owner.query(statement)).rejects.toMatchObject({ code: '42501' });
  }
});

test('X15: a stored secret connects, is shown to nobody, and stands in no table and no journal row', async () => {
  const source = await t.db.transaction((sql) =>
    addSource(
      sql,
      {
        kind: 'genesys',
        name: 'Northwind',
        orgId: null,
        config: { region: 'mypurecloud.ie', clientId: 'client-1' },
        secrets: { clientSecret: CANARY },
      },
      by,
    ),
  );
  expect(await resolved()).toMatchObject([{ id: source.id, kind: 'genesys', clientSecret: CANARY }]);

  const tables = await t.owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'tally') and table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const found = await t.owner.query(
      `select 1 from ${name} row where row::text like $1 or row::text like $2`,
      [`%${CANARY}%`, `%${Buffer.from(CANARY).toString('hex')}%`],
    );
    expect({ name, found: found.length }).toEqual({ name, found: 0 });
  }
  const shown = await readSources(operatorViewer([]), { env: {} }, { db: t.db });
  expect(JSON.stringify(shown)).not.toContain(CANARY);
  expect(shown.items[0]).toMatchObject({
    complete: true,
    secrets: [
      { field: 'clientSecret', set: true },
      { field: 'responderClientSecret', set: false },
    ],
  });
});

test('changing a source keeps the secret that is left out; removing it removes the secret', async () => {
  const secrets = { apiToken: `${CANARY}-jira` };
  const config = { baseUrl: 'https://example.atlassian.net/', email: 'bot@example.com' };
  const { id } = await addSource(t.db.sql, { kind: 'jira', name: 'Jira', orgId: null, config, secrets }, by);
  await changeSource(t.db.sql, { id, name: 'Tickets' }, by);
  expect((await resolved()).find((one) => one.id === id)).toMatchObject({
    name: 'Tickets',
    baseUrl: 'https://example.atlassian.net',
    ...secrets,
  });
  await changeSource(t.db.sql, { id, secrets: { apiToken: 'another' } }, by);
  expect((await resolved()).find((one) => one.id === id)).toMatchObject({ apiToken: 'another' });
  expect(
    await t.db.sql.query(`select 1 from secret where starts_with(name, $1)`, [`source/${id}`]),
  ).toHaveLength(1);
  await removeSource(t.db.sql, id, by);
  expect((await resolved()).some((one) => one.id === id)).toBe(false);
  expect(
    await t.db.sql.query(`select 1 from secret where starts_with(name, $1)`, [`source/${id}`]),
  ).toHaveLength(0);
});

test('what the environment sets comes first and wins over the same source stored', async () => {
  const env = {
    GENESYS_REGION: 'mypurecloud.ie',
    GENESYS_CLIENT_ID: 'client-1',
    GENESYS_CLIENT_SECRET: 'of the environment',
    GIT_REPOSITORIES: ['/srv/cx.git', 'https://deploy:token@git.example.com/cx.git'],
  };
  const sources = await resolved(env);
  expect(sources.map((one) => one.id)).toEqual(['env_genesys', 'env_git']);
  const shown = await readSources(operatorViewer([]), { env }, { db: t.db });
  const text = JSON.stringify(shown);
  expect(text).not.toContain('of the environment');
  expect(text).not.toContain('token@');
  expect(shown.items[0]).toMatchObject({ origin: 'environment', complete: true });
});

test.each([
  ['a program as transport', { repositories: ['ext::sh -c id'] }],
  ['an option in disguise', { repositories: ['--upload-pack=id'] }],
  ['a path of this machine', { repositories: ['/etc'] }],
  ['an address with a password', { repositories: ['https://u:p@git.example.com/x.git'] }],
])('a repository that is %s is refused', async (_, config) => {
  await expect(addSource(t.db.sql, { kind: 'git', name: 'x', orgId: null, config }, by)).rejects.toThrow();
});

test('a source of an organisation that is not theirs does not exist for an administrator', async () => {
  const input = {
    kind: 'git',
    name: 'South',
    orgId: SOUTHWIND,
    config: { repositories: ['https://git.example.com/s.git'] },
  } as const;
  const { id } = await addSource(t.db.sql, input, by);
  const limited = { ...by, orgIds: [NORTHWIND] };
  for (const act of [
    () => changeSource(t.db.sql, { id, name: 'Mine' }, limited),
    () => removeSource(t.db.sql, id, limited),
    () => addSource(t.db.sql, input, limited),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('the first contact makes the organisation, notes it at its source, and says so once', async () => {
  const [source] = (await resolved()).filter((one) => one.kind === 'genesys');
  const seen = {
    id: NORTHWIND,
    name: 'Northwind',
    domain: 'northwind',
    region: 'mypurecloud.ie',
    sourceId: source?.id ?? '',
  };
  await noteOrganization(t.db.sql, seen, by);
  await noteOrganization(t.db.sql, seen, by);
  await noteOrganization(t.db.sql, { ...seen, name: 'Northwind Group' }, by);
  expect((await resolved()).find((one) => one.id === source?.id)).toMatchObject({
    orgId: NORTHWIND,
    clientSecret: CANARY,
  });
  const rows = await t.db.sql.query<{ action: string }>(
    `select action from journal where object_type = 'organization' order by id`,
  );
  expect(rows.map((row) => row.action)).toEqual(['organization.connected', 'organization.renamed']);
});
