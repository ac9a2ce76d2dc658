import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Faults } from '@/e2e/sandbox/options';
import type { CollectAsk } from '@/lib/changes/collect/collect-audits';
import { replayAllQuarantined } from '@/lib/changes/ingest/replay-quarantine';
import { checkRollups } from '@/lib/changes/rebuild-rollups';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { ANCHOR, type PipelineStage, pipelineStage } from './fixtures/pipeline-stage';
import { type PassResult, passOver } from './pipeline';
import type { Connection } from './wiring/connections';

/** The same pass while the platform misbehaves: nothing lost, nothing doubled, and nothing taken for an answer that is none. */

let stage: PipelineStage;
let connection: Connection;

beforeAll(async () => {
  stage = await pipelineStage();
  connection = await stage.reach();
}, 120_000);
afterEach(() => stage.calm());
afterAll(() => stage?.close());

type Range = { readonly from: Date; readonly to: Date };

/** Days before the anchor, each test its own: what one test read says nothing about another. */
function days(from: number, to: number): Range {
  return { from: addMs(ANCHOR, -from * DAY_MS), to: addMs(ANCHOR, -to * DAY_MS) };
}

function pass(ask: CollectAsk, snapshot = false): Promise<PassResult> {
  return passOver(stage.product, connection, { ask, snapshot });
}

const read = (range: Range) => pass({ kind: 'resweep', ...range });

/** Planted records of a range, as the truth tells them: id -> what it must come to. */
function planted({ from, to }: Range): Map<string, string> {
  const records = [...stage.sandbox.state.store.all()].filter(
    ({ at }) => at >= from.getTime() && at < to.getTime(),
  );
  return new Map(
    records.map(({ record, label }) => [
      record.id,
      `${label.excludedReason ?? label.linkage} ${label.actorKind}`,
    ]),
  );
}

async function kept({ from, to }: Range): Promise<Map<string, string>> {
  const rows = await stage.rows<{ id: string; verdict: string }>(
    `select id, coalesce(excluded_reason, linkage) || ' ' || actor_kind as verdict from change where event_date >= $1 and event_date < $2`,
    [from, to],
  );
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  return new Map(rows.map((row) => [row.id, row.verdict]));
}

async function expectTruth(range: Range): Promise<void> {
  const [wanted, found] = [planted(range), await kept(range)];
  expect([...wanted.keys()].filter((id) => !found.has(id))).toEqual([]);
  expect([...found.keys()].filter((id) => !wanted.has(id))).toEqual([]);
  expect([...wanted].filter(([id, verdict]) => found.get(id) !== verdict)).toEqual([]);
}

