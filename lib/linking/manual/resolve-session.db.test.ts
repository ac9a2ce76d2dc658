import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf } from '@/lib/auth/viewer';
import { auditId, ORG } from '@/lib/changes/fixtures/records';
import type { Ticket } from '@/lib/connectors/model/ticket';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { groupChanges } from '@/lib/sessions/group-changes';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { ResolveInput } from '../contract/resolutions';
import {
  AT,
  changeRequest,
  DANA_HERSELF,
  deskOf,
  OLGA,
  OTTO,
  plant,
  silent,
  ticket,
} from '../fixtures/manual-stage';
import { type LinkDependencies, linkChanges } from '../link-changes';
import { viewResolutions } from '../views/resolutions';
import { firstUnlinked, resolveSession, undoResolution, vetResolution } from './resolve-session';
import { runBatch } from './run-batch';

const NOW = addMs(AT, DAY_MS);
const N = 250;
const tickets = new Map<string, Ticket>([['CHG0000001', ticket('CHG0000001', addMs(AT, -HOUR_MS))]]);
let database: TestDatabase;
let sessionId = '';

const links = (now = NOW): LinkDependencies => ({
  db: database.db,
  sources: { jira: null, servicenow: deskOf(tickets), git: null },
  policy: { pipelineClients: new Set(), freezes: [] },
  now: () => now,
});
const INPUT: ResolveInput = {
  attached: changeRequest('CHG0000001'),
  reason: 'one change request for the migration',
  withCritical: false,
};
const resolve = (input = INPUT, by = OLGA, now = NOW) =>
  database.db.transaction((sql) =>
    resolveSession(sql, { orgId: ORG, sessionId, input }, { actor: actorOf(by), now }),
  );
const carryOut = (id: string, now = NOW, signal?: AbortSignal) =>
  runBatch(id, { db: database.db, dependenciesOf: async () => links(now) }, signal ? { signal } : {});
const seen = async () => viewResolutions(OLGA, { id: sessionId }, { db: database.db, now: NOW });
const count = async (where: string) =>
  (await database.db.sql.query<{ n: number }>(`select count(*)::int as n from ${where}`))[0]?.n;

beforeAll(async () => {
  database = await testDatabase();
  await plant(
    database,
    Array.from({ length: N }, (_, n) =>
      silent(n + 1, { eventDate: new Date(AT.getTime() + n * 1000).toISOString().replace('.000', '') }),
    ),
  );
  await linkChanges(ORG, links(AT));
  await groupChanges(database.db, { orgId: ORG, now: NOW });
  const [row] = await database.db.sql.query<{ id: string }>('select id from session');
  sessionId = row?.id ?? '';
  // Two of them are of critical risk: as the table of risk would say.
  await database.db.sql.query('update change set risk = 4 where id = any ($1)', [[auditId(3), auditId(200)]]);
});
afterAll(() => database.drop());

describe('a session resolved by one word', () => {
  let id = '';

  test('what is left is counted, critical changes are listed, and a ticket that is not there is refused before anything begins', async () => {
    expect(await seen()).toMatchObject({
      unlinked: N,
      critical: [{ id: auditId(3) }, { id: auditId(200) }],
      mayResolve: { allowed: true },
      items: [],
    });
    const first = await firstUnlinked(database.db.sql, [ORG], sessionId);
    if (first === null) throw new Error('there are unlinked changes');
    await expect(
      vetResolution(links(), {
        first,
        input: { ...INPUT, attached: changeRequest('CHG0000099') },
        by: actorOf(OLGA),
      }),
    ).rejects.toMatchObject({ code: 'conflict', hint: expect.stringContaining('is not there') });
    await vetResolution(links(), { first, input: INPUT, by: actorOf(OLGA) });
  });

  test('each child gets its own decision and verdict; critical ones are left out and named', async () => {
    id = (await resolve()).id;
    expect(await carryOut(id)).toMatchObject({ state: 'done', done: N - 2, total: N });
    expect(await count(`link_decision where batch_id = '${id}'`)).toBe(N - 2);
    expect(await count(`change where linkage = 'linked'`)).toBe(N - 2);
    const [item] = (await seen()).items;
    expect(item).toMatchObject({ state: 'done', done: N - 2, reference: 'CHG0000001' });
    expect(item?.leftOut.map((one) => [one.id, one.because])).toEqual([
      [auditId(3), 'critical risk: to be decided by itself'],
      [auditId(200), 'critical risk: to be decided by itself'],
    ]);
  });

  test('carried out again, and twice at once, nothing is decided twice', async () => {
    await database.db.sql.query(`update link_batch_progress set state = 'running' where batch_id = $1`, [id]);
    await Promise.all([carryOut(id), carryOut(id)]);
    expect(await count(`link_decision where batch_id = '${id}'`)).toBe(N - 2);
  });

  test('the undo takes back every decision of it, once', async () => {
    const later = addMs(NOW, HOUR_MS);
    const by = { actor: actorOf(OTTO), now: later };
    const undo = await database.db.transaction((sql) =>
      undoResolution(sql, { orgIds: [ORG], id, reason: 'wrong ticket' }, by),
    );
    expect(await carryOut(undo.id, later)).toMatchObject({ state: 'done', done: N - 2 });
    expect(await count(`change where linkage = 'linked'`)).toBe(0);
    expect((await seen()).items).toMatchObject([
      { undoOf: id, state: 'done' },
      { id, undone: true },
    ]);
    await expect(
      database.db.transaction((sql) => undoResolution(sql, { orgIds: [ORG], id, reason: 'again' }, by)),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('stopped half-way it goes on where it was', async () => {
    const later = addMs(NOW, 2 * HOUR_MS);
    const again = await resolve({ ...INPUT, withCritical: true }, OLGA, later);
    expect(await carryOut(again.id, later, AbortSignal.abort())).toMatchObject({ state: 'running', done: 0 });
    expect(await carryOut(again.id, later)).toMatchObject({ state: 'done', done: N });
    expect(await count(`change where linkage = 'linked'`)).toBe(N);
    expect((await seen()).mayResolve).toEqual({
      allowed: false,
      because: 'Every accountable change of it is linked.',
    });
  });

  test('whoever did the session resolves none of it, and each change says why', async () => {
    const own = await resolve({ ...INPUT, attached: changeRequest('CHG0000001') }, DANA_HERSELF);
    await database.db.sql.query(`update change set linkage = 'unlinked' where id = any ($1)`, [
      [auditId(5), auditId(6)],
    ]);
    await carryOut(own.id, addMs(NOW, 3 * HOUR_MS));
    const item = (await seen()).items.find((one) => one.id === own.id);
    expect(item).toMatchObject({ state: 'done', done: 0 });
    expect(item?.leftOut).toHaveLength(2);
  });

  test('the act and its end are in the journal with the counts', async () => {
    const rows = await database.db.sql.query<{ action: string; n: number }>(
      `select action, count(*)::int as n from journal where object_type = 'session' and action like 'session.%' group by 1 order by 1`,
    );
    expect(rows.map((row) => row.action)).toEqual([
      'session.resolution_finished',
      'session.resolution_undone',
      'session.resolved',
      'session.undo_finished',
    ]);
  });
});
