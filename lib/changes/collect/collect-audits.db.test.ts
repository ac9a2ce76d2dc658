import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GenesysError } from '@/lib/genesys/model/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, DAY_MS, HOUR_MS, type Interval, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { memoryVault } from '../fixtures/memory-vault';
import { auditId, page, type RestRecord, restRecord } from '../fixtures/records';
import type { AuditSource } from './audit-source';
import { type CollectAsk, collectAudits } from './collect-audits';
import { deriveCoverage } from './derive-coverage';

const ORG = 'a0000000-0000-4000-8000-000000000001';
const SERVICES = ['ContactCenter', 'Directory', 'Telephony'];
let test_: TestDatabase;
let now: Date;
let records: RestRecord[];
let source: AuditSource & {
  asked: Interval[];
  fail: ((interval: Interval) => GenesysError | null) | null;
  diesAfter: number;
};
const vault = memoryVault();

beforeAll(async () => {
  test_ = await testDatabase();
});
afterAll(() => test_.drop());
beforeEach(() => {
  now = new Date('2026-03-10T12:00:00Z');
  records = [];
  source = {
    asked: [],
    fail: null,
    diesAfter: Number.POSITIVE_INFINITY,
    readServiceMapping: async () => ({
      services: SERVICES.map((name) => ({ name, entities: [{ name: 'Queue', actions: ['Update'] }] })),
      fetchedAt: now,
    }),
    async queryAudits({ interval, onPage }) {
      source.asked.push(interval);
      const failure = source.fail?.(interval);
      if (failure) throw failure;
      const found = records.filter(
        (one) => new Date(one.eventDate) >= interval.from && new Date(one.eventDate) < interval.to,
      );
      for (let at = 0, n = 1; at === 0 || at < found.length; at += 2, n++) {
        if (source.asked.length > source.diesAfter) throw new Error('killed');
        await onPage(page(found.slice(at, at + 2), { pageNumber: n, receivedAt: now }));
      }
      return { queryId: `q${source.asked.length}` };
    },
  };
});

async function collect(ask: CollectAsk & { signal?: AbortSignal }, orgId = ORG) {
  return collectAudits({ db: test_.db, vault, source, clock: () => now }, { ...ask, orgId });
}

async function stateOf(hour: string, orgId = ORG, service = 'ContactCenter') {
  const rows = await test_.db.sql.query(
    'select state, basis, records from coverage_hour where org_id = $1 and hour = $2 and service = $3',
    [orgId, hour, service],
  );
  return rows[0] ?? null;
}

const org = (n: number) => `a0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`;
const unavailable = () =>
  new GenesysError({
    code: 'server_error',
    message: 'cannot read: the platform answered 503',
    retryable: true,
  });

