import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '@/e2e/stage/csv';
import type { Viewer } from '@/lib/auth/viewer';
import { applyLinkage } from '@/lib/changes/apply-linkage';
import type { ChangeFilter } from '@/lib/changes/contract';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { DANA, EMEA_RESTRICTED, ORG, page, RAVI, restRecord, US_SALES } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge, type OrgKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import { checkRollups } from '@/lib/changes/rebuild-rollups';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { addMs, DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RateQuery } from './contract';
import {
  BREAKDOWNS,
  type BreakdownBy,
  type BreakdownDto,
  breakdownAnswerSchema,
} from './contract/rate-breakdown';
import { FIRST_LOOK } from './model/evaluation-cause';
import { rateOf } from './model/rate';
import { filterOfItem } from './model/rate-filter';
import { appendEvaluations } from './store/evaluations';
import { askedRate } from './unlinked-rate';
import { viewRateLists, viewUnlinkedRate } from './views';
import { exportRate } from './views/export-rate';
import { viewRateBreakdown } from './views/rate-breakdown';

const START = new Date('2026-03-01T00:00:00Z');
const NOW = new Date('2026-03-20T00:00:00Z');
const JUDGED = new Date('2026-03-13T00:00:00Z');
const JUDGED_AGAIN = new Date('2026-03-15T00:00:00Z');
const SECOND_ORG = 'a0000000-0000-4000-8000-000000000002';
const PEOPLE = [DANA, RAVI, 'f0000000-0000-4000-8000-000000000004', 'f0000000-0000-4000-8000-000000000005'];
const TEAMS: Readonly<Record<string, string>> = { [DANA]: 'Operations', [RAVI]: '=Sales, "EMEA"' };
const SERVICES = ['Architect', 'Directory', 'ContactCenter', 'Telephony', 'PeoplePermissions', 'Quality'];
const RECORDS = 400;

let database: TestDatabase;
const viewer: Viewer = {
  kind: 'person',
  id: 'usr_officer',
  name: 'Olga Officer',
  role: 'officer',
  orgIds: [ORG, SECOND_ORG],
};

/** A directory of two people with departments and of queues in two divisions, or in none that is known. */
function knowledge(orgId: string): OrgKnowledge {
  return {
    ...bareKnowledge(orgId),
    departmentsAt: async (asked) => asked.map(({ userId }) => TEAMS[userId] ?? null),
    namesAt: async (refs) =>
      refs.map(({ id }) => ({
        id,
        name: `Name of ${id}`,
        from: 'snapshot',
        knownFrom: toIso(START),
        kind: 'queue',
        divisionId: [US_SALES, EMEA_RESTRICTED, null][Number(id.at(-1)) % 3] ?? null,
        snapshotId: null,
        changeId: null,
      })),
  };
}

function at(n: number): Date {
  return addMs(START, ((n * 7_919) % (10 * 24 * 60)) * 60_000 + 17_000);
}

const LINKAGES_OF_TEST = [
  'linked',
  'late_approval',
  'outside_window',
  'mismatch',
  'unlinked',
  'linked',
  'linked',
] as const;

