import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { ACTION_KINDS, actionKindOf } from './action-kind';
import { type CountedCell, toBins } from './bins';
import { gapsOf, missingHours } from './gaps';
import { allowedGrain, floorToGrain, GRAINS, grainFor, MAX_BINS, nextGrain } from './grains';
import { LANES, TIMELINE_RISKS } from './lanes';
import { composeMarks, MOST_ALONE, type PlacedChange, type SessionSize } from './marks';

const FROM = new Date('2026-03-03T07:20:00Z');
const range = { from: FROM, to: addMs(FROM, 40 * DAY_MS) };

const cells = fc.array(
  fc.record({
    bucket: fc.integer({ min: 0, max: 40 * 24 * 60 - 1 }).map((minute) => addMs(FROM, minute * 60_000)),
    lane: fc.constantFrom(...LANES),
    risk: fc.constantFrom(...TIMELINE_RISKS),
    action: fc.constantFrom(...ACTION_KINDS),
    n: fc.integer({ min: 1, max: 50 }),
  }),
  { maxLength: 200 },
);
const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

describe('bins of the timeline', () => {
  it('R20: whatever the grain, the bins add up to the cells, by lane, level and action', () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...GRAINS), (given: CountedCell[], grain) => {
        const bins = toBins(given, range, grain);
        expect(sum(bins.map((bin) => bin.count))).toBe(sum(given.map((cell) => cell.n)));
        for (const lane of LANES)
          expect(sum(bins.filter((bin) => bin.lane === lane).map((bin) => bin.count))).toBe(
            sum(given.filter((cell) => cell.lane === lane).map((cell) => cell.n)),
          );
        for (const bin of bins) {
          expect(bin.risk.high + bin.risk.critical).toBe(bin.count);
          expect(sum(Object.values(bin.action))).toBe(bin.count);
          expect(bin.from.getTime()).toBeGreaterThanOrEqual(range.from.getTime());
          expect(bin.to.getTime()).toBeLessThanOrEqual(range.to.getTime());
          expect(bin.to.getTime()).toBeGreaterThan(bin.from.getTime());
        }
      }),
    );
  });

  it('bins of one lane never overlap, and each holds the cells of its time', () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...GRAINS), (given: CountedCell[], grain) => {
        for (const lane of LANES) {
          const bins = toBins(given, range, grain).filter((bin) => bin.lane === lane);
          for (const [index, bin] of bins.entries()) {
            const before = bins[index - 1];
            if (before !== undefined) expect(before.to.getTime()).toBeLessThanOrEqual(bin.from.getTime());
            const inside = given.filter(
              (cell) => cell.lane === lane && cell.bucket >= bin.from && cell.bucket < bin.to,
            );
            expect(sum(inside.map((cell) => cell.n))).toBe(bin.count);
          }
        }
      }),
    );
  });

  it('a grain begins where it says and the next one touches it; weeks begin on Monday', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.constantFrom(...GRAINS),
        (at, grain) => {
          const start = floorToGrain(at, grain);
          const end = nextGrain(start, grain);
          expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
          expect(end.getTime()).toBeGreaterThan(at.getTime());
          expect(floorToGrain(end, grain)).toEqual(end);
          if (grain === 'week') expect(start.getUTCDay()).toBe(1);
        },
      ),
    );
  });

  it('no range is told in more bins than can be told apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 750 * 24 }), (hours) => {
        const asked = { from: FROM, to: addMs(FROM, hours * HOUR_MS) };
        const sizes = { minute: 60_000, hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 28 * DAY_MS };
        expect((hours * HOUR_MS) / sizes[grainFor(asked)]).toBeLessThanOrEqual(MAX_BINS);
        expect((hours * HOUR_MS) / sizes[allowedGrain(asked, 'minute')]).toBeLessThanOrEqual(2 * MAX_BINS);
      }),
    );
  });
});

let next = 0;
const change = (more: Partial<PlacedChange> = {}): PlacedChange => {
  next += 1;
  return {
    orgId: 'org',
    id: `c${String(next).padStart(6, '0')}`,
    at: FROM.getTime() + next * 1_000,
    lane: 'ad_hoc',
    risk: 'high',
    action: 'update',
    kind: 'PeoplePermissions/Role/Update',
    session: null,
    ...more,
  };
};
const sizes = (changes: number): Map<string, SessionSize> =>
  new Map([['org s1', { changes, firstAt: FROM.getTime(), lastAt: FROM.getTime() + 333_000 }]]);

