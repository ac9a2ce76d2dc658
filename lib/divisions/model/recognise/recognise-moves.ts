import { isRead } from '@/lib/changes/model/actor/accountable';
import { type Difference, differencesIn } from './differences';
import type { KnownDivisions, MoveFacts } from './move-facts';
import type { ToldDivision } from './read-divisions';

/** One object that a record says went from one division to another. */
export type RecognisedMove = {
  readonly targetType: string;
  readonly targetId: string;
  /** The record's own word; often absent. */
  readonly targetName: string | null;
  /** Null where the record tells one side only. */
  readonly from: ToldDivision | null;
  readonly to: ToldDivision | null;
};

/** What comes into being or goes has no division it was moved from or to. */
const NO_MOVE = /^(bulk|hard|soft)?(create|delete|purge)/i;

/**
 * The moves a record tells, one for each object, in the order they stand in it. Whatever the action is called, wherever the
 * division stands: a property named so with an id or JSON, JSON that holds the whole object, two known divisions as the only
 * old and new value, entity changes; and the action `ChangeDivision` of the guides.
 *
 * A refused or mere reading record moves nothing; nor does a creation or deletion, a grant of a role, or the same division twice.
 * Source: design 5, division move; genesys-cloud.md 3.7.
 */
export function recogniseMoves(change: MoveFacts, known: KnownDivisions): RecognisedMove[] {
  if (change.status === 'FAILURE' || isRead(change.action) || NO_MOVE.test(change.action)) return [];
  // The divisions in a grant say where a role holds, not where somebody lives.
  if (change.entityType === 'Role' && change.action.startsWith('Member')) return [];
  const moves = new Map<string, RecognisedMove>();
  for (const difference of differencesIn(change, known)) {
    const move = moveOf(change, difference);
    if (move === null) continue;
    const key = `${move.targetId} ${move.from?.id ?? ''}`;
    const before = moves.get(key);
    if (before === undefined) moves.set(key, move);
    else if (before.to?.id === move.to?.id) moves.set(key, named(before, move));
  }
  return withoutHalves([...moves.values()]);
}

function moveOf(change: MoveFacts, difference: Difference): RecognisedMove | null {
  const { from, to } = difference;
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from.id === to.id) return null;
  const own = difference.objectId === null || difference.objectId === change.entityId;
  return {
    targetType: own ? change.entityType : (difference.objectType ?? change.entityType),
    targetId: (own ? change.entityId : difference.objectId) ?? '',
    targetName: (own ? change.entityName : difference.objectName) || null,
    from,
    to,
  };
}

/** The same move told twice keeps every name that either place told. */
function named(first: RecognisedMove, again: RecognisedMove): RecognisedMove {
  const side = (a: ToldDivision | null, b: ToldDivision | null) =>
    a?.name == null && b?.name != null ? b : a;
  return {
    ...first,
    targetName: first.targetName ?? again.targetName,
    from: side(first.from, again.from),
    to: side(first.to, again.to),
  };
}

/** A place that tells one side only says nothing more where another place tells both sides of the same object. */
function withoutHalves(moves: readonly RecognisedMove[]): RecognisedMove[] {
  const whole = new Set(
    moves.filter(({ from, to }) => from !== null && to !== null).map(({ targetId }) => targetId),
  );
  return moves.filter(({ from, to, targetId }) => (from !== null && to !== null) || !whole.has(targetId));
}
