import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { AddressFlag, Direction, ReviewState } from '../../contract';
import { accessEffect, allowsOf } from '../effect';
import { mergeHours } from '../merge-hours';
import { allowListOf, judgeAddress, plainAddress } from './judge-address';
import { boundaryBecause, crossesBoundary, directionOf, isRestricted, selfMoveBy } from './judge-divisions';
import { inForceAt, type ReviewPolicy, reviewDueAt, reviewStateOf } from './review';

const T = new Date('2026-03-01T00:00:00Z');
const LIST = allowListOf(['203.0.113.0/24', '198.51.100.7', '2001:db8::/32', 'nonsense', '10.0.0.0/99']);

describe('addresses', () => {
  test('entries that are no network are left out', () => {
    expect(LIST.size).toBe(3);
  });

  test.each<[string, string | null, boolean, readonly AddressFlag[]]>([
    ['inside a network', '203.0.113.24', false, []],
    ['the very address', '198.51.100.7', false, []],
    ['inside a network of version 6', '2001:db8::17', false, []],
    ['written as a mapped address', '::ffff:203.0.113.9', false, []],
    ['with a port', '203.0.113.24:50123', false, []],
    ['in brackets', '[2001:db8::1]:443', false, []],
    ['D16: outside', '192.0.2.1', false, ['outside_allow_list']],
    ['D16: outside, version 6', '2001:db9::1', false, ['outside_allow_list']],
    ['D16: new for the person, though inside', '203.0.113.24', true, ['new_for_person']],
    ['D16: both', '192.0.2.1', true, ['outside_allow_list', 'new_for_person']],
  ])('%s', (_name, ip, newForPerson, flags) => {
    const judged = judgeAddress({ ip, allowList: LIST, newForPerson });
    expect(judged.flags.map((note) => note.flag)).toEqual(flags);
    expect(judged.notEvaluated).toBeNull();
  });

  test.each([
    ['no address', null, LIST, 'the record holds no address'],
    ['no list', '192.0.2.1', null, 'no allow-list of addresses is set'],
    ['an empty list', '192.0.2.1', allowListOf([]), 'no allow-list of addresses is set'],
    ['no IP address', 'internal', LIST, 'the record’s address is no IP address'],
  ])('%s is not evaluated, with the reason', (_name, ip, allowList, because) => {
    expect(judgeAddress({ ip, allowList, newForPerson: false })).toEqual({
      flags: [],
      notEvaluated: because,
    });
  });

  test('what is no address is none', () => {
    expect([plainAddress('203.0.113'), plainAddress(''), plainAddress('a:b')]).toEqual([null, null, null]);
  });
});

describe('divisions', () => {
  const side = (region: string | null, rank: number | null = null) => ({
    id: 'x',
    name: region === null ? 'Home' : `${region} Sales`,
    region,
    rank,
    sensitivity: null,
  });

  test.each<[string, number | null, number | null, Direction]>([
    ['D31: to a higher rank is up', 1, 3, 'up'],
    ['D31: to the same is sideways', 2, 2, 'sideways'],
    ['D31: to a lower one is down', 3, 1, 'down'],
    ['D31: from no rank is not evaluated', null, 3, 'not_evaluated'],
    ['D31: to no rank is not evaluated', 0, null, 'not_evaluated'],
  ])('%s', (_name, from, to, direction) => {
    expect(directionOf(side('US', from), side('US', to))).toBe(direction);
  });

  test.each([
    ['D17: EMEA to US crosses', 'EMEA', 'US', true, 'from region EMEA to region US'],
    [
      'D17: within a region does not, however written',
      'EMEA',
      ' emea',
      false,
      'both divisions are in region  emea',
    ],
    [
      'D17: one unknown is not evaluated',
      null,
      'US',
      null,
      'not evaluated: no region was set for Home at that time',
    ],
    [
      'D17: both unknown are not evaluated',
      null,
      null,
      null,
      'not evaluated: no region was set for Home at that time',
    ],
  ])('%s', (_name, from, to, crosses, because) => {
    expect(crossesBoundary(side(from), side(to))).toBe(crosses);
    expect(boundaryBecause(side(from), side(to))).toBe(because);
  });

  test('D19: restricted and high security are, normal is not, untagged is unknown', () => {
    expect(
      (['restricted', 'high_security', 'normal', null] as const).map((sensitivity) =>
        isRestricted({ sensitivity }),
      ),
    ).toEqual([true, true, false, null]);
  });

  test.each([
    ['D28: the person themselves', { actorId: 'u1', userId: 'u1', clientOwnerId: null }, 'direct'],
    ['D28: in other letters', { actorId: 'U1', userId: 'U1', clientOwnerId: null }, 'direct'],
    ['D28: through a client of theirs', { actorId: 'c1', userId: null, clientOwnerId: 'u1' }, 'own_client'],
    [
      'D28: through a client of theirs, acting for them',
      { actorId: 'u1', userId: 'u1', clientOwnerId: 'u1' },
      'direct',
    ],
    [
      'another person through a client of the moved one',
      { actorId: 'u2', userId: 'u2', clientOwnerId: 'u1' },
      null,
    ],
    ['another person', { actorId: 'u2', userId: 'u2', clientOwnerId: null }, null],
    ['nobody', { actorId: null, userId: null, clientOwnerId: null }, null],
  ])('%s', (_name, who, by) => {
    expect(selfMoveBy({ targetId: 'u1', ...who })).toBe(by);
  });

  test('a move of nothing named is nobody’s self-move', () => {
    expect(selfMoveBy({ targetId: '', actorId: '', userId: null, clientOwnerId: null })).toBeNull();
  });
});

