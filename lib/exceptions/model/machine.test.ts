import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, toIsoMs } from '@/lib/kernel/instant';
import { RISKS, type Risk } from '@/lib/kernel/words';
import type { Decision } from '../contract';
import { decideMove, latestExpiry, samePerson, whyBarred } from './decide-move';
import { type Exception, isOpen, type Opening, type Person } from './exception';
import type { Happening } from './happening';
import { keepUp, reminderOf, type StandingNow } from './keep';
import { graverOrOther } from './risk-then';
import { BUILT_IN_SLA } from './rules';
import { addHappening, type Happened, sumHappenings } from './sum-happenings';

const START = new Date('2026-11-20T06:00:00.000Z');
const ADA: Person = { id: 'usr_ada', name: 'Ada', email: 'ada@example.com' };
const OLGA: Person = { id: 'usr_olga', name: 'Olga', email: 'olga@example.com' };
/** Another account with Ada's address. */
const ADA_TOO: Person = { id: 'usr_ada2', name: 'Ada again', email: ' ADA@example.com ' };
const PEOPLE = [ADA, OLGA, ADA_TOO, null] as const;

function opening(about: 'act' | 'state'): Opening {
  return {
    id: 'exc_1',
    orgId: 'org',
    key: 'role-drift/1',
    round: 1,
    findingId: 'fnd_1',
    rule: 'role-drift',
    about,
    stretch: about === 'state' ? 1 : 0,
    historic: false,
    openedAt: toIsoMs(START),
    occurredAt: toIsoMs(START),
    subject: { type: 'User', id: 'u', name: 'Derek' },
    divisionIds: [],
    controlIds: [],
    moveId: null,
    changeIds: [],
    formerId: null,
    openedBecause: 'rule',
    severity: 'medium',
    severityBecause: 'so',
    sentence: 'Derek holds too much',
    riskBasis: about === 'state' ? 'a' : null,
    owner: null,
    slaDays: 30,
  };
}

type Step =
  | {
      readonly what: 'decide';
      readonly by: number;
      readonly move: number;
      readonly days: number;
      readonly right: boolean;
    }
  | { readonly what: 'wait'; readonly hours: number }
  | {
      readonly what: 'run';
      readonly severity: Risk;
      readonly basis: string;
      readonly state: StandingNow['state'];
    };