beforeAll(async () => {
  database = await testDatabase();
  for (const orgId of [ORG, SECOND_ORG]) {
    const shift = orgId === ORG ? 0 : 10_000;
    const records = Array.from({ length: orgId === ORG ? RECORDS : 30 }, (_, n) =>
      restRecord(n + shift, {
        userHomeOrgId: orgId,
        eventDate: toIso(at(n)),
        user:
          n % 11 === 0
            ? { id: '' }
            : { id: PEOPLE[(n * n) % PEOPLE.length], name: `Person ${(n * n) % PEOPLE.length}` },
        client: n % 11 === 0 ? { id: 'c1c1c1c1-0000-4000-8000-000000000001' } : { id: '' },
        serviceName: SERVICES[(n * 5) % SERVICES.length],
        action: n % 9 === 0 ? 'View' : 'Update',
        level: n % 13 === 0 ? 'SYSTEM' : 'USER',
        status: n % 17 === 0 ? 'FAILURE' : 'SUCCESS',
      }),
    );
    const deps = { db: database.db, vault: memoryVault(), knowledge: knowledge(orgId), now: NOW };
    await ingestBatch(deps, [page(records, { receivedAt: addMs(START, 11 * DAY_MS) })]);
    const rows = await database.db.sql.query<{ id: string; event_date: Date }>(
      'select id, event_date from change where org_id = $1 and accountable order by id',
      [orgId],
    );
    const judge = (decidedAt: Date, step: number) =>
      database.db.transaction(async (sql) => {
        const verdicts = rows.map(({ id, event_date: eventDate }, n) => {
          const linkage = LINKAGES_OF_TEST[(n * step) % LINKAGES_OF_TEST.length] ?? 'unlinked';
          const planning = linkage === 'linked' ? ('planned_manual' as const) : ('ad_hoc' as const);
          return {
            changeId: id,
            eventDate,
            linkage,
            planning,
            reason: null,
            decidedAt,
            bypass: linkage !== 'linked' && n % 3 === 0,
            excused: n % 41 === 7,
          };
        });
        await appendEvaluations(sql, {
          orgId,
          decidedAt,
          formula: 'test',
          occasion: FIRST_LOOK,
          evaluations: verdicts.map(({ changeId, eventDate, linkage, planning }) => ({
            changeId,
            eventDate,
            linkage,
            planning,
            reason: null,
            claims: [],
          })),
        });
        await applyLinkage(sql, { orgId, verdicts });
      });
    await judge(JUDGED, 1);
    await judge(JUDGED_AGAIN, 3);
  }
});
afterAll(() => database.drop());

const WHOLE: RateQuery = { from: toIso(START), to: toIso(addMs(START, 10 * DAY_MS)) };
const RAGGED: RateQuery = {
  from: toIso(addMs(START, 5 * HOUR_MS + 61_000)),
  to: toIso(addMs(START, 8 * DAY_MS + 3 * HOUR_MS + 1_000)),
};
const ASKED: readonly { readonly name: string; readonly query: RateQuery }[] = [
  { name: 'whole days', query: WHOLE },
  { name: 'a period that begins and ends within an hour', query: RAGGED },
  { name: 'some hours of one day', query: { from: '2026-03-03T01:00:00Z', to: '2026-03-03T21:30:00Z' } },
  { name: 'one organisation', query: { ...WHOLE, org: [SECOND_ORG] } },
  { name: 'two services', query: { ...RAGGED, service: ['Architect', 'Quality'] } },
  { name: 'the high-impact services', query: { ...WHOLE, preset: 'high-impact' } },
  { name: 'one actor in one division', query: { ...WHOLE, actor: [DANA], division: [US_SALES] } },
  {
    name: 'where division and team are not known',
    query: { ...RAGGED, division: ['unknown'], team: ['unknown'] },
  },
  { name: 'a team whose name looks like a formula', query: { ...WHOLE, team: ['=Sales, "EMEA"'] } },
  {
    name: 'as it stood before it was judged again',
    query: { ...RAGGED, asOf: toIso(addMs(JUDGED, HOUR_MS)) },
  },
  {
    name: 'as it stood, narrowed',
    query: { ...WHOLE, asOf: toIso(JUDGED), preset: 'high-impact', team: ['Operations'] },
  },
];

const world = () => ({ db: database.db, now: NOW });
const breakdown = (query: RateQuery, by: BreakdownBy, more: { limit?: number; cursor?: string } = {}) =>
  viewRateBreakdown(viewer, { ...query, by, ...more }, world());

/** Exports are limited by the hour: each is made in an hour of its own. */
let exports = 0;

async function csvOf(query: RateQuery, list: 'numerator' | 'denominator'): Promise<Record<string, string>[]> {
  const { bucket: _bucket, ...rest } = query;
  const chunks: Buffer[] = [];
  for await (const chunk of await exportRate(
    viewer,
    { ...rest, list },
    { db: database.db, now: addMs(NOW, ++exports * HOUR_MS) },
  ))
    chunks.push(Buffer.from(chunk));
  return readCsv(Buffer.concat(chunks).toString('utf8'));
}

/** How many rows the list of changes has behind a door. */
async function rowsBehind(filter: ChangeFilter): Promise<number> {
  return (await viewFacets(viewer, filter, world())).total;
}

const COLUMN: Readonly<Record<BreakdownBy, (row: Record<string, string>) => string | undefined>> = {
  day: (row) => row.timestamp?.slice(0, 10),
  service: (row) => row.service,
  team: (row) => row.team || 'unknown',
  actor: (row) => row.admin_user_id || 'unknown',
  division: (row) => row.division || 'unknown',
  org: (row) => row.organization,
};

