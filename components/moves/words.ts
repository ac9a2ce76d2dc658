import { shortenId, wordsOf } from '@/components/ui/data/format';
import type { AddressFlag, Direction, MoveDto, MoveSide, ReviewState } from '@/lib/divisions/contract';

/** The words on screen for what a division move can be. */
export const REVIEW_WORDS = {
  not_needed: 'No review asked for',
  pending: 'Awaiting review',
  overdue: 'Review overdue',
  approved: 'Approved',
  rejected: 'Rejected',
} as const satisfies Record<ReviewState, string>;

export const ADDRESS_WORDS = {
  outside_allow_list: 'Outside the allow-list',
  new_for_person: 'New for this person',
} as const satisfies Record<AddressFlag, string>;

export const SENSITIVITY_WORDS = {
  normal: 'Normal',
  restricted: 'Restricted',
  high_security: 'High security',
} as const satisfies Record<NonNullable<MoveSide['sensitivity']>, string>;

export const BOUNDARY_WORDS = {
  cross: 'Across regions',
  same: 'Within a region',
  not_evaluated: 'Region not evaluated',
} as const;

/** What a self-move does by the ranks of the two divisions. */
export const DIRECTION_WORDS = {
  up: 'That is up, into a division of higher rank',
  sideways: 'That is sideways, into a division of the same rank',
  down: 'That is down, into a division of lower rank',
  not_evaluated: 'Whether that is up or down is not evaluated: a division had no rank',
} as const satisfies Record<Direction, string>;

/** A sentence made elsewhere, with its full stop. */
export function stopped(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** `edge group`, `user`: a type of object as one says it. */
export function typeWord(type: string): string {
  return wordsOf(type.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
}

/** Who moved it: name, else id, else plainly that no record tells. */
export function whoMoved(move: Pick<MoveDto, 'actor' | 'adminUser'>): string {
  if (move.actor.name !== null) return move.actor.name;
  const id = move.actor.id ?? move.adminUser;
  return id === null ? 'no record tells who' : shortenId(id);
}

/** The side's name of that moment; what was not known then is never replaced by today's. */
export function sideName(side: MoveSide): string {
  return side.name ?? (side.id === '' ? 'no division' : 'unresolved');
}

/** What became of the division since: `now called EMEA Secure`, `deleted since`. */
export function sinceWords({ since }: MoveSide): string | null {
  const words = [
    since.renamedTo === null ? null : `now called ${since.renamedTo}`,
    since.deleted ? 'deleted since' : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(', ');
}

/** Crossing, within, or not evaluated, as the filter spells it. */
export function boundaryOf(move: Pick<MoveDto, 'boundaryCross'>): keyof typeof BOUNDARY_WORDS {
  if (move.boundaryCross === null) return 'not_evaluated';
  return move.boundaryCross ? 'cross' : 'same';
}