/** Weighted so that what takes two people happens often enough to be looked at. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constant('decide' as const),
      by: fc.nat({ max: 3 }),
      move: fc.constantFrom(0, 1, 2, 2, 2, 2, 3, 4, 5, 5, 6, 6, 6, 6, 6, 7, 8, 9, 10, 11, 12),
      days: fc.integer({ min: -1, max: 80 }),
      right: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 20 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('run' as const),
      severity: fc.constantFrom(...RISKS),
      basis: fc.constantFrom('a', 'b'),
      state: fc.constantFrom(
        'holds' as const,
        'holds' as const,
        'cleared' as const,
        'not_evaluated' as const,
      ),
    }),
  },
);

function decisionOf(
  { move, days, right }: Extract<Step, { what: 'decide' }>,
  one: Exception,
  now: Date,
): Decision {
  const terms = {
    reason: 'because',
    compensatingControl: 'watched',
    expiresAt: toIsoMs(addMs(now, days * DAY_MS)),
  };
  const requestId = right ? (one.request?.id ?? 'none') : 'another';
  const all: Decision[] = [
    { move: 'triage' },
    { move: 'start_remediation' },
    { move: 'request_acceptance', ...terms },
    { move: 'request_extension', ...terms },
    {
      move: 'request_false_positive',
      reason: 'because',
      ruleChange: { kind: 'rule', reference: 'r', says: 'so' },
    },
    { move: 'request_resolution', reason: 'because', evidence: 'a letter' },
    { move: 'approve', requestId },
    { move: 'decline', requestId, reason: 'because' },
    { move: 'withdraw_request', reason: 'because' },
    { move: 'claim_fixed', note: 'done' },
    { move: 'reopen', reason: 'because' },
    { move: 'assign', ownerId: right ? 'usr_olga' : null },
    { move: 'set_due', dueAt: terms.expiresAt, reason: 'because' },
  ];
  return all[move % all.length] ?? { move: 'triage' };
}

/** Plays steps as the product does; calls `seen` for each happening with what was before and after. */
function play(
  about: 'act' | 'state',
  steps: readonly Step[],
  seen: (
    before: Exception,
    happening: Happening,
    after: Exception,
    world: { now: Date; standing: StandingNow | null; byPerson: boolean; byProduct: boolean },
  ) => void,
): { readonly events: readonly Happened[]; readonly sum: Exception } {
  let now = START;
  const events: Happened[] = [
    {
      seq: 1,
      at: now,
      actor: { kind: 'system', id: null, name: 'Tallystick' },
      happening: { kind: 'opened', opening: opening(about) },
    },
  ];
  let sum = sumHappenings(events);
  let standing: StandingNow | null =
    about === 'act'
      ? null
      : {
          state: 'holds',
          since: START,
          checkedAt: START,
          times: 1,
          severity: 'medium',
          riskBasis: 'a',
          sentence: 's',
        };
  const happen = (happening: Happening, by: Person | null, byProduct = false) => {
    const one = {
      seq: sum.lastSeq + 1,
      at: now,
      actor: { kind: by ? 'person' : 'system', id: by?.id ?? null, name: by?.name ?? 'Tallystick' },
      happening,
    };
    const after = addHappening(sum, one);
    events.push(one);
    seen(sum, happening, after, { now, standing, byPerson: by !== null, byProduct });
    sum = after;
  };
  const keep = () => {
    for (const happening of keepUp(sum, { standing, evidence: null }, now)) happen(happening, null, true);
  };
  for (const one of steps) {
    now = addMs(now, HOUR_MS);
    if (one.what === 'wait') now = addMs(now, one.hours * HOUR_MS);
    if (one.what === 'run' && standing !== null) {
      const before: StandingNow = standing;
      const back = before.state === 'cleared' && one.state === 'holds';
      const state = before.state === 'cleared' && one.state === 'not_evaluated' ? 'cleared' : one.state;
      standing =
        state === 'holds'
          ? {
              ...before,
              state,
              checkedAt: now,
              since: back ? now : before.since,
              times: before.times + (back ? 1 : 0),
              severity: one.severity,
              riskBasis: one.basis,
            }
          : { ...before, state, checkedAt: state === 'cleared' ? now : before.checkedAt };
    }
    if (one.what === 'decide') {
      const person = PEOPLE[one.by] ?? null;
      const risk = standing === null || standing.state === 'cleared' ? null : standing;
      const verdict = decideMove(sum, decisionOf(one, sum, now), {
        mover: { person },
        now,
        sla: BUILT_IN_SLA,
        riskNow: risk,
        newOwner: { id: 'usr_olga', name: 'Olga' },
        requestId: `acc_${sum.lastSeq}`,
      });
      if ('happenings' in verdict) for (const happening of verdict.happenings) happen(happening, person);
    }
    keep();
  }
  return { events, sum };
}

const plays = (check: (about: 'act' | 'state', steps: readonly Step[]) => void) =>
  fc.assert(
    fc.property(
      fc.constantFrom('act' as const, 'state' as const),
      fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
      check,
    ),
    { numRuns: 400 },
  );

