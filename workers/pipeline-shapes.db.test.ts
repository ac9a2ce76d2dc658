import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operatorViewer } from '@/lib/auth/viewer';
import { incomingPage } from '@/lib/changes/collect/audit-source';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { realtimeAudits } from '@/lib/genesys/audits/realtime-audits';
import { addMs, DAY_MS, type Interval } from '@/lib/kernel/instant';
import { viewUnlinkedRate } from '@/lib/linking/views';
import { ANCHOR, type PipelineStage, pipelineStage } from './fixtures/pipeline-stage';
import { type PassResult, passOver } from './pipeline';
import type { Connection } from './wiring/connections';

let stage: PipelineStage;
let connection: Connection;

beforeAll(async () => {
  stage = await pipelineStage();
  connection = await stage.reach();
}, 120_000);
afterEach(() => stage.calm());
afterAll(() => stage?.close());

function days(from: number, to: number): Interval {
  return { from: addMs(ANCHOR, -from * DAY_MS), to: addMs(ANCHOR, -to * DAY_MS) };
}

function read(range: Interval): Promise<PassResult> {
  return passOver(stage.product, connection, { ask: { kind: 'resweep', ...range }, snapshot: false });
}

function plantedIds({ from, to }: Interval): string[] {
  return [...stage.sandbox.state.store.all()]
    .filter(({ at }) => at >= from.getTime() && at < to.getTime())
    .map(({ record }) => record.id)
    .sort();
}

describe('one record, however often and in whatever shape it comes', () => {
  const RANGE = days(4, 3);

  /** The range's records in EventBridge's envelope, as a page of our own. */
  async function envelopes(order: 'as pushed' | 'backwards') {
    const query = new URLSearchParams({
      from: RANGE.from.toISOString(),
      to: RANGE.to.toISOString(),
      limit: '5000',
    });
    const answer = await fetch(`${stage.sandbox.url}/__sandbox/eventbridge?${query}`);
    const list: unknown = await answer.json();
    if (!Array.isArray(list)) throw new Error('no envelopes');
    const bytes = Buffer.from(JSON.stringify(order === 'as pushed' ? list : list.reverse()));
    const page = { path: 'push', member: null, queryId: null, url: null, pageNumber: 1 } as const;
    return { ...page, bytes, receivedAt: new Date() };
  }

  async function ingest(pages: Parameters<typeof ingestBatch>[1]) {
    const { db, vault } = stage.product;
    const knowledge = await loadKnowledge(db.sql, connection.orgId, new Date());
    return ingestBatch({ db, vault, knowledge }, pages);
  }

  async function kept() {
    const rows = await stage.rows<{ id: string; confirmed: boolean; paths: string }>(
      `select c.id, c.confirmed_at is not null as confirmed,
         (select string_agg(path, ' ' order by path) from sighting s where s.source_id = c.id) as paths
       from change c where event_date >= $1 and event_date < $2 order by c.id`,
      [RANGE.from, RANGE.to],
    );
    const events = await stage.rows('select 1 from raw_event where event_date >= $1 and event_date < $2', [
      RANGE.from,
      RANGE.to,
    ]);
    expect(events).toHaveLength(rows.length);
    return rows;
  }

  test('L21: ten pushes of the same records, in any order, leave one provisional row each', async () => {
    for (let replay = 0; replay < 10; replay++)
      await ingest([await envelopes(replay % 2 === 0 ? 'as pushed' : 'backwards')]);
    const rows = await kept();
    expect(rows.map((row) => row.id)).toEqual(plantedIds(RANGE));
    expect(new Set(rows.map((row) => `${row.paths} ${row.confirmed}`))).toEqual(new Set(['push false']));
  });

  test('L21, L5: the pull confirms them, and realtime and files add nothing but their sightings', async () => {
    expect((await read(RANGE)).collected).toMatchObject({ state: 'done', newRecords: 0 });
    await realtimeAudits(connection.genesys, {
      interval: RANGE,
      serviceName: 'ContactCenter',
      onPage: async (page) => {
        for (let replay = 0; replay < 10; replay++) await ingest([incomingPage(page)]);
      },
    });
    stage.sandbox.faults({ redirectLarge: 'always' });
    expect((await read(RANGE)).collected).toMatchObject({ state: 'done', newRecords: 0 });
    const rows = await kept();
    expect(rows.map((row) => row.id)).toEqual(plantedIds(RANGE));
    expect(rows.filter((row) => !row.confirmed)).toEqual([]);
    expect(new Set(rows.map((row) => row.paths))).toEqual(
      new Set(['file pull push', 'file pull push realtime']),
    );
  });

  test('L21: what the shapes tell of one record is the same, and the verdicts are the planted ones', async () => {
    expect(await stage.rows(`select detail from observation where kind = 'source_changed'`)).toEqual([]);
    const rows = await stage.rows<{ id: string; verdict: string }>(
      `select id, coalesce(excluded_reason, linkage) as verdict from change where event_date >= $1 and event_date < $2`,
      [RANGE.from, RANGE.to],
    );
    const found = new Map(rows.map((row) => [row.id, row.verdict]));
    const wrong = [...stage.sandbox.state.store.all()].filter(
      ({ record, label }) =>
        found.has(record.id) && found.get(record.id) !== (label.excludedReason ?? label.linkage),
    );
    expect(wrong.map(({ label }) => label.marks)).toEqual([]);
  });
});

