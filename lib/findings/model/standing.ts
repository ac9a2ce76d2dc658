import type { Concern } from './concern';

export const STANDING_STATES = ['holds', 'cleared', 'not_evaluated'] as const;
export type StandingState = (typeof STANDING_STATES)[number];

export const STANDING_EVENTS = [
  'appeared',
  'changed',
  'cleared',
  'reappeared',
  'not_evaluated',
  'evaluated_again',
] as const;
export type StandingEventKind = (typeof STANDING_EVENTS)[number];

/** A concern about a state, such as a role held beyond policy: it holds until a later run over the state no longer finds it. */
export type StandingConcern = Concern & {
  /** What its risk rests on, as short words in a fixed order: an acceptance goes stale when this differs. */
  readonly riskBasis: string;
};

/** Whether a finding about a state still holds, as the newest run says. */
export type Standing = {
  readonly orgId: string;
  readonly key: string;
  readonly rule: string;
  readonly state: StandingState;
  /** Why it could not be looked at; null unless not evaluated. */
  readonly because: string | null;
  /** Begin of the present stretch of holding or of being cleared; not evaluated does not begin a stretch. */
  readonly since: Date;
  /** Instant of the state that was looked at last. */
  readonly checkedAt: Date;
  /** How many stretches of holding there were. */
  readonly times: number;
  readonly severity: Concern['severity'];
  readonly sentence: string;
  readonly reasons: readonly string[];
  readonly riskBasis: string;
  readonly divisionIds: readonly string[];
};

/**
 * What seeing the concern in a run makes of what stood before; null where nothing is to be told. A finding whose risk or
 * wording moved has changed; one that was cleared comes back.
 */
export function seenAgain(
  before: Pick<Standing, 'state' | 'severity' | 'riskBasis'> | null,
  concern: Pick<StandingConcern, 'severity' | 'riskBasis'>,
): StandingEventKind | null {
  if (before === null) return 'appeared';
  if (before.state === 'cleared') return 'reappeared';
  if (before.severity !== concern.severity || before.riskBasis !== concern.riskBasis) return 'changed';
  return before.state === 'not_evaluated' ? 'evaluated_again' : null;
}
