import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setSetting } from '@/lib/auth/settings/set-setting';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { memoryVault } from '../fixtures/memory-vault';
import { auditId, eventBridgeEvent, moveRecord, ORG, page, restRecord } from '../fixtures/records';
import { ingestBatch } from '../ingest/ingest-pages';
import { bareKnowledge } from '../ingest/org-knowledge';
import { renormalise } from '../ingest/renormalise';
import { PUSH_MATCH, type Received, receiveEvents } from './receive-events';
import { takePush } from './take-push';

const OTHER = 'a0000000-0000-4000-8000-000000000099';
const now = new Date('2026-03-01T16:00:00.250Z');
let t: TestDatabase;
const vault = memoryVault();

beforeAll(async () => {
  t = await testDatabase();
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'mypurecloud.ie', now())`,
    [ORG],
  );
});
afterAll(() => t.drop());

const receive = (body: unknown, more: { orgIds?: string[]; at?: Date } = {}): Promise<Received> =>
  t.db.transaction((sql) =>
    receiveEvents(sql, {
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      orgIds: more.orgIds ?? [ORG],
      now: more.at ?? now,
    }),
  );
const take = () => takePush({ db: t.db, vault }, { now });
const event = (n: number, more: Record<string, unknown> = {}) => eventBridgeEvent(restRecord(n, more));
async function changeOf(n: number) {
  const rows = await t.db.sql.query<Record<string, unknown>>(
    `select c.source, c.confirmed_at, c.status, c.received_at, c.transaction_id, r.page_id, r.byte_offset, r.byte_length
     from change c join raw_event r on r.source_id = c.id where c.id = $1`,
    [auditId(n)],
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}
async function spool(where = 'true') {
  return t.db.sql.query<{
    verdict: string;
    reason: string | null;
    bytes: Buffer | null;
    page_id: string | null;
  }>(`select verdict, reason, bytes, page_id from push_spool where ${where} order by seq`);
}
const pull = (records: unknown[]) =>
  ingestBatch({ db: t.db, vault, knowledge: bareKnowledge(ORG), now }, [page(records)]);

describe('events by push', () => {
  test('D9: one event or an array; kept first, then a provisional change with the time it came', async () => {
    expect(await receive(event(1))).toMatchObject({
      accepted: 1,
      filtered: 0,
      quarantined: 0,
      orgIds: [ORG],
    });
    expect(await receive([event(2), event(3)], { at: addMs(now, 900) })).toMatchObject({ accepted: 2 });
    expect(await changeOf(1)).toBeUndefined();
    const [taken] = await take();
    expect(taken).toMatchObject({ orgId: ORG, taken: 3, newChanges: 3, unreadable: 0 });
    expect(await changeOf(1)).toMatchObject({ source: 'push', confirmed_at: null, received_at: now });
    expect(await changeOf(3)).toMatchObject({ received_at: addMs(now, 900) });
    expect(await take()).toEqual([]);
  });

  test('the bytes of an event go from the spool into the page, unchanged', async () => {
    const bytes = ` ${JSON.stringify(event(10)).replace('"version":"0"', '"version" : "0", "n": 1.0')} `;
    await receive(bytes);
    expect((await spool('taken_at is null'))[0]?.bytes?.toString()).toBe(bytes.trim());
    await take();
    expect(await spool('bytes is not null')).toEqual([]);
    const change = await changeOf(10);
    expect(change?.byte_length).toBe(bytes.trim().length);
    expect(await renormalise({ db: t.db, vault }, { orgId: ORG, ids: [auditId(10)] })).toMatchObject([
      { outcome: 'same' },
    ]);
  });

  test('L21: ten deliveries in any order are one row; the pull confirms it and fills what the push cannot tell', async () => {
    const rest = moveRecord(20, { initiatingAction: { transactionId: 'tr-1' }, transactionInitiator: true });
    const early = moveRecord(21, { eventDate: '2026-03-01T10:00:00Z' });
    for (let round = 0; round < 10; round += 1) {
      await receive(
        round % 2 === 0 ? [eventBridgeEvent(rest), eventBridgeEvent(early)] : eventBridgeEvent(rest),
      );
      if (round % 3 === 0) await take();
    }
    await take();
    expect(await changeOf(20)).toMatchObject({ source: 'push', confirmed_at: null, transaction_id: null });
    await pull([rest, early]);
    expect(await changeOf(20)).toMatchObject({ source: 'push', status: 'SUCCESS', transaction_id: 'tr-1' });
    expect((await changeOf(20))?.confirmed_at).not.toBeNull();
    await receive(eventBridgeEvent(rest));
    await take();
    expect(await changeOf(20)).toMatchObject({ status: 'SUCCESS' });
    const told = await t.db.sql.query(`select 1 from observation where kind = 'source_changed'`);
    expect(told).toEqual([]);
  });

  test('what the push lost comes by the pull, and what the pull had first stays complete', async () => {
    await pull([restRecord(30), restRecord(31)]);
    await receive(event(31));
    await take();
    expect(await changeOf(30)).toMatchObject({ source: 'pull' });
    expect(await changeOf(31)).toMatchObject({ source: 'pull', status: 'SUCCESS' });
    const paths = await t.db.sql.query<{ path: string }>(
      'select path from sighting where source_id = $1 order by path',
      [auditId(31)],
    );
    expect(paths.map((row) => row.path)).toEqual(['pull', 'push']);
  });
});

describe('names', () => {
  test('D23: a pushed creation teaches the directory in the same transaction, and a pushed deletion without a name has it', async () => {
    const skill = { id: 'f0000000-0000-4000-8000-000000000001', name: 'Interim skill' };
    const common = { serviceName: 'Routing', entityType: 'RoutingSkill' };
    const created = event(35, { ...common, action: 'Create', entity: skill });
    const deleted = {
      ...common,
      action: 'Delete',
      entity: { id: skill.id },
      eventDate: '2026-03-01T15:00:00Z',
    };
    await receive(created);
    await take();
    await receive(event(36, deleted));
    await take();
    const rows = await t.db.sql.query('select entity_label from change where id = $1', [auditId(36)]);
    expect(rows).toEqual([{ entity_label: skill.name }]);
  });
});

describe('events nobody can read', () => {
  test('are kept and quarantined, and the others of the request become changes', async () => {
    const sound = JSON.stringify(event(40));
    const broken = [
      '{"detail": nope}',
      '"just a text"',
      JSON.stringify(event(41, { serviceName: undefined })),
      JSON.stringify(event(42, { eventDate: '0001-99-99T99:99:99Z' })),
    ];
    const body = `[${broken[0]},${sound},${broken.slice(1).join(',')}]`;
    expect(await receive(body)).toMatchObject({ accepted: 1, quarantined: 4 });
    expect((await take())[0]).toMatchObject({ taken: 5, newChanges: 1, unreadable: 4 });
    expect(await changeOf(40)).toMatchObject({ source: 'push' });
    const quarantined = await t.db.sql.query(`select 1 from quarantine where source = 'push'`);
    expect(quarantined).toHaveLength(4);
  });

  test('a body that is no JSON at all is one quarantined page, and spoils nothing', async () => {
    expect(await receive('[{"id": 1}, {"cut off')).toMatchObject({ accepted: 0, quarantined: 1 });
    await receive(event(45));
    await take();
    expect(await changeOf(45)).toMatchObject({ source: 'push' });
    const rows = await t.db.sql.query(`select 1 from quarantine where reason = 'page_unreadable'`);
    expect(rows).toHaveLength(1);
    expect(await receive('')).toMatchObject({ accepted: 0, filtered: 0, quarantined: 0 });
  });

  test('of an organisation the caller may not speak for become nothing, and are kept', async () => {
    const strange = { ...event(50), source: `aws.partner/genesys.com/cloud/${OTHER}/x` };
    const unsaid = { ...event(51), source: undefined };
    expect(await receive([strange])).toMatchObject({ accepted: 0, quarantined: 1, orgIds: [] });
    expect(await receive([unsaid], { orgIds: [ORG, OTHER] })).toMatchObject({ accepted: 0, quarantined: 1 });
    expect(await receive([unsaid])).toMatchObject({ accepted: 1 });
    await take();
    expect(await changeOf(50)).toBeUndefined();
    expect(await changeOf(51)).toMatchObject({ source: 'push' });
    const foreign = await spool(`verdict = 'foreign'`);
    expect(foreign.map((row) => row.reason)).toEqual(['organization_not_known', 'organization_not_told']);
    expect(foreign.every((row) => row.bytes !== null)).toBe(true);
  });
});

describe('the matching rule', () => {
  const set = (value: unknown, validFrom: Date) =>
    t.db.transaction((sql) =>
      setSetting(
        sql,
        { name: PUSH_MATCH, orgId: ORG, value, validFrom, origin: 'person' },
        { actor: SYSTEM_ACTOR, now: validFrom },
      ),
    );

  test('D9: which events become changes is a setting: it holds from its instant on, and what it keeps away is counted', async () => {
    const later = addMs(now, 60_000);
    await set({ entityTypes: ['user'], actions: ['Update'] }, later);
    const batch = [event(60), eventBridgeEvent(moveRecord(61))];
    expect(await receive(batch)).toMatchObject({ accepted: 2, filtered: 0 });
    const narrowed = [event(62), eventBridgeEvent(moveRecord(63))];
    expect(await receive(narrowed, { at: later })).toMatchObject({ accepted: 1, filtered: 1 });
    await set({ detailTypes: ['v2.users.{id}.presence'] }, addMs(later, 1_000));
    expect(await receive(event(64), { at: addMs(later, 1_000) })).toMatchObject({ accepted: 0, filtered: 1 });
    await set({}, addMs(later, 2_000));
    expect(await receive(event(65), { at: addMs(later, 2_000) })).toMatchObject({ accepted: 1 });
    await take();
    expect([await changeOf(60), await changeOf(62), await changeOf(64)].map((row) => row?.source)).toEqual([
      'push',
      undefined,
      undefined,
    ]);
    expect((await spool(`verdict = 'filtered'`)).map((row) => row.reason)).toEqual([
      'content',
      'detail_type',
    ]);
  });

  test('a rule that cannot be understood keeps nothing away', async () => {
    const at = addMs(now, 120_000);
    await set({ entityTypes: 'User' }, at);
    expect(await receive(event(66), { at })).toMatchObject({ accepted: 1, filtered: 0 });
    await set({}, addMs(at, 1_000));
    await take();
  });
});

describe('killed and crowded', () => {
  test('a batch that fails is taken whole by the next attempt', async () => {
    await receive([event(70), event(71)]);
    vault.failing = true;
    await expect(take()).rejects.toThrow();
    expect(await changeOf(70)).toBeUndefined();
    vault.failing = false;
    expect((await take())[0]).toMatchObject({ taken: 2, newChanges: 2 });
  });

  test('many takers at once take each event once', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, n) => receive([event(80 + n), event(90 + n)])));
    const done = (await Promise.all(Array.from({ length: 4 }, take))).flat();
    expect(done.reduce((sum, one) => sum + one.taken, 0)).toBe(12);
    expect(done.reduce((sum, one) => sum + one.newChanges, 0)).toBe(12);
    expect(await spool('bytes is not null and org_id is not null and taken_at is not null')).toEqual([]);
  });

  test('a paused organisation keeps its events until it is resumed', async () => {
    await t.owner.query(`update org set state = 'paused' where org_id = $1`, [ORG]);
    await receive(event(100));
    expect(await take()).toEqual([]);
    await t.owner.query(`update org set state = 'active' where org_id = $1`, [ORG]);
    expect((await take())[0]).toMatchObject({ newChanges: 1 });
  });

  test('what was handed in cannot be changed, not even by the application', async () => {
    await receive(event(110));
    const refused = [
      `update push_spool set verdict = 'kept'`,
      'delete from push_spool',
      `update push_spool set bytes = null where taken_at is null`,
      `update push_spool set page_id = 'pag_x' where taken_at is not null`,
    ];
    for (const statement of refused) {
      await expect(t.db.sql.query(statement)).rejects.toMatchObject({ code: '42501' });
      await expect(t.owner.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await take();
  });
});
