import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionKindOf } from '@/lib/changes/model/timeline/action-kind';
import { PLANNINGS, RISKS } from '@/lib/kernel/words';
import { laneMarks } from './lane-marks';

const FROM = Date.parse('2026-11-01T00:00:00Z');
const TO = Date.parse('2026-11-30T00:00:00Z');

const change = (
  at: number,
  planning: (typeof PLANNINGS)[number],
  level: (typeof RISKS)[number],
  action = 'Update',
) => ({
  id: `${at}`,
  eventDate: new Date(at).toISOString(),
  planning,
  action,
  entityType: 'Trunk',
  sentence: `${action} at ${at}`,
  risk: { level },
});

describe('marks of the high-risk timeline', () => {
  it('R20: planned and ad-hoc stand in lanes of their own', () => {
    const marks = laneMarks(
      [
        change(FROM, 'planned_manual', 'high'),
        change(FROM, 'planned_pipeline', 'high'),
        change(FROM, 'ad_hoc', 'high'),
      ],
      FROM,
      TO,
      60,
    );
    expect(marks.map((mark) => [mark.lane, mark.count])).toEqual([
      ['planned', 2],
      ['ad_hoc', 1],
    ]);
  });

  it('R22: one critical deletion among many others gives the group its risk and shape', () => {
    const many = Array.from({ length: 40 }, (_, index) => change(FROM + index, 'ad_hoc', 'high'));
    const [mark] = laneMarks([...many, change(FROM + 5, 'ad_hoc', 'critical', 'Delete')], FROM, TO, 60);
    expect(mark).toMatchObject({ count: 41, risk: 'critical', shape: 'delete' });
  });

  it('nothing is lost or doubled by grouping', () => {
    const one = fc
      .tuple(fc.integer({ min: FROM, max: TO - 1 }), fc.constantFrom(...PLANNINGS), fc.constantFrom(...RISKS))
      .map(([at, planning, risk]) => change(at, planning, risk));
    fc.assert(
      fc.property(fc.array(one), fc.integer({ min: 1, max: 200 }), (changes, columns) => {
        const marks = laneMarks(changes, FROM, TO, columns);
        expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(changes.length);
      }),
    );
  });

  it.each([
    ['Create', 'create'],
    ['Delete', 'delete'],
    ['RoleAdd', 'grant'],
    ['Update', 'update'],
    ['SomethingNew', 'update'],
  ] as const)('%s is drawn as %s', (action, shape) => {
    expect(actionKindOf(action)).toBe(shape);
  });
});
