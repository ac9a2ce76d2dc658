import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { OUTCOMES } from '@/lib/kernel/words';
import { changesOf, daysOf, type PastResult } from './history';
import {
  DEFAULT_SCHEDULE,
  duesIn,
  type FinishedRun,
  freshForMs,
  missedDues,
  nextDue,
  openDue,
} from './schedule';
import { type ControlSetting, effectiveThresholds, notApplicableAt, scheduleOf } from './setting';

const at = (text: string) => new Date(`${text}:00Z`);
const run = (finished: string, cadence: FinishedRun['cadence'] = 'continuous'): FinishedRun => ({
  cadence,
  occasion: 'scheduled',
  finishedAt: at(finished),
});

describe('when controls run', () => {
  test('I10: monthly by default, and each day between', () => {
    const dues = duesIn(DEFAULT_SCHEDULE, at('2026-10-30T00:00'), at('2026-11-03T00:00'));
    expect(dues.map((due) => [due.dueAt.toISOString().slice(0, 13), due.cadence])).toEqual([
      ['2026-10-30T02', 'continuous'],
      ['2026-10-31T02', 'continuous'],
      ['2026-11-01T02', 'formal'],
      ['2026-11-02T02', 'continuous'],
    ]);
    expect(nextDue(DEFAULT_SCHEDULE, at('2026-11-01T02:00')).dueAt).toEqual(at('2026-11-02T02:00'));
    expect(nextDue({ ...DEFAULT_SCHEDULE, continuous: false }, at('2026-11-01T02:00')).dueAt).toEqual(
      at('2026-12-01T02:00'),
    );
    expect(
      nextDue({ formal: 'quarterly', continuous: false, hour: 5 }, at('2026-11-01T02:00')).dueAt,
    ).toEqual(at('2027-01-01T05:00'));
  });

  test('I10: a run that nobody finished in its time is missed, one that was late is not open for ever', () => {
    const since = at('2026-10-30T00:00');
    const runs = [run('2026-10-30T02:05'), run('2026-11-02T02:05')];
    const now = at('2026-11-03T01:00');
    expect(missedDues(DEFAULT_SCHEDULE, { since, now, runs })).toEqual([
      { dueAt: at('2026-10-31T02:00'), cadence: 'continuous' },
      { dueAt: at('2026-11-01T02:00'), cadence: 'formal' },
    ]);
    const withFormal = [...runs, run('2026-11-01T20:00', 'formal')];
    expect(missedDues(DEFAULT_SCHEDULE, { since, now, runs: withFormal })).toEqual([
      { dueAt: at('2026-10-31T02:00'), cadence: 'continuous' },
    ]);
  });

  test('I10: what is due is the formal run first, the day’s else, and nothing once it was run', () => {
    const since = at('2026-10-01T00:00');
    const due = (now: string, runs: readonly FinishedRun[]) =>
      openDue(DEFAULT_SCHEDULE, { since, now: at(now), runs })?.cadence ?? null;
    expect(due('2026-11-01T01:00', [run('2026-10-31T02:05')])).toBe(null);
    expect(due('2026-11-01T02:00', [run('2026-10-31T02:05')])).toBe('formal');
    expect(due('2026-11-01T03:00', [run('2026-11-01T02:05', 'formal')])).toBe(null);
    expect(due('2026-11-05T03:00', [run('2026-11-01T02:05', 'formal')])).toBe('continuous');
  });

  test('a schedule that was set is taken, what is wrong in it is not', () => {
    const setting = { value: { formal: 'weekly', continuous: false, hour: 99 } } as ControlSetting;
    expect(scheduleOf(setting)).toEqual({ formal: 'weekly', continuous: false, hour: 2 });
    expect(scheduleOf(null)).toEqual(DEFAULT_SCHEDULE);
  });
});

