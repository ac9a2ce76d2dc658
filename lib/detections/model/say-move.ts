import { shortId } from '@/lib/changes/model/sentence/words';
import type { DivisionAt } from '@/lib/divisions/model/recorded-move';
import type { Concern } from '@/lib/findings/model/concern';
import type { MoveSubject, RuleContext } from './subject';

/** Who moved something, in words. */
export function moverOf(move: MoveSubject): string {
  if (move.actor.name) return move.actor.name;
  if (move.actor.kind === 'platform') return 'The platform';
  if (move.actor.id === null) return 'Somebody unknown';
  return move.actor.kind === 'automation'
    ? `OAuth client ${shortId(move.actor.id)}`
    : `User ${shortId(move.actor.id)}`;
}

/** What was moved, in words: people by their name alone. */
export function movedOf(move: MoveSubject): string {
  const { type, id, name } = move.target;
  if (type === 'User') return name ?? `user ${shortId(id)}`;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)} ${name ?? shortId(id)}`;
}

/** A division as it was called then. */
export function divisionIn(division: DivisionAt): string {
  if (division.name !== null) return division.name;
  return division.id === null ? 'an unknown division' : `division ${shortId(division.id)}`;
}

/** `Dana Whitfield moved Ravi Agent from US Sales to EMEA Restricted`. */
export function moveSentence(move: MoveSubject): string {
  const what = move.selfMoveBy === 'direct' ? 'themselves' : movedOf(move);
  return `${moverOf(move)} moved ${what} ${fromTo(move)}`;
}

/** `from US Sales to EMEA Restricted`. */
export function fromTo(move: MoveSubject): string {
  return `from ${divisionIn(move.from)} to ${divisionIn(move.to)}`;
}

/** Whether a ticket or commit asked for the move, as a reason. */
export function whyReason(move: MoveSubject, context: RuleContext): string {
  if (move.changeId !== null && context.awaitsLinks(move.changeId))
    return 'it cites a ticket or commit that is still being looked up';
  if (move.linkage === 'linked') return 'a ticket or commit asked for it';
  if (move.linkage === 'not_applicable') return 'it needs no ticket';
  return 'no valid ticket or commit asks for it';
}

/** Moving the object back to where it was; nothing where that is not known. */
export function moveBack(move: MoveSubject): Concern['responses'] {
  const { from, to, target } = move;
  if (from.id === null || to.id === null) return [];
  return [{ kind: 'move_back', target, divisionFrom: to.id, divisionTo: from.id }];
}
