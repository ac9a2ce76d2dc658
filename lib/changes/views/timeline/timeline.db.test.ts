import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { insertVersion } from '@/lib/directory/store/window-versions';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import {
  BEGIN,
  ERIK,
  type GroupingStage,
  groupingStage,
  NOW,
  numbers,
} from '@/lib/sessions/fixtures/grouping-stage';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { applyLinkage } from '../../apply-linkage';
import type { TimelineDto, TimelineQuery } from '../../contract/timeline';
import { GRAINS } from '../../model/timeline/grains';
import { LANES, PLANNINGS_OF_LANE, TIMELINE_RISKS } from '../../model/timeline/lanes';
import { viewChanges } from '../list-changes';
import { viewTimeline } from './timeline';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const viewerOf = (orgIds: readonly string[]): Viewer => ({
  kind: 'person',
  id: 'usr_olga',
  name: 'Olga Officer',
  role: 'officer',
  orgIds,
});
const world = () => ({ db: database.db, now: NOW });
const draw = (stage: GroupingStage, query: TimelineQuery = {}): Promise<TimelineDto> =>
  viewTimeline(viewerOf([stage.orgId]), query, world());
const at = (seconds: number) => toIso(new Date(BEGIN + seconds * 1_000));
const sum = (all: readonly { readonly count: number }[]) => all.reduce((total, one) => total + one.count, 0);

const TRUNK = { serviceName: 'Telephony', entityType: 'Trunk', action: 'Delete' };
const ROLE = { serviceName: 'PeoplePermissions', entityType: 'Role', action: 'Update' };
const SIGN_IN = { serviceName: 'PeoplePermissions', entityType: 'AuthOrganization', action: 'Update' };
const SKILL = { serviceName: 'Routing', entityType: 'RoutingSkill', action: 'Update' };