describe('what was set counts from when it was set', () => {
  const control = {
    id: 'password-policy',
    thresholds: {
      minimumLength: { kind: 'number', title: 'Length', default: 12, min: 1, max: 64, unit: 'characters' },
    },
  } as const;
  const setting = (value: unknown, from: string): ControlSetting => ({
    id: 'cst_1',
    controlId: control.id,
    what: 'thresholds',
    value,
    effectiveFrom: at(from),
    expiresAt: null,
    reason: 'because',
    setById: null,
    setBy: 'Olga',
    receivedAt: at(from),
  });
  const policy = {
    id: 'set_1',
    validFrom: at('2026-06-01T00:00'),
    values: { 'password-policy.minimumLength': 14 },
  };
  const value = (given: Partial<Parameters<typeof effectiveThresholds>[1]>) =>
    effectiveThresholds(control, { setting: null, policy: null, isUnique: () => false, ...given })
      .minimumLength;

  test('the later of policy and person wins; a value out of bounds is not taken', () => {
    expect(value({})).toEqual({ value: 12, origin: 'default', since: null });
    expect(value({ policy })).toMatchObject({ value: 14, origin: 'policy' });
    expect(value({ policy, setting: setting({ minimumLength: 16 }, '2026-07-01T00:00') })?.value).toBe(16);
    expect(value({ policy, setting: setting({ minimumLength: 16 }, '2026-05-01T00:00') })?.value).toBe(14);
    expect(value({ setting: setting({ minimumLength: 0 }, '2026-07-01T00:00') })?.value).toBe(12);
    expect(value({ policy: { ...policy, values: { minimumLength: 13 } }, isUnique: () => true })?.value).toBe(
      13,
    );
    expect(value({ policy: { ...policy, values: { minimumLength: 13 } } })?.value).toBe(12);
  });

  test('not applicable ends by itself', () => {
    const declared = {
      ...setting({ applicable: false }, '2026-07-01T00:00'),
      what: 'applicability' as const,
      expiresAt: at('2026-08-01T00:00'),
    };
    expect(notApplicableAt(declared, at('2026-07-31T23:59'))?.reason).toBe('because');
    expect(notApplicableAt(declared, at('2026-08-01T00:00'))).toBe(null);
    expect(notApplicableAt({ ...declared, expiresAt: null }, at('2026-07-02T00:00'))).toBe(null);
    expect(notApplicableAt({ ...declared, value: { applicable: true } }, at('2026-07-02T00:00'))).toBe(null);
  });
});

describe('I26: the state of any day', () => {
  const fresh = freshForMs(DEFAULT_SCHEDULE);
  const result = (when: Date, outcome: PastResult['outcome']): PastResult => ({
    id: `crs_${when.getTime()}`,
    outcome,
    because: outcome === 'not_evaluated' ? 'no permission' : null,
    sentence: outcome,
    evaluatedAt: when,
  });

  test('the last result before the end of a day, a day without a run is not evaluated, and the moments it changed', () => {
    const results = [
      result(at('2026-10-31T02:00'), 'pass'),
      result(at('2026-11-01T02:00'), 'pass'),
      result(at('2026-11-01T15:00'), 'fail'),
      result(at('2026-11-04T02:00'), 'pass'),
    ];
    const of = { from: at('2026-11-01T00:00'), to: at('2026-11-06T00:00'), now: at('2026-11-04T10:00') };
    const days = daysOf(results, { ...of, freshMs: fresh });
    expect(days.map((day) => [day.day.toISOString().slice(8, 10), day.outcome])).toEqual([
      ['01', 'fail'],
      ['02', 'not_evaluated'],
      ['03', 'not_evaluated'],
      ['04', 'pass'],
    ]);
    expect(days[1]?.because).toMatch(/^no run/);
    expect(changesOf(results, of).map((one) => [one.from, one.to, one.at])).toEqual([
      ['pass', 'fail', at('2026-11-01T15:00')],
      ['fail', 'pass', at('2026-11-04T02:00')],
    ]);
  });

  test('property: whatever runs there were, each day is what a look at its end gives, and no day passes without a run', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    for (let round = 0; round < 300; round++) {
      const from = at('2026-03-01T00:00');
      const results = Array.from({ length: Math.floor(random() * 20) }, () =>
        result(
          addMs(from, Math.floor((random() * 14 - 2) * DAY_MS)),
          OUTCOMES[Math.floor(random() * OUTCOMES.length)] ?? 'pass',
        ),
      );
      const now = addMs(from, Math.floor(random() * 15) * DAY_MS + Math.floor(random() * 24) * HOUR_MS);
      const days = daysOf(results, { from, to: addMs(from, 12 * DAY_MS), now, freshMs: fresh });
      for (const day of days) {
        const dayEnd = addMs(day.day, DAY_MS);
        const over = dayEnd < now;
        const end = over ? dayEnd : now;
        const seen = results.filter((one) => (over ? one.evaluatedAt < end : one.evaluatedAt <= end));
        const last = seen.reduce<PastResult | null>(
          (best, one) => (best === null || one.evaluatedAt >= best.evaluatedAt ? one : best),
          null,
        );
        if (last === null || end.getTime() - last.evaluatedAt.getTime() > fresh)
          expect(day.outcome).toBe('not_evaluated');
        else expect([day.outcome, day.resultId]).toEqual([last.outcome, last.id]);
      }
    }
  });
});
