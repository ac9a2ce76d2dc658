import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Faults } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { connectGenesys } from '@/lib/genesys/connect';
import { addMs, DAY_MS, floorToDay } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { memoryVault } from '../fixtures/memory-vault';
import { checkRollups } from '../rebuild-rollups';
import { genesysAudits } from './audit-source';
import { collectAudits } from './collect-audits';

const ANCHOR = addMs(floorToDay(new Date()), -2 * DAY_MS);
const daysBack = (days: number) => addMs(ANCHOR, -days * DAY_MS);
const PATIENCE_MS = 240_000;

async function collected(
  faults: Partial<Faults>,
  options: { readonly days: number; readonly allowRedirect?: boolean; readonly passes?: number },
) {
  const since = daysBack(options.days);
  const sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true, faults });
  const database = await testDatabase();
  const { id: clientId, secret: clientSecret } = CLIENTS.collector;
  const client = connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId,
    clientSecret,
    clock: hurriedClock(),
  });
  const deps = { db: database.db, vault: memoryVault(), source: genesysAudits(client, options) };
  const orgId = sandbox.truth.orgId;
  let done = await collectAudits(deps, { kind: 'backfill', since, orgId });
  for (let pass = 1; pass < 12 && (pass < (options.passes ?? 1) || done.state !== 'done'); pass++) {
    done = await collectAudits(deps, { kind: 'resweep', from: since, to: new Date(), orgId });
  }
  return { sandbox, database, orgId, done, since, deps };
}

type Row = {
  id: string;
  actor_kind: string;
  actor_id: string | null;
  accountable: boolean;
  excluded_reason: string | null;
  entity_id: string | null;
  event_date: Date;
};

type Collection = {
  readonly sandbox: RunningSandbox;
  readonly database: TestDatabase;
  readonly orgId: string;
  readonly since: Date;
};