function sum(
  items: readonly { readonly counts: BreakdownDto['totals']['counts']; readonly bypasses: number }[],
) {
  const counts = { linked: 0, late_approval: 0, outside_window: 0, mismatch: 0, unlinked: 0 };
  let bypasses = 0;
  for (const item of items) {
    bypasses += item.bypasses;
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += item.counts[name];
  }
  return { counts, bypasses };
}

describe('the unlinked change rate, broken down', () => {
  test('what the rollup tells is what the changes tell', async () => {
    for (const org of [ORG, SECOND_ORG])
      expect(await checkRollups(database.db, org)).toEqual({
        ru_hour: 0,
        ru_day: 0,
        ru_dim: 0,
        ru_actor: 0,
        ru_rate: 0,
      });
  });

  test.each(ASKED)(
    'R16: items and others add up to the rate of $name, by whatever it is broken down',
    async ({ query }) => {
      const rate = await viewUnlinkedRate(viewer, query, world());
      expect(rate.total).toBeGreaterThan(0);
      expect(rate.series.reduce((n, point) => n + point.bypasses, 0)).toBe(rate.bypasses);
      for (const by of BREAKDOWNS) {
        const answer = await breakdown(query, by, { limit: 2 });
        expect(breakdownAnswerSchema.parse(answer)).toEqual(answer);
        const { unlinked, total, counts, bypasses } = answer.totals;
        expect({ unlinked, total, rate: answer.totals.rate, counts }).toEqual({
          unlinked: rate.unlinked,
          total: rate.total,
          rate: rate.rate,
          counts: rate.counts,
        });
        if (query.asOf === undefined) expect(bypasses).toBe(rate.bypasses);
        const parts = [...answer.items, ...(answer.others === null ? [] : [answer.others])];
        expect(sum(parts)).toEqual({ counts, bypasses });
        expect(answer.items.length + (answer.others?.groups ?? 0)).toBe(answer.groups);
        for (const { trend, total: all, unlinked: not } of by === 'day' ? [] : answer.items) {
          expect(trend.length).toBe(answer.trend.from.length);
          expect(trend.reduce((n, point) => n + point.total, 0)).toBe(all);
          expect(trend.reduce((n, point) => n + point.unlinked, 0)).toBe(not);
        }
      }
    },
  );

  test.each(ASKED)(
    'X3: the two exported lists give the rate of $name and of each of its parts to the last digit',
    async ({ query }) => {
      const rate = await viewUnlinkedRate(viewer, query, world());
      const [numerator, denominator] = [await csvOf(query, 'numerator'), await csvOf(query, 'denominator')];
      expect(numerator.length / denominator.length).toBe(rate.rate);
      expect(denominator.filter((row) => row.in_numerator === 't').map((row) => row.id)).toEqual(
        numerator.map((row) => row.id),
      );
      expect(
        new Set(denominator.map((row) => [row.formula, row.period_from, row.period_to, row.as_of].join())),
      ).toEqual(new Set([[rate.formula, rate.from, rate.to, rate.asOf ?? 'as it stands'].join()]));
      for (const by of BREAKDOWNS) {
        const { items } = await breakdown(query, by, { limit: 500 });
        const keyOf = (row: Record<string, string>) => COLUMN[by](row)?.replace(/^'/, '');
        for (const item of items) {
          const over = denominator.filter((row) => keyOf(row) === item.key).length;
          expect(numerator.filter((row) => keyOf(row) === item.key).length / over).toBe(item.rate);
        }
        expect(new Set(items.map((item) => item.key))).toEqual(new Set(denominator.map(keyOf)));
      }
    },
  );

  test.each([ASKED[0]!, ASKED[1]!, ASKED[4]!, ASKED[7]!, ASKED[9]!])(
    'R17: every figure of $name opens exactly its rows',
    async ({ query }) => {
      const { numerator, denominator } = await viewRateLists(viewer, query, world());
      const { range } = askedRate(query, NOW);
      for (const by of BREAKDOWNS) {
        for (const item of (await breakdown(query, by, { limit: 3 })).items) {
          const own = filterOfItem(by, item.key, range);
          expect(await rowsBehind({ ...denominator, ...own })).toBe(item.total);
          expect(await rowsBehind({ ...numerator, ...own })).toBe(item.unlinked);
          for (const linkage of ['late_approval', 'unlinked'] as const)
            expect(await rowsBehind({ ...denominator, ...own, linkage: [linkage] })).toBe(
              item.counts[linkage],
            );
          expect(await rowsBehind({ ...denominator, ...own, bypass: 'true' })).toBe(item.bypasses);
        }
      }
    },
  );

  test('R17: the others open page by page, each group once, most unlinked first', async () => {
    for (const by of BREAKDOWNS) {
      const whole = await breakdown(WHOLE, by, { limit: 500 });
      expect(whole.others).toBeNull();
      const seen: BreakdownDto['items'][number][] = [];
      let cursor: string | undefined;
      do {
        const next: BreakdownDto = await breakdown(WHOLE, by, {
          limit: 2,
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...next.items);
        expect(sum([...seen, ...(next.others === null ? [] : [next.others])]).counts).toEqual(
          next.totals.counts,
        );
        cursor = next.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(whole.items);
      if (by !== 'day')
        expect(seen.map((item) => item.unlinked)).toEqual(
          seen.map((item) => item.unlinked).sort((a, b) => b - a),
        );
    }
    await expect(breakdown(WHOLE, 'service', { cursor: 'WyJ4IiwieSIsInoiXQ' })).rejects.toThrow(
      'cannot read the cursor',
    );
  });

  test('R17: a period without changes has no groups and no rate', async () => {
    const answer = await breakdown({ from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' }, 'service');
    expect(answer).toMatchObject({
      groups: 0,
      items: [],
      others: null,
      nextCursor: null,
      totals: { total: 0, unlinked: 0, rate: null, share: null },
    });
  });

  test('R4: the preset is its four services, added to those named', async () => {
    const rate = await viewUnlinkedRate(
      viewer,
      { ...WHOLE, preset: 'high-impact', service: ['Quality', 'Directory'] },
      world(),
    );
    expect(rate.filter.service).toEqual([
      'Quality',
      'Directory',
      'Architect',
      'Integrations',
      'PeoplePermissions',
    ]);
    const alone = await viewUnlinkedRate(viewer, { ...WHOLE, preset: 'high-impact' }, world());
    expect(alone).toMatchObject(
      await viewUnlinkedRate(viewer, { ...WHOLE, service: [...HIGH_IMPACT_SERVICES] }, world()),
    );
    expect(await rowsBehind({ ...WHOLE, accountable: 'true', service: [...HIGH_IMPACT_SERVICES] })).toBe(
      alone.total,
    );
  });

  test('X3: a past rate stays what it was, and scope `all` is the guides’ literal formula', async () => {
    const then = { ...WHOLE, asOf: toIso(addMs(JUDGED, 1_000)) };
    const before = await breakdown(then, 'service', { limit: 500 });
    const born = await breakdown({ ...WHOLE, asOf: toIso(addMs(START, 11 * DAY_MS + HOUR_MS)) }, 'service');
    expect(born.totals.rate).toBe(1);
    expect(before.totals.counts).not.toEqual((await breakdown(WHOLE, 'service')).totals.counts);
    const all = await breakdown({ ...WHOLE, scope: 'all' }, 'actor', { limit: 500 });
    const records = await rowsBehind(WHOLE);
    expect(all.totals).toMatchObject({ total: records, unlinked: records - all.totals.counts.linked });
    expect(rateOf([], 'all').rate).toBeNull();
  });

  test('a viewer of one organisation gets nothing of the other, by whatever is asked', async () => {
    const own: Viewer = { ...viewer, orgIds: [SECOND_ORG] };
    for (const by of BREAKDOWNS) {
      const answer = await viewRateBreakdown(own, { ...WHOLE, by, org: [ORG] }, world());
      expect(answer.totals.total).toBe(0);
    }
    const org = await viewRateBreakdown(own, { ...WHOLE, by: 'org' }, world());
    expect(org.items.map((item) => item.key)).toEqual([SECOND_ORG]);
  });

  test('labels: an actor by the name last borne, what is not known by none', async () => {
    const { items } = await breakdown(WHOLE, 'actor', { limit: 500 });
    expect(items.find((item) => item.key === DANA)?.label).toMatch(/^(Person|Name of)/);
    expect((await breakdown(WHOLE, 'team', { limit: 500 })).items.map((item) => item.key).sort()).toEqual([
      '=Sales, "EMEA"',
      'Operations',
      'unknown',
    ]);
  });
});