describe('collecting audits', () => {
  test('I21, X1: a first sync reads the whole retention by weeks, newest first, and writes readings also for zero', async () => {
    const at = '2026-03-09T10:15:00Z';
    records = [1, 2, 3].map((n) => restRecord(n, { eventDate: at }));
    const progress: number[] = [];
    const done = await collectAudits(
      { db: test_.db, vault, source, clock: () => now },
      { kind: 'sync', orgId: ORG, onProgress: (p) => progress.push(p.chunksDone) },
    );
    expect(done).toMatchObject({ state: 'done', records: 3, newRecords: 3, quarantined: 0 });
    expect(source.asked[0]?.to).toEqual(addMs(now, -10 * SECOND_MS));
    expect(progress.at(-1)).toBe(done.chunksTotal);
    const hours = await test_.db.sql.query<{ n: number }>(
      'select count(*) as n from coverage_hour where org_id = $1 and service = $2',
      [ORG, 'Telephony'],
    );
    expect(hours[0]?.n).toBeGreaterThan(364 * 24);
    expect(await stateOf('2026-03-09T10:00:00Z')).toMatchObject({ state: 'provisional', records: 3 });
    expect(await stateOf('2026-03-09T11:00:00Z')).toMatchObject({ records: 0 });
    expect(await stateOf('2026-02-01T00:00:00Z')).toMatchObject({
      state: 'late_complete',
      basis: 'one_reading',
    });
    expect(await stateOf('2026-03-10T11:00:00Z')).toMatchObject({ state: 'pending' });
  });

  test('a second sync asks from an hour before the watermark, at a whole hour, to ten seconds ago, and nothing is doubled', async () => {
    now = new Date('2026-03-10T14:00:00Z');
    records = [1, 2, 3].map((n) => restRecord(n, { eventDate: '2026-03-10T11:20:00Z' }));
    await collect({ kind: 'sync' });
    expect(source.asked).toEqual([
      { from: new Date('2026-03-10T10:00:00Z'), to: new Date('2026-03-10T13:59:50Z') },
    ]);
    const again = await collect({ kind: 'sync' });
    expect(again).toMatchObject({ state: 'done', newRecords: 0 });
  });

  test('passes every five minutes read each hour whole once it has settled: none stays pending', async () => {
    const own = org(19);
    now = new Date('2026-03-10T09:02:10Z');
    await collect({ kind: 'backfill', since: new Date('2026-03-10T08:00:00Z') }, own);
    for (let pass = 0; pass < 30; pass++) {
      now = addMs(now, 5 * MINUTE_MS);
      await collect({ kind: 'sync' }, own);
    }
    expect(now).toEqual(new Date('2026-03-10T11:32:10Z'));
    expect(await stateOf('2026-03-10T08:00:00Z', own)).toMatchObject({ state: 'provisional' });
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({ state: 'provisional' });
    expect(await stateOf('2026-03-10T10:00:00Z', own)).toMatchObject({ state: 'pending' });
  });

  test('the readings of a source and service chain, and the digest is the hash of the stored body', async () => {
    const rows = await test_.db.sql.query<{
      service: string;
      body: string;
      digest: string;
      previous: string | null;
    }>(
      `select service, body, encode(digest, 'hex') as digest, encode(previous_digest, 'hex') as previous from reading where org_id = $1`,
      [ORG],
    );
    const digests = new Set(rows.map((row) => row.digest));
    expect(rows.every((row) => sha256Hex(row.body) === row.digest)).toBe(true);
    for (const service of SERVICES) {
      const chain = rows.filter((row) => row.service === service);
      expect(chain.filter((row) => row.previous === null)).toHaveLength(1);
      expect(chain.filter((row) => row.previous !== null && !digests.has(row.previous))).toEqual([]);
      expect(new Set(chain.map((row) => row.previous)).size).toBe(chain.length);
    }
  });

  test('X1: two hours without a worker are a gap when read first a day late: late and complete, both times kept', async () => {
    const own = org(11);
    now = new Date('2026-03-10T12:00:00Z');
    await collect({ kind: 'backfill', since: new Date('2026-03-09T00:00:00Z') }, own);
    now = new Date('2026-03-14T12:00:00Z');
    await collect({ kind: 'sync' }, own);
    expect(await stateOf('2026-03-10T13:00:00Z', own)).toMatchObject({
      state: 'late_complete',
      basis: 'one_reading',
    });
  });

  test('an hour is complete when two readings twenty hours apart agree, and a gap when the later one lost a record', async () => {
    const own = org(12);
    records = [restRecord(50, { eventDate: '2026-03-10T09:10:00Z' })];
    await collect({ kind: 'backfill', since: new Date('2026-03-10T00:00:00Z') }, own);
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({ state: 'provisional' });
    now = addMs(now, 21 * HOUR_MS);
    await collect(
      { kind: 'resweep', from: new Date('2026-03-10T00:00:00Z'), to: new Date('2026-03-10T12:00:00Z') },
      own,
    );
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({
      state: 'complete',
      basis: 'two_readings',
      records: 1,
    });
    records = [];
    now = addMs(now, HOUR_MS);
    await collect(
      { kind: 'resweep', from: new Date('2026-03-10T00:00:00Z'), to: new Date('2026-03-10T12:00:00Z') },
      own,
    );
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({ state: 'gap' });
  });

  test('late records are kept exactly once and an hour that grew after it was complete says so', async () => {
    const own = org(13);
    now = new Date('2026-03-10T12:00:00Z');
    await collect({ kind: 'backfill', since: new Date('2026-03-10T00:00:00Z') }, own);
    now = addMs(now, 21 * HOUR_MS);
    const range = { from: new Date('2026-03-10T00:00:00Z'), to: new Date('2026-03-10T12:00:00Z') };
    await collect({ kind: 'resweep', ...range }, own);
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({ state: 'complete' });
    records = [restRecord(60, { eventDate: '2026-03-10T09:10:00Z' })];
    now = addMs(now, HOUR_MS);
    await collect({ kind: 'resweep', ...range }, own);
    expect(await stateOf('2026-03-10T09:00:00Z', own)).toMatchObject({ state: 'late_complete', records: 1 });
  });

  test('I24: a failed query is never an empty answer: it is asked in smaller parts, and what stays unanswered is a gap', async () => {
    const own = org(14);
    const bad = new Date('2026-03-10T05:30:00Z');
    source.fail = (interval) => (interval.from <= bad && bad < interval.to ? unavailable() : null);
    records = [
      restRecord(70, { eventDate: '2026-03-10T03:00:00Z' }),
      restRecord(71, { eventDate: '2026-03-10T08:00:00Z' }),
    ];
    const done = await collect({ kind: 'backfill', since: new Date('2026-03-09T12:00:00Z') }, own);
    expect(done).toMatchObject({ state: 'failed', newRecords: 2 });
    expect(await stateOf('2026-03-10T05:00:00Z', own)).toMatchObject({ state: 'gap' });
    expect(await stateOf('2026-03-10T03:00:00Z', own)).toMatchObject({ state: 'provisional' });
    source.fail = null;
    const again = await collect({ kind: 'backfill', since: new Date('2026-03-09T12:00:00Z') }, own);
    expect(again.state).toBe('done');
    expect(await stateOf('2026-03-10T05:00:00Z', own)).toMatchObject({ state: 'provisional' });
  });

  test('no permission is not evaluated, never a zero', async () => {
    const own = org(15);
    source.fail = () =>
      new GenesysError({
        code: 'no_permission',
        message: 'cannot read audits: the client lacks audits:audit:view',
      });
    const done = await collect({ kind: 'backfill', since: new Date('2026-03-10T00:00:00Z') }, own);
    expect(done.state).toBe('failed');
    expect(done.message).toContain('audits:audit:view');
    expect(await stateOf('2026-03-10T05:00:00Z', own)).toMatchObject({ state: 'not_evaluated' });
  });

  test('killed in the middle, the next collection takes the run up where it stopped: nothing lost, nothing doubled', async () => {
    const own = org(16);
    records = Array.from({ length: 40 }, (_, n) =>
      restRecord(200 + n, { eventDate: new Date(Date.UTC(2026, 1, 1) + n * DAY_MS).toISOString() }),
    );
    for (const kill of [0, 1, 2, 1]) {
      source.diesAfter = source.asked.length + kill;
      await expect(
        collect({ kind: 'backfill', since: new Date('2026-02-01T00:00:00Z') }, own),
      ).rejects.toThrow('killed');
    }
    source.diesAfter = Number.POSITIVE_INFINITY;
    expect((await collect({ kind: 'sync' }, own)).state).toBe('done');
    const kept = await test_.db.sql.query<{ id: string }>(
      'select id from change where org_id = $1 order by event_date',
      [own],
    );
    expect(kept.map((row) => row.id)).toEqual(Array.from({ length: 38 }, (_, n) => auditId(200 + n)));
    const runs = await test_.db.sql.query('select distinct state from collection_run where org_id = $1', [
      own,
    ]);
    expect(runs).toEqual([{ state: 'done' }]);
  });

  test('a backfill that cannot go on does not keep what is new waiting, and is taken up once it can', async () => {
    const own = org(20);
    now = new Date('2026-03-10T12:00:00Z');
    const refused = new GenesysError({ code: 'bad_request', message: 'cannot read audits: too far back' });
    source.fail = ({ from }) => (from < new Date('2026-03-05T00:00:00Z') ? refused : null);
    records = [restRecord(400, { eventDate: '2026-02-20T10:00:00Z' })];
    const begun = await collect({ kind: 'backfill', since: new Date('2026-02-19T00:00:00Z') }, own);
    expect(begun.state).toBe('interrupted');
    records.push(restRecord(401, { eventDate: '2026-03-10T12:30:00Z' }));
    now = new Date('2026-03-10T13:00:00Z');
    expect(await collect({ kind: 'sync' }, own)).toMatchObject({ state: 'interrupted', newRecords: 1 });
    source.fail = null;
    expect(await collect({ kind: 'sync' }, own)).toMatchObject({ state: 'done', newRecords: 1 });
    const runs = await test_.db.sql.query('select distinct state from collection_run where org_id = $1', [
      own,
    ]);
    expect(runs).toEqual([{ state: 'done' }]);
  });

  test('two collectors of one organisation exclude each other, and a new service mapping is kept once', async () => {
    const own = org(17);
    const both = await Promise.allSettled([
      collect({ kind: 'backfill', since: now }, own),
      collect({ kind: 'sync' }, own),
    ]);
    expect(both.filter((one) => one.status === 'rejected').map((one) => String(one.reason))).toEqual([
      expect.stringContaining('another collection'),
    ]);
    const mappings = await test_.db.sql.query(
      'select services from service_mapping_version where org_id = $1',
      [ORG],
    );
    expect(mappings).toEqual([{ services: SERVICES }]);
  });

  test('coverage can be derived again to the same values', async () => {
    const read = () =>
      test_.db.sql.query('select * from coverage_hour where org_id = $1 order by hour, service', [org(14)]);
    const before = await read();
    await test_.db.sql.query('delete from coverage_hour where org_id = $1', [org(14)]);
    await deriveCoverage(test_.db.sql, {
      orgId: org(14),
      source: 'pull',
      from: new Date('2026-03-09T00:00:00Z'),
      to: new Date('2026-03-11T00:00:00Z'),
    });
    expect(await read()).toEqual(before);
  });

  test('L20: a service, entity type and action that the mapping does not list are kept and reported', async () => {
    const own = org(18);
    records = [
      restRecord(300, { eventDate: '2026-03-10T09:00:00Z', serviceName: 'QuantumRouting' }),
      restRecord(301, { eventDate: '2026-03-10T09:00:00Z', entityType: 'HologramTrunk' }),
      restRecord(302, {
        eventDate: '2026-03-10T09:00:00Z',
        action: 'Defragment',
        dataResidency: { region: 'eu' },
      }),
    ];
    expect(await collect({ kind: 'backfill', since: new Date('2026-03-10T00:00:00Z') }, own)).toMatchObject({
      newRecords: 3,
      quarantined: 0,
    });
    const seen = await test_.db.sql.query(
      'select kind, name from observation where org_id = $1 order by kind',
      [own],
    );
    expect(seen).toEqual([
      { kind: 'new_field', name: 'dataResidency' },
      { kind: 'unknown_action', name: 'ContactCenter/Queue/Defragment' },
      { kind: 'unknown_entity_type', name: 'ContactCenter/HologramTrunk' },
      { kind: 'unknown_service', name: 'QuantumRouting' },
    ]);
    expect(await stateOf('2026-03-10T09:00:00Z', own, 'QuantumRouting')).toMatchObject({ records: 1 });
  });
});
