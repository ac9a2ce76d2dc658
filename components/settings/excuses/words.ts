import type { Tone } from '@/components/ui/badge';
import type { ExcuseRuleDto } from '@/lib/linking/contract/excuses';

type State = ExcuseRuleDto['state'];

export const EXCUSE_STATE_WORDS = {
  proposed: 'Proposed',
  refused: 'Refused',
  scheduled: 'Approved, not begun',
  active: 'Active',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
} as const satisfies Record<State, string>;

export const EXCUSE_STATE_TONES = {
  proposed: 'accent',
  refused: 'plain',
  scheduled: 'good',
  active: 'good',
  expired: 'warn',
  withdrawn: 'plain',
} as const satisfies Record<State, Tone>;

export const MATCHER_FIELDS = [
  { name: 'service', word: 'Service', hint: 'Such as ContactCenter' },
  { name: 'entityType', word: 'Kind of object', hint: 'Such as Queue' },
  { name: 'action', word: 'Action', hint: 'Such as Update' },
  { name: 'actor', word: 'Actor or client', hint: 'Its id' },
  { name: 'division', word: 'Division', hint: 'Its id' },
  { name: 'property', word: 'Property', hint: 'Such as description' },
] as const;
export type MatcherField = (typeof MATCHER_FIELDS)[number]['name'];

const DECISION_WORDS: Readonly<Record<string, string>> = {
  proposed: 'Proposed',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};
export const decisionWord = (what: string): string => DECISION_WORDS[what] ?? what;

/** `Service ContactCenter, kind of object Queue`: what a rule is about, in words. */
export function sayMatcher(matcher: Readonly<Record<string, string>>): string {
  const said = MATCHER_FIELDS.flatMap(({ name, word }) => {
    const value = matcher[name];
    return value === undefined ? [] : [`${word.toLowerCase()} ${value}`];
  }).join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
