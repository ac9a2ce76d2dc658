import { afterAll, beforeAll, expect, test } from 'vitest';
import { asViewer } from '@/lib/auth/as-viewer';
import type { Viewer } from '@/lib/auth/viewer';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { leafHash, sha256 } from '@/lib/kernel/hash';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { appendJournal } from './append';

const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const SOUTHWIND = '22222222-2222-4222-8222-222222222222';
const auditor: Viewer = {
  kind: 'person',
  id: 'usr_auditor',
  name: 'Ada Auditor',
  role: 'auditor',
  orgIds: [NORTHWIND],
};

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

test('a row can be proved: its leaf hash follows from the stored columns', async () => {
  const id = await appendJournal(t.db.sql, {
    actor: SYSTEM_ACTOR,
    action: 'run.finished',
    objectType: 'run',
    objectId: 'run_1',
    orgId: NORTHWIND,
    detail: { records: 3 },
  });
  const [row] = await t.db.sql.query<{
    body: string;
    received_at: Date;
    salt: Buffer;
    leaf_hash: Buffer;
    org_id: string;
  }>('select body, received_at, salt, leaf_hash, org_id from journal where id = $1', [id]);
  if (!row) throw new Error('the row is missing');
  expect(JSON.parse(row.body)).toMatchObject({ id, action: 'run.finished', detail: { records: 3 } });
  const rebuilt = leafHash({
    kind: 'journal',
    orgId: row.org_id,
    factId: id,
    receivedAt: row.received_at,
    salt: row.salt,
    contentSha256: sha256(row.body),
  });
  expect(row.leaf_hash.equals(rebuilt)).toBe(true);
});

test('an act that is rolled back takes its journal row with it', async () => {
  const act = t.db.transaction(async (sql) => {
    await appendJournal(sql, { actor: SYSTEM_ACTOR, action: 'run.started', objectType: 'run' });
    throw new Error('the act failed');
  });
  await expect(act).rejects.toThrow('the act failed');
  const rows = await t.db.sql.query(`select 1 from journal where action = 'run.started'`);
  expect(rows).toHaveLength(0);
});

test.each([
  ['update', `update journal set action = 'other'`],
  ['delete', 'delete from journal'],
  ['truncate', 'truncate journal'],
])('the application cannot %s journal rows, and neither can the owner', async (_, statement) => {
  await appendJournal(t.db.sql, { actor: SYSTEM_ACTOR, action: 'run.kept', objectType: 'run' });
  await expect(t.db.sql.query(statement)).rejects.toMatchObject({ code: '42501' });
  await expect(t.owner.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('an auditor adds rows under their own id alone, and only for their organisations', async () => {
  const entry = { action: 'changes.viewed', objectType: 'changes' };
  const own = { kind: 'person', id: auditor.id, name: auditor.name } as const;
  await asViewer(auditor, (sql) => appendJournal(sql, { ...entry, actor: own, orgId: NORTHWIND }), t.db);
  const asAnother = asViewer(
    auditor,
    (sql) => appendJournal(sql, { ...entry, actor: { ...own, id: 'usr_other' } }),
    t.db,
  );
  await expect(asAnother).rejects.toMatchObject({ code: '42501' });
  const elsewhere = asViewer(
    auditor,
    (sql) => appendJournal(sql, { ...entry, actor: own, orgId: SOUTHWIND }),
    t.db,
  );
  await expect(elsewhere).rejects.toMatchObject({ code: '42501' });
});

test('rows of the installation and of other organisations do not show to a viewer', async () => {
  await appendJournal(t.db.sql, { actor: SYSTEM_ACTOR, action: 'x.installed', objectType: 'x' });
  await appendJournal(t.db.sql, {
    actor: SYSTEM_ACTOR,
    action: 'x.elsewhere',
    objectType: 'x',
    orgId: SOUTHWIND,
  });
  const seen = await asViewer(
    auditor,
    (sql) => sql.query<{ org_id: string | null }>('select org_id from journal'),
    t.db,
  );
  expect(new Set(seen.map((row) => row.org_id))).toEqual(new Set([NORTHWIND]));
});