async function hours({ from, to }: Range): Promise<Record<string, number>> {
  const rows = await stage.rows<{ state: string; n: number }>(
    'select state, count(*)::int as n from coverage_hour where hour >= $1 and hour < $2 group by 1',
    [from, to],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

describe('everything at once', () => {
  const RANGE = days(16, 0);
  const EVERYTHING: Partial<Faults> = {
    rateLimitEveryN: 9,
    omitRetryAfter: true,
    expireTokenAfterRequests: 7,
    resetConnectionEveryN: 11,
    serverErrorEveryN: 13,
    duplicateRecords: 4,
    outOfOrder: true,
    unknownFields: true,
    lateRecords: 60,
    invalidJsonOnce: 1,
    badRecords: 12,
    queryFails: 1,
    queryCancelled: 1,
    queryNeverEnds: 1,
    cursorExpiresOnce: 1,
    emptyPageWithCursor: 1,
    slowMs: 2,
  };

  test('I21, I23, L20, L21: nothing is lost or doubled, what is late arrives by the re-sweep, and the truth is reached', async () => {
    stage.sandbox.faults(EVERYTHING);
    const late = new Set(stage.sandbox.truth.lateRecordIds);
    const disturbed = await pass({ kind: 'backfill', since: RANGE.from }, true);
    expect(disturbed.collected).toMatchObject({ state: 'done', failed: 0 });
    expect(disturbed.snapshot?.outcome).toBe('complete');
    const [wanted, found] = [planted(RANGE), await kept(RANGE)];
    const missing = [...wanted.keys()].filter((id) => !found.has(id));
    expect(missing.filter((id) => !late.has(id))).toEqual([]);
    expect(missing.length).toBe([...late].filter((id) => wanted.has(id)).length);
    stage.sandbox.faults({ lateRecords: 0 });
    const swept = await read(RANGE);
    expect(swept.collected).toMatchObject({ state: 'done', newRecords: missing.length });
    await expectTruth(RANGE);
    const differences = await checkRollups(stage.product.db, connection.orgId);
    expect(Object.values(differences).filter((n) => n !== 0)).toEqual([]);
  });

  test('X1: hours that grew by late records say so, and none is a gap', async () => {
    expect(await hours(RANGE)).not.toHaveProperty('gap');
    const grown = await stage.rows(
      `select 1 from coverage_hour where hour >= $1 and state = 'late_complete' and records > 0`,
      [RANGE.from],
    );
    expect(grown.length).toBeGreaterThan(0);
  });

  test('L20: quarantine holds each bad record once with its reason, and its place', async () => {
    stage.sandbox.faults({ badRecords: 12 });
    const bad = stage.sandbox.truth.badRecords.filter(
      ({ at }) => at >= RANGE.from.getTime() && at < RANGE.to.getTime(),
    );
    stage.calm();
    const rows = await stage.rows<{ reason: string; message: string; excerpt: string }>(
      'select reason, message, excerpt from quarantine order by reason',
    );
    const reasons: Readonly<Record<string, string>> = {
      'not an object': 'not_an_object',
      'no id': 'missing_id',
      'absurd date': 'bad_time',
      'lone surrogate': '',
      'wrong types': 'bad_time',
      null: 'not_an_object',
    };
    const wanted = bad.map(({ why }) => reasons[why] ?? '?').filter((reason) => reason !== '');
    expect(rows.map((row) => row.reason).sort()).toEqual(wanted.sort());
    for (const row of rows) expect(row.message.length).toBeGreaterThan(5);
    for (const one of bad.filter(({ why }) => reasons[why] !== ''))
      expect(rows.some((row) => one.text.startsWith(row.excerpt.slice(0, 200)))).toBe(true);
  });

  test('L20: reading the quarantine again keeps each attempt and loses nothing', async () => {
    const deps = { db: stage.product.db, vault: stage.product.vault };
    const replayed = await replayAllQuarantined(deps, { orgId: connection.orgId, now: new Date() });
    expect(new Set(replayed.map((one) => one.outcome))).toEqual(new Set(['still_unreadable']));
    for (const one of replayed) expect(one.message).not.toBeNull();
    await expectTruth(RANGE);
  });
});

describe('one by one', () => {
  /** Each reads a day of its own, so many days before the anchor; results of day 26 and day 30 have several pages. */
  test.each<[string, Partial<Faults>, number]>([
    ['429 with Retry-After on every fourth request', { rateLimitEveryN: 4 }, 18],
    ['tokens that die in the middle of paging', { expireTokenAfterRequests: 3 }, 19],
    ['connections reset in the middle of the body', { resetConnectionEveryN: 3 }, 20],
    ['503 on every third request', { serverErrorEveryN: 3 }, 21],
    ['pages cut off with status 200', { invalidJsonOnce: 2 }, 22],
    ['a cursor that expires', { cursorExpiresOnce: 1 }, 30],
    [
      'records twice, out of order, and after empty pages',
      { duplicateRecords: 5, outOfOrder: true, emptyPageWithCursor: 2 },
      26,
    ],
    ['a failed query', { queryFails: 1 }, 23],
    ['a cancelled query', { queryCancelled: 2 }, 24],
    ['a query that never ends', { queryNeverEnds: 1 }, 25],
  ])('I21, I23, I24: %s: the truth all the same', async (_, faults, daysAgo) => {
    const range = days(daysAgo, daysAgo - 1);
    stage.sandbox.faults(faults);
    const { collected } = await read(range);
    expect(collected).toMatchObject({ state: 'done', failed: 0, quarantined: 0 });
    const { cursorExpiresOnce, emptyPageWithCursor, invalidJsonOnce, queryFails, queryCancelled } =
      stage.sandbox.state.faults;
    const left = [cursorExpiresOnce, emptyPageWithCursor, invalidJsonOnce, queryFails, queryCancelled];
    expect(left).toEqual([0, 0, 0, 0, 0]);
    await expectTruth(range);
    expect(await hours(range)).toEqual({ late_complete: expect.any(Number) });
  });

  test('L21: results that come as files are the same records, provisional until a page confirms them', async () => {
    const range = days(50, 49);
    stage.sandbox.faults({ redirectLarge: 'always' });
    expect((await read(range)).collected).toMatchObject({ state: 'done' });
    expect([...(await kept(range)).keys()].sort()).toEqual([...planted(range).keys()].sort());
    const open = () =>
      stage.rows(
        'select id from change where event_date >= $1 and event_date < $2 and confirmed_at is null',
        [range.from, range.to],
      );
    expect((await open()).length).toBe(planted(range).size);
    stage.calm();
    expect((await read(range)).collected).toMatchObject({ newRecords: 0 });
    expect(await open()).toEqual([]);
    await expectTruth(range);
    expect(await stage.rows(`select detail from observation where kind = 'source_changed'`)).toEqual([]);
  });
});

describe('what was not answered', () => {
  test('I24, X1: a query that keeps failing is a gap, never an empty answer, and the next pass heals it', async () => {
    const range = { from: addMs(ANCHOR, -52 * DAY_MS), to: addMs(ANCHOR, -52 * DAY_MS + 4 * HOUR_MS) };
    stage.sandbox.faults({ queryFails: 1_000 });
    const failed = await read(range);
    expect(failed.collected).toMatchObject({ state: 'failed', records: 0 });
    expect(failed.collected.message).not.toBeNull();
    const states = await hours(range);
    expect(states.gap).toBeGreaterThan(0);
    expect(states).not.toHaveProperty('late_complete');
    stage.calm();
    // Nobody names the range again: the pass finds what is missing by itself.
    await pass({ kind: 'sync' });
    expect(await hours(range)).not.toHaveProperty('gap');
    await read(range);
    await expectTruth(range);
  });

  test('I28, L22: without the permission to read audits every hour is not evaluated, by name, and no zero is written', async () => {
    const range = days(54, 53.5);
    stage.sandbox.faults({ missingPermissionForSnapshot: ['audits:audit:view'] });
    const refused = await read(range);
    expect(refused.collected.state).toBe('failed');
    expect(refused.collected.message).toContain('audits:audit:view');
    expect(await hours(range)).toEqual({ not_evaluated: expect.any(Number) });
    expect(await kept(range)).toEqual(new Map());
    stage.calm();
    await read(range);
    await expectTruth(range);
  });

  test('I24: an hour without records is a zero that was answered', async () => {
    const quiet = days(92, 91.5);
    await read(quiet);
    const rows = await stage.rows<{ outcome: string; returned: number; n: number }>(
      'select outcome, returned, count(*)::int as n from reading where hour >= $1 and hour < $2 group by 1, 2',
      [quiet.from, quiet.to],
    );
    expect(rows).toEqual([{ outcome: 'answered', returned: 0, n: expect.any(Number) }]);
  });

  test('the next pass finds what arrived late within the overlap', async () => {
    await pass({ kind: 'sync' });
    const now = new Date();
    const body = JSON.stringify({
      from: addMs(now, -40 * MINUTE_MS),
      to: addMs(now, -30 * MINUTE_MS),
      count: 7,
    });
    const answer = await fetch(`${stage.sandbox.url}/__sandbox/append`, { method: 'POST', body });
    expect(answer.ok).toBe(true);
    expect((await pass({ kind: 'sync' })).collected).toMatchObject({ state: 'done', newRecords: 7 });
    expect((await pass({ kind: 'sync' })).collected).toMatchObject({ newRecords: 0 });
  });
});