async function expectTruth({ sandbox, database, orgId, since }: Collection) {
  const rows = await database.db.sql.query<Row>(
    'select id, actor_kind, actor_id, accountable, excluded_reason, entity_id, event_date from change where org_id = $1',
    [orgId],
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  const planted = sandbox.state.history.planted.filter((one) => one.at >= since.getTime());
  const wrong: unknown[] = [];
  for (const { record, label } of planted) {
    const row = kept.get(record.id);
    const told = row && {
      kind: row.actor_kind,
      accountable: row.accountable,
      excluded: row.excluded_reason,
      entityId: row.entity_id,
      actorId: row.actor_id,
      at: row.event_date.getTime(),
    };
    const truth = {
      kind: label.actorKind,
      accountable: label.accountable,
      excluded: label.excludedReason,
      entityId: label.entityId,
      actorId: label.actorId,
      at: Date.parse(record.eventDate),
    };
    if (JSON.stringify(told) !== JSON.stringify(truth))
      wrong.push({ id: record.id, marks: label.marks, told, truth });
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(rows).toHaveLength(planted.length);
  expect(await checkRollups(database.db, orgId)).toEqual({
    ru_hour: 0,
    ru_day: 0,
    ru_dim: 0,
    ru_actor: 0,
    ru_rate: 0,
  });
}

describe('collecting from the sandbox', () => {
  let clean: Awaited<ReturnType<typeof collected>>;
  beforeAll(async () => {
    clean = await collected({}, { days: 91 });
  }, PATIENCE_MS);
  afterAll(async () => {
    await clean.sandbox.close();
    await clean.database.drop();
  });

  test('every record is there once, with the actor, the accountability and the target that were planted', async () => {
    expect(clean.done).toMatchObject({ state: 'done', quarantined: 0 });
    await expectTruth(clean);
  });

  test('grants by nobody and deletions of trunks are high risk; what is marked so is found', async () => {
    const marked = clean.sandbox.state.history.planted.filter(({ label }) =>
      label.marks.some((mark) => mark === 'high-risk' || mark === 'self-move'),
    );
    const rows = await clean.database.db.sql.query<{ id: string; risk: number }>(
      'select id, risk from change where id = any ($1)',
      [marked.map(({ record }) => record.id)],
    );
    expect(marked.length).toBeGreaterThan(7);
    expect(rows.filter((row) => row.risk < 3)).toEqual([]);
  });

  test('X1: every hour of the ninety days has a reading for every service, also for zero', async () => {
    const services = await clean.database.db.sql.query<{ services: string[] }>(
      'select services from service_mapping_version',
    );
    const rows = await clean.database.db.sql.query<{ hour: Date; n: number }>(
      'select hour, count(distinct service) as n from coverage_hour where org_id = $1 and hour >= $2 and hour < $3 group by hour',
      [clean.orgId, addMs(ANCHOR, -90 * DAY_MS), ANCHOR],
    );
    expect(rows).toHaveLength(90 * 24);
    expect(Math.min(...rows.map((row) => row.n))).toBeGreaterThanOrEqual(services[0]?.services.length ?? 1);
    const counted = await clean.database.db.sql.query<{ n: number }>(
      'select sum(records)::int8 as n from coverage_hour where org_id = $1',
      [clean.orgId],
    );
    expect(counted[0]?.n).toBe(clean.sandbox.state.history.planted.length);
  });
});

test(
  'with every fault switched on nothing is lost and nothing doubled, and the quarantine explains itself',
  async () => {
    const faulty = await collected(
      {
        rateLimitEveryN: 37,
        expireTokenAfterRequests: 60,
        resetConnectionEveryN: 41,
        duplicateRecords: 3,
        lateRecords: 25,
        lateAfterQueries: 4,
        outOfOrder: true,
        unknownFields: true,
        invalidJsonOnce: 2,
        badRecords: 6,
        queryFails: 2,
        queryCancelled: 1,
        cursorExpiresOnce: 1,
        serverErrorEveryN: 53,
        emptyPageWithCursor: 2,
      },
      { days: 21, passes: 2 },
    );
    const { sandbox, database } = faulty;
    try {
      await expectTruth(faulty);
      const held = await database.db.sql.query<{ reason: string; message: string }>(
        'select reason, message from quarantine',
      );
      expect(held).toHaveLength(
        sandbox.truth.badRecords.filter(
          (bad) => bad.at >= faulty.since.getTime() && bad.why !== 'lone surrogate',
        ).length,
      );
      expect(held.every((row) => row.message.length > 5)).toBe(true);
      const gaps = await database.db.sql.query(
        `select hour from coverage_hour where state in ('gap', 'not_evaluated')`,
      );
      expect(gaps).toEqual([]);
    } finally {
      await sandbox.close();
      await database.drop();
    }
  },
  PATIENCE_MS,
);

test(
  'L21: large-result files tell the same records with the same ids; what they cannot tell the pages complete',
  async () => {
    const files = await collected({ redirectLarge: 'always' }, { days: 8, allowRedirect: true });
    const { sandbox, database, orgId, since, deps } = files;
    try {
      const planted = sandbox.state.history.planted
        .filter((one) => one.at >= since.getTime())
        .map((one) => one.record.id);
      const ids = async () =>
        (await database.db.sql.query<{ id: string }>('select id from change')).map((row) => row.id).sort();
      expect(await ids()).toEqual([...planted].sort());
      expect(await database.db.sql.query('select distinct path from sighting')).toEqual([{ path: 'file' }]);
      sandbox.faults({ redirectLarge: false });
      expect((await collectAudits(deps, { kind: 'resweep', from: since, to: new Date(), orgId })).state).toBe(
        'done',
      );
      await expectTruth(files);
      expect(
        await database.db.sql.query(`select name from observation where kind = 'source_changed'`),
      ).toEqual([]);
    } finally {
      await sandbox.close();
      await database.drop();
    }
  },
  PATIENCE_MS,
);