describe('marks of the timeline', () => {
  it('R21: a thousand changes of one task are one mark of a thousand', () => {
    const task = Array.from({ length: 1_000 }, () => change({ session: 's1' }));
    const marks = composeMarks(task, sizes(1_000));
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ kind: 'session', count: 1_000, size: 1_000, session: 's1' });
  });

  it('R22: a trunk deleted among a thousand skill edits stands alone, marked as part of the session, and lifts it', () => {
    const trunk = change({ session: 's1', action: 'delete', kind: 'Telephony/Trunk/Delete' });
    const marks = composeMarks([trunk], sizes(1_000));
    expect(marks.map((mark) => [mark.kind, mark.count, mark.size, mark.session])).toEqual([
      ['session', 0, 1_000, 's1'],
      ['change', 1, 1, 's1'],
    ]);
  });

  it('R22: a critical child of a session of high ones stands alone, and the session is as grave as it is', () => {
    const many = Array.from({ length: 300 }, () => change({ session: 's1' }));
    const critical = change({
      session: 's1',
      risk: 'critical',
      kind: 'PeoplePermissions/AuthOrganization/Update',
    });
    const marks = composeMarks([...many, critical], sizes(301));
    expect(marks.find((mark) => mark.kind === 'session')).toMatchObject({ risk: 'critical', count: 300 });
    expect(marks.find((mark) => mark.kind === 'change')).toMatchObject({
      lead: critical,
      risk: 'critical',
      count: 1,
    });
  });

  it('R22: in the same minute the change of somebody else is no part of the session', () => {
    const task = Array.from({ length: 60 }, () => change({ session: 's1', at: FROM.getTime() }));
    const other = change({ at: FROM.getTime(), risk: 'critical', action: 'delete' });
    const marks = composeMarks([...task, other], sizes(60));
    expect(marks.map((mark) => [mark.kind, mark.count])).toContainEqual(['change', 1]);
    expect(marks).toHaveLength(2);
  });

  it('whatever the sessions, no change is lost, doubled, or in a lane that is not its own', () => {
    const changes = fc.array(
      fc.record({
        lane: fc.constantFrom(...LANES),
        risk: fc.constantFrom(...TIMELINE_RISKS),
        action: fc.constantFrom(...ACTION_KINDS),
        kind: fc.constantFrom('a', 'b', 'c'),
        session: fc.constantFrom(null, 's1', 's2'),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(changes, (given) => {
        const placed = given.map((one) => change(one));
        const marks = composeMarks(placed, sizes(120));
        expect(sum(marks.map((mark) => mark.count))).toBe(placed.length);
        for (const lane of LANES)
          expect(sum(marks.filter((mark) => mark.lane === lane).map((mark) => mark.count))).toBe(
            placed.filter((one) => one.lane === lane).length,
          );
        expect(new Set(marks.map((mark) => mark.key)).size).toBe(marks.length);
        for (const lane of LANES)
          expect(
            marks.filter((mark) => mark.kind === 'change' && mark.session === 's1' && mark.lane === lane)
              .length,
          ).toBeLessThanOrEqual(MOST_ALONE);
        expect(composeMarks([...placed].reverse(), sizes(120))).toEqual(marks);
      }),
    );
  });
});

describe('what an action comes to', () => {
  it.each([
    ['Create', 'Flow', 'create'],
    ['MemberAdd', 'Role', 'grant'],
    ['MemberAdd', 'Queue', 'create'],
    ['MemberRemove', 'Role', 'delete'],
    ['RoleRemove', 'User', 'delete'],
    ['AddPairingRole', 'OrganizationAuthorizationTrust', 'grant'],
    ['Authorize', 'OAuthClientAuthorization', 'grant'],
    ['Deauthorize', 'OAuthClientAuthorization', 'delete'],
    ['HardDelete', 'User', 'delete'],
    ['IpAllowlistClear', 'AuthOrganization', 'delete'],
    ['Publish', 'Flow', 'create'],
    ['Update', 'Trunk', 'update'],
    ['SomethingNew', 'Trunk', 'update'],
    ['Download', 'Recording', 'other'],
    ['AuthenticationFailed', 'AuthUser', 'other'],
  ] as const)('%s of %s is drawn as %s', (action, entityType, kind) => {
    expect(actionKindOf(action, entityType)).toBe(kind);
  });
});

describe('gaps on the axis', () => {
  const hour = (n: number) => addMs(new Date('2026-03-03T00:00:00Z'), n * HOUR_MS);
  const of = (
    n: number,
    state: 'gap' | 'complete' | 'pending' | 'not_evaluated',
    because: string | null = null,
  ) => ({ hour: hour(n), state, because });

  it('X1: hours not seen that touch are one gap; what is to come is none; the reason parts them', () => {
    const gaps = gapsOf([
      of(0, 'complete'),
      of(1, 'gap', 'a'),
      of(2, 'gap', 'a'),
      of(3, 'gap', 'b'),
      of(4, 'pending'),
      of(5, 'not_evaluated'),
    ]);
    expect(gaps.map((gap) => [gap.from, gap.hours, gap.state])).toEqual([
      [hour(1), 2, 'gap'],
      [hour(3), 1, 'gap'],
      [hour(5), 1, 'not_evaluated'],
    ]);
  });

  it('only hours that the range touches are missing from it', () => {
    const gaps = gapsOf([of(1, 'gap'), of(2, 'gap'), of(3, 'gap')]);
    expect(missingHours(gaps, { from: addMs(hour(2), 60_000), to: addMs(hour(2), 120_000) })).toBe(1);
    expect(missingHours(gaps, { from: hour(0), to: hour(10) })).toBe(3);
    expect(missingHours(gaps, { from: hour(4), to: hour(10) })).toBe(0);
  });
});
