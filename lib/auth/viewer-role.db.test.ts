import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyOut } from '@/lib/db/copy';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { exportView } from './export-as-viewer';
import type { Viewer } from './viewer';

/** What the viewer's role may add rows to. Nothing may it update, delete or truncate. */
const MAY_INSERT = ['journal'];
/** Credentials, sessions and secrets: not even to be read. */
const PRIVATE = ['api_key_secret', 'secret', 'throttle', 'user_identity', 'user_password', 'user_session'];
/** The product's own, and a partition's parent speaks for it. */
const TABLES = `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'tally') and c.relkind in ('r', 'p', 'v', 'm') order by 1`;

const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const viewer: Viewer = {
  kind: 'person',
  id: 'usr_exporter',
  name: 'Ada',
  role: 'auditor',
  orgIds: [NORTHWIND],
};

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

async function tablesWith(privilege: string): Promise<string[]> {
  const rows = await t.owner.query<{ name: string }>(
    `select name from (${TABLES}) x where has_table_privilege('tally_viewer', name, $1) or has_any_column_privilege('tally_viewer', name, $1)`,
    [privilege],
  );
  return rows.map((row) => row.name);
}

test("the viewer's role adds journal rows and writes nothing else, in any table there is", async () => {
  expect(await tablesWith('INSERT')).toEqual(MAY_INSERT);
  expect(await tablesWith('UPDATE')).toEqual([]);
  const more = await t.owner.query(
    `select name from (${TABLES}) x where has_table_privilege('tally_viewer', name, 'DELETE') or has_table_privilege('tally_viewer', name, 'TRUNCATE')`,
  );
  expect(more).toEqual([]);
});

test("the viewer's role cannot read credentials, sessions or secrets", async () => {
  const readable = await tablesWith('SELECT');
  expect(PRIVATE.filter((name) => readable.includes(name))).toEqual([]);
});

test("functions that look as the owner for a viewer only read, and only the viewer's organisations", async () => {
  const rows = await t.owner.query<{ name: string; volatility: string; source: string }>(
    `select p.oid::regprocedure::text as name, p.provolatile as volatility, pg_get_functiondef(p.oid) as source
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('public', 'tally') and p.prosecdef and has_function_privilege('tally_viewer', p.oid, 'EXECUTE')`,
  );
  for (const { name, volatility, source } of rows) {
    // PostgreSQL refuses writes inside functions that are not volatile.
    expect({ name, volatility }).toEqual({ name, volatility: 's' });
    expect({
      name,
      filters:
        /org_id = any \((tally\.viewer_org_ids\(\)|string_to_array\(current_setting\('app\.org_ids')/.test(
          source,
        ),
    }).toEqual({ name, filters: true });
  }
});

const exported = exportView<{ rows: number }>({ permission: 'changes.export' }, ({ client }, { rows }) =>
  copyOut(client, `select repeat('x', 1000) || n from generate_series(1, ${rows}) n`),
);
const exportRows = () =>
  t.db.sql.query<{ body: string }>(`select body from journal where action = 'changes.exported' order by id`);

test('an export streams all rows as the viewer, and is in the journal before its first byte', async () => {
  const stream = await exported(viewer, { rows: 2000 }, { db: t.db });
  expect(await exportRows()).toHaveLength(1);
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(2_000_000);
  const [row] = await exportRows();
  expect(JSON.parse(row?.body ?? '{}')).toMatchObject({
    detail: { asked: { rows: 2000 } },
    actor: { id: viewer.id },
  });
});

test('readers who leave early give their connections back', async () => {
  for (let i = 0; i < 12; i++) {
    const stream = await exported({ ...viewer, id: `usr_leaver${i}` }, { rows: 100_000 }, { db: t.db });
    for await (const _ of stream) break;
  }
  expect(await t.db.sql.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('an export that fails fails its stream', async () => {
  const failing = exportView<void>({ permission: 'changes.export' }, ({ client }) =>
    copyOut(client, 'select 1 / (n - 500) from generate_series(1, 1000) n'),
  );
  const stream = await failing({ ...viewer, id: 'usr_failing' }, undefined, { db: t.db });
  await expect(stream.toArray()).rejects.toThrow('division by zero');
});

test('the eleventh export within an hour waits; a role without the permission is refused and journaled', async () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const hasty = { ...viewer, id: 'usr_hasty' };
  for (let i = 0; i < 10; i++) (await exported(hasty, { rows: 1 }, { db: t.db, now })).destroy();
  await expect(exported(hasty, { rows: 1 }, { db: t.db, now })).rejects.toMatchObject({
    code: 'too_many_requests',
    details: { retryAfterSeconds: 3600 },
  });
  const operator: Viewer = { ...viewer, id: 'usr_operator', role: 'operator' };
  await expect(exported(operator, { rows: 1 }, { db: t.db })).rejects.toMatchObject({ code: 'forbidden' });
  const denied = await t.db.sql.query(
    `select 1 from journal where action = 'access.denied' and actor_id = 'usr_operator'`,
  );
  expect(denied).toHaveLength(1);
});
