import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '@/lib/kernel/hash';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { memoryVault } from '../fixtures/memory-vault';
import {
  auditId,
  DANA,
  EMEA_RESTRICTED,
  moveRecord,
  ORG,
  page,
  rawPage,
  restRecord,
  topicRecord,
  US_SALES,
} from '../fixtures/records';
import { ingestBatch, ingestPages } from './ingest-pages';
import { bareKnowledge } from './org-knowledge';

let test_: TestDatabase;
let vault = memoryVault();
const knowledge = bareKnowledge(ORG);
const deps = () => ({ db: test_.db, vault, knowledge, now: new Date('2026-03-01T16:00:01Z') });

beforeAll(async () => {
  test_ = await testDatabase();
});
afterAll(() => test_.drop());
beforeEach(() => {
  vault = memoryVault();
});

async function count(table: string, where = 'true'): Promise<number> {
  const rows = await test_.db.sql.query<{ n: number }>(`select count(*) as n from ${table} where ${where}`);
  return rows[0]?.n ?? -1;
}

describe('ingesting pages', () => {
  test('L21: ten replays of one page leave one row for each record, and one sighting', async () => {
    const pages = [page([1, 2, 3].map((n) => restRecord(n)))];
    for (let replay = 0; replay < 10; replay++) await ingestBatch(deps(), pages);
    expect(await count('change')).toBe(3);
    expect(await count('raw_event')).toBe(3);
    expect(await count('sighting')).toBe(3);
    expect(await count('raw_page')).toBe(10);
    expect(await count('observation')).toBe(0);
    const sums = await test_.db.sql.query<{ n: number }>('select sum(n)::int8 as n from ru_day');
    expect(sums[0]?.n).toBe(3);
  });

  test('L5: every property change is kept, the canonical move has two, and the view shows one row each', async () => {
    await ingestBatch(deps(), [page([moveRecord(100)])]);
    const rows = await test_.db.sql.query(
      `select "EventTime", "UserId", "Action", "EntityType", "EntityId", "EntityName", "Property", "OldValue", "NewValue" from property_change where change_id = $1 order by position`,
      [auditId(100)],
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      UserId: DANA,
      Property: 'divisionId',
      OldValue: US_SALES,
      NewValue: EMEA_RESTRICTED,
    });
  });

  test('L6, R7: a change without property changes is one row of the view, nothing vanishes', async () => {
    await ingestBatch(deps(), [
      page([restRecord(110, { propertyChanges: [], user: undefined, entity: undefined })]),
    ]);
    const rows = await test_.db.sql.query(
      'select property, old_value, new_value, event_time from property_change where change_id = $1',
      [auditId(110)],
    );
    expect(rows).toEqual([
      { property: null, old_value: null, new_value: null, event_time: new Date('2026-03-01T14:22:31Z') },
    ]);
  });

  test('the bytes of each record are found again in the vault by page, offset and length', async () => {
    const odd = `{"id":"q","entities": [ ${JSON.stringify(restRecord(120))} ,\n ${JSON.stringify(restRecord(121, { entity: { id: 'x', name: 'Nürnberg «Süd»' } }), null, 1)}]}`;
    await ingestBatch(deps(), [rawPage(odd)]);
    const rows = await test_.db.sql.query<{
      vault_key: string;
      byte_offset: number;
      byte_length: number;
      sha256: Buffer;
      page_sha: Buffer;
    }>(
      `select p.vault_key, r.byte_offset, r.byte_length, r.sha256, p.sha256 as page_sha from raw_event r join raw_page p using (page_id) where r.source_id = any ($1)`,
      [[auditId(120), auditId(121)]],
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const bytes = gunzipSync(await vault.get(row.vault_key));
      expect(sha256Hex(bytes)).toBe(row.page_sha.toString('hex'));
      const slice = bytes.subarray(row.byte_offset, row.byte_offset + row.byte_length);
      expect(sha256Hex(slice)).toBe(row.sha256.toString('hex'));
    }
  });

  test('L21: push first, pull later: one provisional change, then confirmed with what the push does not carry', async () => {
    const rest = restRecord(130, {
      status: 'WARNING',
      initiatingAction: { transactionId: 'txn-1' },
      transactionInitiator: true,
    });
    await ingestBatch(deps(), [page([topicRecord(rest)], { path: 'push' })]);
    const before = await test_.db.sql.query('select source, confirmed_at, status from change where id = $1', [
      auditId(130),
    ]);
    expect(before).toEqual([{ source: 'push', confirmed_at: null, status: null }]);
    await ingestBatch(deps(), [page([rest])]);
    const after = await test_.db.sql.query(
      'select source, confirmed_at, status, transaction_id, transaction_initiator from change where id = $1',
      [auditId(130)],
    );
    expect(after).toEqual([
      {
        source: 'push',
        confirmed_at: new Date('2026-03-01T16:00:00.123Z'),
        status: 'WARNING',
        transaction_id: 'txn-1',
        transaction_initiator: true,
      },
    ]);
    expect(await count('sighting', `source_id = '${auditId(130)}'`)).toBe(2);
    expect(await count('observation', `kind = 'source_changed'`)).toBe(0);
    expect(await count('ru_day', 'provisional and n <> 0')).toBe(0);
  });

  test('a push that turns out to be a failure is no accountable change any more, and the rollups follow', async () => {
    const rest = restRecord(131, { status: 'FAILURE', eventDate: '2026-01-05T10:00:00Z' });
    const at = { receivedAt: new Date('2026-01-05T10:01:00Z') };
    await ingestBatch(deps(), [page([topicRecord(rest)], { path: 'push', ...at })]);
    await ingestBatch(deps(), [page([rest], at)]);
    const rows = await test_.db.sql.query(
      `select excluded, linkage, n from ru_day where bucket = '2026-01-05' and n <> 0`,
    );
    expect(rows).toEqual([{ excluded: 'failure', linkage: 'not_applicable', n: 1 }]);
  });

  test('a record that comes again with other content is noted, never overwritten', async () => {
    await ingestBatch(deps(), [page([restRecord(140)])]);
    await ingestBatch(deps(), [page([restRecord(140, { action: 'Delete' })])]);
    await ingestBatch(deps(), [page([restRecord(140, { action: 'Delete' })])]);
    expect(await test_.db.sql.query('select action from change where id = $1', [auditId(140)])).toEqual([
      { action: 'Update' },
    ]);
    const noted = await test_.db.sql.query<{ detail: string }>(
      `select detail from observation where kind = 'source_changed'`,
    );
    expect(noted.map((row) => row.detail)).toEqual([
      'the source told this record again with another action; the first version stands',
    ]);
  });

  test('duplicates inside one page and across pages of one batch are one change', async () => {
    const ingested = await ingestBatch(deps(), [
      page([restRecord(150), restRecord(150), restRecord(151)]),
      page([restRecord(151), restRecord(152)]),
    ]);
    expect(ingested.fresh.map((record) => record.change.id).sort()).toEqual([
      auditId(150),
      auditId(151),
      auditId(152),
    ]);
    expect(
      await count('change', `id = any (array['${auditId(150)}', '${auditId(151)}', '${auditId(152)}'])`),
    ).toBe(3);
  });

  test('L20: one bad record spoils only itself: quarantined with its reason, once, the others kept', async () => {
    const text = `{"entities":[${JSON.stringify(restRecord(160))},{"id":5},{"broken": tru},${JSON.stringify(restRecord(161, { eventDate: 12 }))},${JSON.stringify(restRecord(162))}]}`;
    await ingestBatch(deps(), [rawPage(text)]);
    await ingestBatch(deps(), [rawPage(text)]);
    const rows = await test_.db.sql.query<{ reason: string }>(
      'select reason from quarantine order by byte_offset',
    );
    expect(rows.map((row) => row.reason)).toEqual(['retyped_field', 'invalid_json', 'bad_time']);
    expect(await count('change', `id in ('${auditId(160)}', '${auditId(162)}')`)).toBe(2);
    expect(await count('observation', `kind = 'retyped_field' and name = 'eventDate'`)).toBe(1);
  });

  test('a page that is no page is quarantined whole', async () => {
    await ingestBatch(deps(), [rawPage('{"entities":[{"id":"1"')]);
    expect(await count('quarantine', `reason = 'page_unreadable'`)).toBe(1);
  });

  test('the bytes are in the vault before anything commits; a vault that fails leaves no row', async () => {
    vault.failing = true;
    await expect(ingestBatch(deps(), [page([restRecord(170)])])).rejects.toThrow('the disk is gone');
    expect(await count('change', `id = '${auditId(170)}'`)).toBe(0);
    vault.failing = false;
    await expect(
      ingestBatch(deps(), [page([restRecord(170)])], async () => {
        throw new Error('killed between vault put and commit');
      }),
    ).rejects.toThrow('killed');
    expect(vault.objects.size).toBe(1);
    expect(await count('change', `id = '${auditId(170)}'`)).toBe(0);
    await ingestBatch(deps(), [page([restRecord(170)])]);
    expect(await count('change', `id = '${auditId(170)}'`)).toBe(1);
    expect(vault.objects.size).toBe(1);
  });

  test('two lanes with the same records in other orders neither deadlock nor count twice', async () => {
    const month = (n: number) => `2025-${String(1 + (n % 12)).padStart(2, '0')}-03T10:00:00Z`;
    const records = Array.from({ length: 600 }, (_, n) => restRecord(1_000 + n, { eventDate: month(n) }));
    const pages = [
      records,
      [...records].reverse(),
      records.slice(100),
      [...records].sort((a, b) => (a.eventDate < b.eventDate ? 1 : -1)),
    ].map((list) => page(list));
    const total = await ingestPages(deps(), pages, { lanes: 4, batchBytes: 1 });
    expect(total).toMatchObject({ pages: 4, newRecords: 600 });
    expect(await count('change', `event_date < '2026-01-01'`)).toBe(600);
    const sums = await test_.db.sql.query<{ n: number }>(
      `select sum(n)::int8 as n from ru_dim where day < '2026-01-01'`,
    );
    expect(sums[0]?.n).toBe(600);
  });

  test('facts cannot be changed, not even by the application', async () => {
    await expect(test_.db.sql.query(`update change set action = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(test_.db.sql.query('delete from change')).rejects.toThrow(/permission denied/);
    await expect(test_.owner.query(`update change set action = 'x'`)).rejects.toThrow(/refused/);
    await expect(test_.owner.query('delete from raw_event')).rejects.toThrow(/refused/);
  });
});