/** Rows of the list under the filter, paged to its end. */
async function listed(stage: GroupingStage, query: TimelineQuery): Promise<number> {
  const { grain: _grain, draw: _draw, ...filter } = query;
  let total = 0;
  let cursor: string | undefined;
  do {
    const page = await viewChanges(
      viewerOf([stage.orgId]),
      { risk: [...TIMELINE_RISKS], ...filter, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
      world(),
    );
    total += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return total;
}

async function plan(
  stage: GroupingStage,
  of: readonly (readonly [n: number, seconds: number])[],
): Promise<void> {
  await applyLinkage(database.db.sql, {
    orgId: stage.orgId,
    verdicts: of.map(([n, seconds]) => ({
      changeId: stage.change(n),
      eventDate: new Date(BEGIN + seconds * 1_000),
      linkage: 'linked',
      planning: 'planned_manual',
      reason: null,
      decidedAt: NOW,
    })),
  });
}

describe('the timeline of high-risk changes', () => {
  test('R20: deletions of trunks and divisions stand on it, planned and ad-hoc in lanes of their own; what is of low risk does not', async () => {
    const stage = groupingStage(database.db);
    await stage.happen([
      stage.record(0, 0, TRUNK),
      stage.record(1, 4_000, TRUNK),
      stage.record(2, 8_000, { serviceName: 'Directory', entityType: 'Division', action: 'Delete' }),
      stage.record(3, 12_000, SKILL),
      stage.record(4, 16_000, TRUNK),
    ]);
    await plan(stage, [[0, 0]]);
    await applyLinkage(database.db.sql, {
      orgId: stage.orgId,
      verdicts: [
        {
          changeId: stage.change(4),
          eventDate: new Date(BEGIN + 16_000_000),
          linkage: 'not_applicable',
          planning: 'not_applicable',
          reason: null,
          decidedAt: NOW,
          excused: true,
        },
      ],
    });
    const drawn = await draw(stage, { accountable: 'true' });
    expect(drawn).toMatchObject({
      total: 3,
      drawn: 'marks',
      lanes: { planned: 1, ad_hoc: 2, not_applicable: 0 },
    });
    expect(drawn.marks.map((mark) => [mark.lane, mark.action, mark.change.id])).toEqual([
      ['planned', 'delete', stage.change(0)],
      ['ad_hoc', 'delete', stage.change(1)],
      ['ad_hoc', 'delete', stage.change(2)],
    ]);
    // Asked for, what is no accountable change has a lane of its own.
    expect((await draw(stage)).lanes).toEqual({ planned: 1, ad_hoc: 2, not_applicable: 1 });
  });

  test('R21, R22: a task of a thousand edits is one mark of a thousand; the trunk deleted in it stands alone, and so does what somebody else did in that minute', async () => {
    const stage = groupingStage(database.db);
    await stage.happen([
      ...numbers(0, 1_000).map((n) => stage.record(n, Math.floor(n / 3), n === 500 ? TRUNK : SKILL)),
      stage.record(2_000, 166, { ...SIGN_IN, user: { id: ERIK, name: 'Erik Other' } }),
    ]);
    const drawn = await draw(stage);
    expect(drawn.total).toBe(2);
    expect(drawn.marks.map(({ kind, count, size }) => ({ kind, count, size }))).toEqual([
      { kind: 'session', count: 0, size: 1_000 },
      { kind: 'change', count: 1, size: 1 },
      { kind: 'change', count: 1, size: 1 },
    ]);
    const [task, ...alone] = drawn.marks;
    expect(task?.session).toMatchObject({ id: stage.session(0), changes: 1_000 });
    const trunk = alone.find((mark) => mark.change.id === stage.change(500));
    const other = alone.find((mark) => mark.change.id === stage.change(2_000));
    expect(trunk?.session?.id).toBe(stage.session(0));
    expect(other).toMatchObject({ risk: 'critical', session: null });
  });

  test('R21: a task of grave changes is one mark that counts them all', async () => {
    const stage = groupingStage(database.db);
    await stage.happen(numbers(0, 600).map((n) => stage.record(n, n, ROLE)));
    const drawn = await draw(stage);
    expect(drawn).toMatchObject({ total: 600, drawn: 'marks' });
    expect(drawn.marks.map((mark) => [mark.kind, mark.count, mark.size])).toEqual([['session', 600, 600]]);
    expect(await listed(stage, {})).toBe(600);
  });

  test('R20: zooming never loses a change: at any grain, range and filter the bins add up to the list, as do the marks', async () => {
    const stage = groupingStage(database.db);
    const kinds = [TRUNK, ROLE, SIGN_IN, SKILL];
    const times = numbers(0, 240).map((n) => (n * 7_919) % (20 * 86_400));
    await stage.happen(
      numbers(0, 240).map((n) =>
        stage.record(n, -times[n]!, {
          ...kinds[n % 4],
          ...(n % 3 === 0 ? { user: { id: ERIK, name: 'Erik' } } : {}),
        }),
      ),
    );
    await plan(
      stage,
      numbers(0, 240)
        .filter((n) => n % 5 === 0)
        .map((n) => [n, -times[n]!] as const),
    );
    const asked = fc.record({
      from: fc.integer({ min: -21 * 1_440, max: -10 }).map((minutes) => at(minutes * 60)),
      length: fc.integer({ min: 10, max: 21 * 1_440 }),
      grain: fc.constantFrom(...GRAINS),
      draw: fc.constantFrom('marks' as const, 'bins' as const),
      service: fc.constantFrom(undefined, ['Telephony'], ['PeoplePermissions']),
      actor: fc.constantFrom(undefined, [ERIK]),
      risk: fc.constantFrom(undefined, ['critical' as const]),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ length, from, grain, draw: way, ...filter }) => {
        const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
        const query: TimelineQuery = {
          ...given,
          from,
          to: toIso(addMs(new Date(from), length * 60_000)),
          grain,
          draw: way,
        };
        const drawn = await draw(stage, query);
        expect(drawn.drawn).toBe(way);
        const rows = await listed(stage, query);
        expect(drawn.total).toBe(rows);
        expect(sum(drawn.marks) + sum(drawn.bins)).toBe(rows);
        expect(drawn.risk.high + drawn.risk.critical).toBe(rows);
        for (const lane of LANES)
          expect(drawn.lanes[lane]).toBe(
            sum(drawn.marks.filter((mark) => mark.lane === lane)) +
              sum(drawn.bins.filter((bin) => bin.lane === lane)),
          );
        const [bin] = drawn.bins;
        if (bin !== undefined)
          expect(
            await listed(stage, {
              ...query,
              from: bin.from,
              to: bin.to,
              planning: [...PLANNINGS_OF_LANE[bin.lane]],
            }),
          ).toBe(bin.count);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test('more marks than one can tell apart become bins, and hold as many changes', async () => {
    const stage = groupingStage(database.db);
    // Further apart than a task's steps: each is a mark of its own.
    await stage.happen(numbers(0, 430).map((n) => stage.record(n, -n * 120, TRUNK)));
    const drawn = await draw(stage);
    expect(drawn).toMatchObject({ drawn: 'bins', total: 430, grain: 'day' });
    expect(sum(drawn.bins)).toBe(430);
    const near = await draw(stage, { from: at(-7_200), to: at(0) });
    expect(near.drawn).toBe('marks');
    expect(near.total).toBe(near.marks.length);
  });

  test('X1: hours that were not collected are told as gaps, with how many are missing', async () => {
    const stage = groupingStage(database.db);
    await database.db.sql.query(
      `insert into watermark (org_id, source, read_from, read_to, updated_at) values ($1, 'pull', '2026-02-01', '2026-03-01T20:00:00Z', now())`,
      [stage.orgId],
    );
    await database.db.sql.query(
      `insert into coverage_hour (org_id, source, hour, service, state, records, quarantined, because)
       select $1, 'pull', h, 'Telephony', case when h between '2026-02-27T03:00:00Z' and '2026-02-27T05:00:00Z' then 'gap' else 'complete' end, 0, 0,
         case when h between '2026-02-27T03:00:00Z' and '2026-02-27T05:00:00Z' then 'the platform did not answer' end
       from generate_series('2026-02-26T00:00:00Z'::timestamptz, '2026-02-27T23:00:00Z', '1 hour') h`,
      [stage.orgId],
    );
    const drawn = await draw(stage, { from: '2026-02-26T00:00:00Z', to: '2026-02-28T00:00:00Z' });
    expect(drawn.gaps).toEqual([
      {
        from: '2026-02-27T03:00:00Z',
        to: '2026-02-27T06:00:00Z',
        hours: 3,
        state: 'gap',
        because: 'the platform did not answer',
      },
    ]);
    expect(drawn).toMatchObject({ total: 0, missingHours: 3 });
  });

  test('windows and freezes of the calendar are there as they stood: recurring ones each time, withdrawn ones no more', async () => {
    const stage = groupingStage(database.db);
    const since = addMs(NOW, -60 * DAY_MS);
    const base = {
      orgId: stage.orgId,
      source: 'typed' as const,
      sourceKey: null,
      url: null,
      zone: 'Europe/Madrid',
      scope: { divisions: [], services: ['Telephony'], entityTypes: [], objects: [] },
      approver: 'Carla CAB',
      ticket: null,
      withdrawn: false,
      effectiveFrom: since,
      decidedAt: since,
      decidedBy: 'Ada',
      reason: 'agreed',
    };
    await insertVersion(database.db.sql, {
      ...base,
      windowId: newId('changeWindow', since),
      kind: 'window',
      name: 'Tuesday nights',
      times: {
        kind: 'recurring',
        start: '2026-01-06T22:00',
        minutes: 120,
        rule: 'FREQ=WEEKLY;BYDAY=TU',
        except: [],
      },
    });
    await insertVersion(database.db.sql, {
      ...base,
      windowId: newId('changeWindow', since),
      kind: 'freeze',
      name: 'Quarter end',
      scope: { divisions: [], services: [], entityTypes: [], objects: [] },
      times: { kind: 'once', from: new Date('2026-02-20T00:00:00Z'), to: new Date('2026-02-22T00:00:00Z') },
    });
    const drawn = await draw(stage, { from: '2026-02-15T00:00:00Z', to: '2026-03-01T00:00:00Z' });
    expect(drawn.spans.map(({ kind, name, from, to, scope }) => [kind, name, from, to, scope])).toEqual([
      ['window', 'Tuesday nights', '2026-02-17T21:00:00Z', '2026-02-17T23:00:00Z', 'Telephony'],
      ['freeze', 'Quarter end', '2026-02-20T00:00:00Z', '2026-02-22T00:00:00Z', 'the whole organisation'],
      ['window', 'Tuesday nights', '2026-02-24T21:00:00Z', '2026-02-24T23:00:00Z', 'Telephony'],
    ]);
    expect(drawn.spansLeftOut).toBe(0);
  });

  test('nobody sees the timeline of an organisation that is not theirs', async () => {
    const stage = groupingStage(database.db);
    await stage.happen([stage.record(0, 0, TRUNK)]);
    const stranger = await viewTimeline(viewerOf(['a0000000-0000-4000-8000-00000000ffff']), {}, world());
    expect(stranger).toMatchObject({ total: 0, marks: [], bins: [] });
  });

  test('an empty or endless range is refused with its reason', async () => {
    const stage = groupingStage(database.db);
    await expect(draw(stage, { from: at(0), to: at(0) })).rejects.toThrow(/not before/);
    await expect(
      draw(stage, { from: toIso(addMs(NOW, -800 * DAY_MS)), to: toIso(addMs(NOW, HOUR_MS)) }),
    ).rejects.toThrow(/more than 750 days/);
  });
});