describe('known activity of system users is excused by the policy', () => {
  const RANGE = days(24, 16);
  const START = addMs(ANCHOR, -20 * DAY_MS);
  const END = addMs(ANCHOR, -17 * DAY_MS);
  const viewer = () => operatorViewer([connection.orgId]);
  const asked = { from: RANGE.from.toISOString(), to: RANGE.to.toISOString() };
  const NOISE = { service: 'Directory', entityType: 'User', reason: 'nightly synchronisation of people' };

  async function countedOrExcused(): Promise<
    {
      id: string;
      event_date: Date;
      risk: number;
      excluded_reason: string | null;
      linkage: string;
      planning: string;
    }[]
  > {
    return stage.rows(
      `select id, event_date, risk, excluded_reason, linkage, planning from change
       where event_date >= $1 and event_date < $2 and service = $3 and entity_type = $4 and coalesce(excluded_reason, 'excused') = 'excused'
       order by event_date`,
      [RANGE.from, RANGE.to, NOISE.service, NOISE.entityType],
    );
  }

  test('L15: from the policy’s start on, and no earlier, they are out of both numbers and counted', async () => {
    await read(RANGE);
    const before = await viewUnlinkedRate(viewer(), asked, { db: stage.product.db });
    expect(before.excluded.excused).toBe(0);
    await stage.setPolicy({ platformNoise: [NOISE] }, START);
    await read(RANGE);
    const rows = await countedOrExcused();
    const noise = rows.filter((row) => row.event_date >= START && row.risk < 3);
    expect(noise.length).toBeGreaterThan(0);
    expect(noise.every((row) => row.excluded_reason === 'excused' && row.linkage === 'not_applicable')).toBe(
      true,
    );
    expect(rows.filter((row) => row.event_date < START && row.excluded_reason !== null)).toEqual([]);
    const after = await viewUnlinkedRate(viewer(), asked, { db: stage.product.db });
    expect(after.excluded.excused).toBe(noise.length);
    expect(after.total).toBe(before.total - noise.length);
  });

  test('L15: they can be shown: the filter finds exactly those that are counted', async () => {
    const found = await viewChanges(
      viewer(),
      { ...asked, excluded: ['excused'], limit: 500 },
      { db: stage.product.db },
    );
    const rows = (await countedOrExcused()).filter((row) => row.excluded_reason === 'excused');
    expect(found.items.map((item) => item.id).sort()).toEqual(rows.map((row) => row.id).sort());
  });

  test('L16: what carries high or critical risk stays an accountable change, whoever did it', async () => {
    const risky = (await countedOrExcused()).filter((row) => row.event_date >= START && row.risk >= 3);
    expect(risky.length).toBeGreaterThan(0);
    for (const row of risky) expect(row.excluded_reason).toBeNull();
  });

  test('L15: once the policy no longer names them they count again, and are judged again', async () => {
    await stage.setPolicy({ platformNoise: [] }, END);
    await read(RANGE);
    const rows = await countedOrExcused();
    const planted = new Map([...stage.sandbox.state.store.all()].map((one) => [one.record.id, one.label]));
    const again = rows.filter((row) => row.event_date >= END);
    expect(again.length).toBeGreaterThan(0);
    for (const row of again) {
      expect(row.excluded_reason).toBeNull();
      expect(row.linkage).toBe(planted.get(row.id)?.linkage);
    }
    const between = rows.filter((row) => row.event_date >= START && row.event_date < END && row.risk < 3);
    expect(between.every((row) => row.excluded_reason === 'excused')).toBe(true);
  });
});