describe('the life of an exception', () => {
  test('X8: nothing counts as accepted without two people, a compensating control and an end within the maximum', () => {
    let accepted = 0;
    plays((about, steps) => {
      play(about, steps, (_before, happening, after, { now, byPerson }) => {
        if (happening.kind !== 'accepted') {
          if (after.state === 'accepted') expect(after.acceptance).not.toBeNull();
          return;
        }
        accepted += 1;
        const { granted } = happening;
        expect(byPerson).toBe(true);
        expect(samePerson(granted.requestedBy, granted.approvedBy)).toBe(false);
        expect(granted.terms.compensatingControl).not.toBe('');
        expect(new Date(granted.terms.expiresAt) > now).toBe(true);
        expect(new Date(granted.terms.expiresAt) <= latestExpiry(after, { now, sla: BUILT_IN_SLA })).toBe(
          true,
        );
      });
    });
    expect(accepted).toBeGreaterThan(20);
  });

  test('X8: no acceptance outlives its end or its risk: once kept up, it is open again', () => {
    let expired = 0;
    let stale = 0;
    plays((about, steps) => {
      const { sum, events } = play(about, [...steps, { what: 'wait', hours: 1 }], () => {});
      for (const { happening } of events) {
        if (happening.kind === 'expired') expired += 1;
        if (happening.kind === 'went_stale') stale += 1;
      }
      if (sum.state !== 'accepted' || sum.acceptance === null) return;
      expect(new Date(sum.acceptance.terms.expiresAt) > sum.updatedAt).toBe(true);
      if (about === 'state') expect(graverOrOther(sum.acceptance.risk, sum)).toBe(false);
    });
    expect(Math.min(expired, stale)).toBeGreaterThan(5);
  });

  test('a state is resolved by a run that no longer found it and by nothing else; an act by two people', () => {
    let [verified, decided] = [0, 0];
    plays((about, steps) => {
      play(about, steps, (before, happening, _after, { standing }) => {
        if (happening.kind !== 'resolved') return;
        expect(before.state).not.toBe('resolved');
        const { how, granted } = happening.resolution;
        if (about === 'state') {
          verified += 1;
          expect(how).toBe('verified');
          expect(standing?.state === 'cleared' || (standing?.times ?? 0) > before.stretch).toBe(true);
        } else {
          decided += 1;
          expect(how).toBe('decided');
          expect(granted !== null && !samePerson(granted.requestedBy, granted.approvedBy)).toBe(true);
        }
      });
    });
    expect(Math.min(verified, decided)).toBeGreaterThan(20);
  });

  test('law 5: what could not be looked at resolves nothing and changes no state but by time', () => {
    plays((_about, steps) => {
      play('state', steps, (_before, happening, _after, { standing, byProduct }) => {
        if (!byProduct || standing?.state !== 'not_evaluated' || standing.times !== 1) return;
        expect(['expired']).toContain(happening.kind);
      });
    });
  });

  test('resolved is the end: nothing moves it, and what is shown as barred is what is refused', () => {
    plays((about, steps) => {
      const { sum, events } = play(about, steps, (before, happening) => {
        if (before.state === 'resolved') expect(['recurred', 'commented']).toContain(happening.kind);
      });
      expect(sumHappenings(events)).toEqual(sum);
      expect(isOpen(sum.state)).toBe(
        sum.state === 'new' || sum.state === 'triaged' || sum.state === 'in_remediation',
      );
      for (const person of PEOPLE)
        for (const [n] of Array.from({ length: 13 }).entries()) {
          const decision = decisionOf(
            { what: 'decide', by: 0, move: n, days: 5, right: true },
            sum,
            addMs(START, DAY_MS),
          );
          if (whyBarred(sum, decision.move, { person }) === null) continue;
          const verdict = decideMove(sum, decision, {
            mover: { person },
            now: addMs(START, DAY_MS),
            sla: BUILT_IN_SLA,
            riskNow: null,
            newOwner: { id: 'usr_olga', name: 'Olga' },
            requestId: 'acc_x',
          });
          expect('refused' in verdict).toBe(true);
        }
    });
  });

  test('keeping up is over once it is done: a second look finds nothing to do', () => {
    plays((about, steps) => {
      const { sum } = play(about, steps, () => {});
      const now = sum.updatedAt;
      expect(
        keepUp(
          sum,
          {
            standing:
              about === 'act'
                ? null
                : {
                    state: 'not_evaluated',
                    since: START,
                    checkedAt: START,
                    times: 1,
                    severity: sum.severity,
                    riskBasis: sum.riskBasis ?? '',
                    sentence: '',
                  },
            evidence: null,
          },
          now,
        ),
      ).toEqual([]);
    });
  });
});

describe('reminders', () => {
  const one = sumHappenings([
    {
      seq: 1,
      at: START,
      actor: { kind: 'system', id: null, name: '' },
      happening: { kind: 'opened', opening: { ...opening('state'), slaDays: 60 } },
    },
  ]);
  const at = (days: number) =>
    reminderOf(one, addMs(START, days * DAY_MS))
      ?.onceKey.split('/')
      .at(-1) ?? null;

  test('come 30, 7 and 1 days before the due date and once after it', () => {
    expect([10, 30, 40, 53, 58, 59, 59.5, 60, 75].map(at)).toEqual([
      null,
      '30',
      '30',
      '7',
      '7',
      '1',
      '1',
      'after',
      'after',
    ]);
  });

  test('at a mark that lies before the clock began say nothing', () => {
    const short = { ...one, dueAt: addMs(START, 7 * DAY_MS) };
    expect(reminderOf(short, START)).toBeNull();
    expect(reminderOf(short, addMs(START, 6 * DAY_MS))?.onceKey).toMatch(/\/1$/);
  });
});
