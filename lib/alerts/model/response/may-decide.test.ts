import { describe, expect, test } from 'vitest';
import { RESPONSE_STATES } from '@/lib/alerts/contract/responses';
import { changedAnything, foldSteps, type StepFact } from './fold-steps';
import { type Decider, mayDecide } from './may-decide';
import { planSteps } from './plan-steps';
import type { Response } from './response';

const NOW = new Date('2026-11-28T10:30:00Z');
const WAITING: Response = {
  id: 'rsp_1',
  orgId: 'org',
  key: 'fnd_1/deactivate_user',
  findingId: 'fnd_1',
  moveId: 'mov_1',
  rule: 'self-move',
  severity: 'critical',
  mode: 'ask',
  kind: 'deactivate_user',
  target: { type: 'User', id: 'user-1', name: 'Luis Ortega' },
  divisionFrom: null,
  divisionTo: null,
  undoOf: null,
  proposedAt: new Date('2026-11-28T10:02:07Z'),
  requestedBy: { kind: 'system', id: null, name: 'Tallystick' },
  expiresAt: new Date('2026-11-28T11:02:07Z'),
  state: 'waiting',
  because: null,
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  begunAt: null,
  finishedAt: null,
  undoneBy: null,
};
const DONE: Response = { ...WAITING, state: 'done', decidedBy: { id: 'usr_2', name: 'Olga' } };
const olga: Decider = {
  kind: 'person',
  id: 'usr_1',
  name: 'Olga',
  mayDecide: true,
  address: 'olga@example.test',
};

type By = Partial<Parameters<typeof mayDecide>[1]>;
const may = (response: Response, more: By = {}) =>
  mayDecide(response, {
    decider: olga,
    concerned: { target: new Set(['luis@example.test']), actor: new Set(['ana@example.test']) },
    now: NOW,
    changed: true,
    openUndo: null,
    ...more,
  });

describe('D29: who may approve', () => {
  const asked: Response = { ...WAITING, requestedBy: { kind: 'person', id: 'usr_1', name: 'Olga' } };
  test.each<[string, Response, By, string | null]>([
    ['what the product proposed, anybody who may decide', WAITING, {}, null],
    [
      'what another asked for',
      { ...asked, requestedBy: { kind: 'person', id: 'usr_9', name: 'Ben' } },
      {},
      null,
    ],
    [
      'what a key asked for',
      { ...asked, requestedBy: { kind: 'api_key', id: 'key_1', name: 'SOAR' } },
      {},
      null,
    ],
    ['not who asked', asked, {}, 'You asked for this; someone else must approve.'],
    [
      'not whom it is about',
      WAITING,
      { decider: { ...olga, address: 'luis@example.test' } },
      'It is about you; someone else must decide.',
    ],
    [
      'not who did it',
      WAITING,
      { decider: { ...olga, address: 'ana@example.test' } },
      'You did what it answers; someone else must decide.',
    ],
    [
      'not a key',
      WAITING,
      { decider: { ...olga, kind: 'api_key', address: null } },
      'A person must approve it.',
    ],
    [
      'not the command line',
      WAITING,
      { decider: { ...olga, kind: 'operator', id: null, address: null } },
      'A person must approve it.',
    ],
    [
      'not an auditor',
      WAITING,
      { decider: { ...olga, mayDecide: false } },
      'Your role does not include deciding about responses.',
    ],
    ['not past its time', WAITING, { now: new Date('2026-11-28T11:02:07Z') }, 'It has expired.'],
  ])('%s', (_, response, more, because) => {
    expect(may(response, more).approve).toEqual({ allowed: because === null, because });
  });

  test('only what waits can be approved or rejected', () => {
    for (const state of RESPONSE_STATES) {
      const answer = may({ ...WAITING, state });
      expect([state, answer.approve.allowed, answer.reject.allowed]).toEqual([
        state,
        state === 'waiting',
        state === 'waiting',
      ]);
    }
  });

  test('whom it is about cannot reject it either', () => {
    expect(may(WAITING, { decider: { ...olga, address: 'luis@example.test' } }).reject.allowed).toBe(false);
  });
});

