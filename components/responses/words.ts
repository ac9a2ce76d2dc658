import type { Guard, ResponseMode, ResponseState, ResponseStepDto } from '@/lib/alerts/contract/responses';
import type { ResponseKind } from '@/lib/findings/model/concern';
import type { Outcome } from '@/lib/kernel/words';

/** The words on screen for guarded responses. One place, so that a state is never called two things. */
export const RESPONSE_STATE_WORDS = {
  observed: 'Observed',
  waiting: 'Waits for approval',
  approved: 'Approved',
  running: 'Being carried out',
  done: 'Done',
  failed: 'Failed',
  refused: 'Refused by a guard',
  rejected: 'Rejected',
  expired: 'Expired',
} as const satisfies Record<ResponseState, string>;

export const RESPONSE_STATE_MEANINGS = {
  observed: 'It would have been done; the policy says observe, so nothing was',
  waiting: 'A second person decides',
  approved: 'Decided; it is carried out next',
  running: 'Begun; its steps tell how far it is',
  done: 'Carried out and read back',
  failed: 'Not all of it was done; its steps tell what was and what was not',
  refused: 'A guard stood in the way; nothing was done',
  rejected: 'A person decided against it; nothing was done',
  expired: 'Nobody decided in time; nothing was done',
} as const satisfies Record<ResponseState, string>;

export const MODE_WORDS = {
  observe: 'observe: only say what would be done',
  ask: 'ask: a second person approves',
  act: 'act: carried out at once where every guard passes',
} as const satisfies Record<ResponseMode, string>;

export const KIND_WORDS = {
  deactivate_user: 'Deactivate the person and end their tokens',
  move_back: 'Move it back to its former division',
  disable_client: 'Disable the OAuth client',
} as const satisfies Record<ResponseKind, string>;

export const GUARD_WORDS = {
  break_glass: 'Break-glass list',
  last_admin: 'Last administrator',
  own_client: 'Our own client',
  own_user: 'Our own people',
  limit_per_hour: 'Limit an hour',
  limit_per_day: 'Limit a day',
  still_holds: 'Still the case',
  permission: 'Permission to do it',
} as const satisfies Record<Guard, string>;

/** A guard's outcome in the shapes of outcomes: what refuses fails. */
export const GUARD_OUTCOMES = {
  pass: { outcome: 'pass', word: 'Passes' },
  refuse: { outcome: 'fail', word: 'Refuses' },
  not_evaluated: { outcome: 'not_evaluated', word: 'Not evaluated' },
} as const satisfies Record<
  'pass' | 'refuse' | 'not_evaluated',
  { readonly outcome: Outcome; readonly word: string }
>;

export const STEP_OUTCOMES = {
  planned: { outcome: 'not_applicable', word: 'Planned' },
  done: { outcome: 'pass', word: 'Done' },
  already_so: { outcome: 'pass', word: 'Was so already' },
  failed: { outcome: 'fail', word: 'Failed' },
  unknown: { outcome: 'not_evaluated', word: 'Outcome unknown' },
  not_reached: { outcome: 'not_applicable', word: 'Not reached' },
} as const satisfies Record<ResponseStepDto['outcome'], { readonly outcome: Outcome; readonly word: string }>;