describe('reviews', () => {
  const move = { receivedAt: T, actorKind: 'person' as const, boundaryCross: true, restricted: true };
  const days14 = addMs(T, 14 * DAY_MS);
  const policy = (applies: ReviewPolicy['applies'], days = 14) => ({ days, applies });

  test.each<[string, Partial<Parameters<typeof reviewDueAt>[0]>, ReviewPolicy | null, Date | null]>([
    [
      'D18: every move between divisions',
      { boundaryCross: null, restricted: null },
      policy('cross_division'),
      days14,
    ],
    ['D18: across a boundary', {}, policy('boundary_cross'), days14],
    [
      'D18: not across, when only those are asked for',
      { boundaryCross: false },
      policy('boundary_cross'),
      null,
    ],
    ['D18: into a restricted division', {}, policy('restricted'), days14],
    ['D18: not into one, when only those are asked for', { restricted: null }, policy('restricted'), null],
    ['no policy asks for none', {}, null, null],
    ['zero days ask for none', {}, policy('cross_division', 0), null],
    [
      'what the platform moves by itself needs none',
      { actorKind: 'platform' },
      policy('cross_division'),
      null,
    ],
    ['a move by nobody known needs one', { actorKind: 'unknown' }, policy('cross_division'), days14],
  ])('%s', (_name, more, inForce, due) => {
    expect(reviewDueAt({ ...move, ...more }, inForce)).toEqual(due);
  });

  test.each<[string, Date | null, 'approved' | 'rejected' | null, number, ReviewState]>([
    ['nothing asked', null, null, 0, 'not_needed'],
    ['D18: before the due date', days14, null, 14 * DAY_MS - 1, 'pending'],
    ['D18: at the due date', days14, null, 14 * DAY_MS, 'overdue'],
    ['D18: an outcome stands, however late', days14, 'approved', 90 * DAY_MS, 'approved'],
    ['D18: rejected', days14, 'rejected', 0, 'rejected'],
    ['an outcome nobody asked for stands, too', null, 'rejected', 0, 'rejected'],
  ])('%s', (_name, dueAt, outcome, later, state) => {
    expect(reviewStateOf({ dueAt, outcome }, addMs(T, later))).toBe(state);
  });

  test('a policy set later holds for new moves only; where none was ever set, what is given holds', () => {
    const history = [
      { from: T, to: addMs(T, DAY_MS), value: 'first' },
      { from: addMs(T, DAY_MS), to: null, value: 'second' },
    ];
    expect(inForceAt(history, addMs(T, -1), 'given')).toBeNull();
    expect(inForceAt(history, T, 'given')).toBe('first');
    expect(inForceAt(history, addMs(T, DAY_MS), 'given')).toBe('second');
    expect(inForceAt([], T, 'given')).toBe('given');
    expect(inForceAt([], T, undefined)).toBeNull();
  });
});

describe('what a move opens and closes', () => {
  const holders = [
    {
      roleId: 'r1',
      roleName: 'Auditor',
      subjects: 2,
      permissions: ['recording:recording:view', 'quality:evaluation:view'],
    },
    { roleId: 'r2', roleName: 'Agent', subjects: 1_200, permissions: ['routing:queue:view'] },
  ];
  const told = { division: 'EMEA Restricted', target: 'Ravi Agent', selfMove: false };

  test('D32: who gains access is counted by role, and what the roles reach is named', () => {
    const effect = accessEffect(holders, { ...told, does: 'opens' });
    expect(effect.sentence).toBe(
      '1,202 holders of roles in EMEA Restricted can now reach Ravi Agent; their roles reach recordings, evaluations and queues',
    );
    expect(effect.roles.map((role) => [role.roleName, role.subjects, role.allows])).toEqual([
      ['Agent', 1_200, ['queues']],
      ['Auditor', 2, ['recordings', 'evaluations']],
    ]);
  });

  test('D32: who loses access is said, also when nobody does', () => {
    expect(accessEffect(holders.slice(0, 1), { ...told, does: 'closes' }).sentence).toMatch(
      /^2 holders of roles in EMEA Restricted can no longer reach Ravi Agent/,
    );
    expect(accessEffect([], { ...told, does: 'closes' }).sentence).toBe(
      'No role is held in EMEA Restricted alone: nobody loses access by this move',
    );
  });

  test('D31: a self-move names what comes near, such as recordings', () => {
    expect(accessEffect(holders, { ...told, does: 'opens', selfMove: true }).sentence).toBe(
      'Ravi Agent moved into EMEA Restricted by own act: what stands there comes near (recordings, evaluations and queues), as it is for the 1,202 holders of roles',
    );
  });

  test('a role that may do everything says so', () => {
    expect(allowsOf(['*:*:*'])).toEqual(['everything']);
  });
});

test('hours side by side are one interval', () => {
  const hour = (n: number) => addMs(T, n * 3_600_000);
  expect(mergeHours([hour(3), hour(0), hour(1), hour(1)])).toEqual([
    { from: hour(0), to: hour(2) },
    { from: hour(3), to: hour(4) },
  ]);
});