describe('what may be undone', () => {
  test.each<[string, Response, By, boolean]>([
    ['what was done', DONE, {}, true],
    ['what failed half way', { ...DONE, state: 'failed' }, {}, true],
    ['not what changed nothing', { ...DONE, state: 'failed' }, { changed: false }, false],
    ['not what was undone', { ...DONE, undoneBy: 'rsp_2' }, {}, false],
    ['not twice at once', DONE, { openUndo: 'rsp_2' }, false],
    ['not an undoing', { ...DONE, undoOf: 'rsp_0' }, {}, false],
    ['not what is only observed', { ...DONE, state: 'observed' }, {}, false],
    [
      'by a person where the policy had acted',
      { ...DONE, mode: 'act', decidedBy: { id: null, name: 'the policy' } },
      {},
      true,
    ],
    [
      'not by a key where one word is enough',
      { ...DONE, mode: 'act', decidedBy: { id: null, name: 'the policy' } },
      { decider: { ...olga, kind: 'api_key', address: null } },
      false,
    ],
  ])('%s', (_, response, more, allowed) => {
    expect(may(response, more).undo.allowed).toBe(allowed);
  });
});

describe('steps', () => {
  const fact = (n: number, event: StepFact['event'], outcome: StepFact['outcome'] = null): StepFact => ({
    n,
    event,
    at: NOW,
    outcome,
    content: { doing: 'x', call: null, before: null, after: null, because: null, calls: [] },
  });
  test.each<[string, readonly StepFact[], boolean, readonly string[], boolean]>([
    ['planned', [fact(1, 'planned')], false, ['planned', 'planned', 'planned'], false],
    ['killed in the first', [fact(1, 'begun')], false, ['unknown', 'planned', 'planned'], true],
    [
      'done so far',
      [fact(1, 'begun'), fact(1, 'ended', 'done')],
      false,
      ['done', 'planned', 'planned'],
      true,
    ],
    [
      'failed in the second',
      [fact(1, 'begun'), fact(1, 'ended', 'done'), fact(2, 'begun'), fact(2, 'ended', 'failed')],
      true,
      ['done', 'failed', 'not_reached'],
      true,
    ],
    [
      'it was so before',
      [fact(1, 'begun'), fact(1, 'ended', 'already_so')],
      true,
      ['already_so', 'not_reached', 'not_reached'],
      false,
    ],
    [
      'taken up again and found done',
      [fact(1, 'begun'), fact(1, 'begun'), fact(1, 'ended', 'already_so')],
      true,
      ['already_so', 'not_reached', 'not_reached'],
      true,
    ],
  ])('%s', (_, facts, isOver, outcomes, changed) => {
    expect(foldSteps(planSteps(WAITING), facts, isOver).map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(changedAnything(facts)).toBe(changed);
  });

  test('D29: a lockout deactivates, then ends tokens, then verifies; moving back goes the other way when undone', () => {
    expect(planSteps(WAITING).map(({ act }) => act)).toEqual([
      'deactivate',
      'end_tokens',
      'verify_locked_out',
    ]);
    const move = { ...WAITING, kind: 'move_back', divisionFrom: 'div-new', divisionTo: 'div-old' } as const;
    expect(planSteps(move)[0]?.call).toBe('POST /api/v2/authorization/divisions/div-old/objects/USER');
    expect(planSteps({ ...move, undoOf: 'rsp_1' })[0]?.call).toBe(
      'POST /api/v2/authorization/divisions/div-new/objects/USER',
    );
    expect(planSteps({ ...WAITING, undoOf: 'rsp_1' }).map(({ act }) => act)).toEqual([
      'reactivate',
      'verify_active',
    ]);
  });
});
