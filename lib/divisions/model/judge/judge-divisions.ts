import type { Direction } from '../../contract';
import type { DivisionAt, SelfMoveBy } from '../recorded-move';

type Tagged = Pick<DivisionAt, 'region' | 'sensitivity' | 'rank'>;

/** Where the ranks lead; `not_evaluated` when one division has none. */
export function directionOf(from: Tagged, to: Tagged): Direction {
  if (from.rank === null || to.rank === null) return 'not_evaluated';
  if (to.rank > from.rank) return 'up';
  return to.rank < from.rank ? 'down' : 'sideways';
}

/** Whether a boundary between regions was crossed; null where one region is unknown. Source: design 5, boundary cross. */
export function crossesBoundary(from: Pick<Tagged, 'region'>, to: Pick<Tagged, 'region'>): boolean | null {
  if (from.region === null || to.region === null) return null;
  return wordOf(from.region) !== wordOf(to.region);
}

/** The same in words for a person. */
export function boundaryBecause(
  from: Pick<DivisionAt, 'region' | 'name' | 'id'>,
  to: Pick<DivisionAt, 'region' | 'name' | 'id'>,
): string {
  const crosses = crossesBoundary(from, to);
  if (crosses === true) return `from region ${from.region} to region ${to.region}`;
  if (crosses === false) return `both divisions are in region ${to.region}`;
  const untagged = [from, to].filter((side) => side.region === null);
  const names = untagged.map((side) => side.name ?? side.id ?? 'an unknown division');
  return `not evaluated: no region was set for ${[...new Set(names)].join(' and ')} at that time`;
}

/** Whether the division moved into is restricted or high security; null where it has no tag. */
export function isRestricted(to: Pick<Tagged, 'sensitivity'>): boolean | null {
  return to.sensitivity === null ? null : to.sensitivity !== 'normal';
}

/**
 * How a person moved themselves: by their own hand, or through an OAuth client they own. Null for everything else, a move by
 * nobody included.
 */
export function selfMoveBy(move: {
  readonly targetId: string;
  readonly actorId: string | null;
  readonly userId: string | null;
  /** Who made the client through which it was done. */
  readonly clientOwnerId: string | null;
}): SelfMoveBy | null {
  const target = move.targetId.toLowerCase();
  const is = (id: string | null) => id !== null && id !== '' && id.toLowerCase() === target;
  if (is(move.userId) || is(move.actorId)) return 'direct';
  // A client with a user of its own acts for that user; then only that user counts.
  return move.userId === null && is(move.clientOwnerId) ? 'own_client' : null;
}

function wordOf(region: string): string {
  return region.trim().toLowerCase();
}
