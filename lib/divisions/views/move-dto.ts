import { toIso } from '@/lib/kernel/instant';
import type { MoveDto, MoveSide } from '../contract';
import { boundaryBecause } from '../model/judge/judge-divisions';
import { reviewStateOf } from '../model/judge/review';
import { moveSentence } from '../model/move-sentence';
import type { DivisionAt } from '../model/recorded-move';
import type { ListedMove } from '../store/list-moves';

/** Divisions as they are called today, by id, with their state. */
export type DivisionsNow = ReadonlyMap<string, { readonly name: string | null; readonly state: string }>;

/** A move as lists and the API show it. */
export function moveDto(
  listed: ListedMove,
  world: { readonly divisions: DivisionsNow; readonly now: Date },
): MoveDto {
  const { move, review } = listed;
  const { actor, target } = move;
  return {
    id: move.id,
    orgId: move.orgId,
    timestamp: toIso(move.at),
    within: move.within === null ? null : { from: toIso(move.within.from), to: toIso(move.within.to) },
    source: move.source,
    provisional: move.provisional,
    sentence: moveSentence(move),
    adminUser: actor.name ?? actor.id,
    actor,
    client: move.client,
    targetResource: target,
    sourceDivisionName: move.from.name,
    targetDivisionName: move.to.name,
    sourceDivision: sideDto(move.from, world.divisions),
    targetDivision: sideDto(move.to, world.divisions),
    clientIp: move.clientIp,
    addressFlags: move.addressFlags,
    addressNotEvaluated: move.addressNotEvaluated,
    selfMove: move.selfMove,
    selfMoveBy: move.selfMoveBy,
    direction: move.direction,
    boundaryCross: move.boundaryCross,
    boundaryBecause: boundaryBecause(move.from, move.to),
    restricted: move.restricted,
    risk: move.risk,
    review: {
      state: reviewStateOf({ dueAt: move.reviewDueAt, outcome: review?.outcome ?? null }, world.now),
      dueAt: move.reviewDueAt === null ? null : toIso(move.reviewDueAt),
      decidedAt: review === null ? null : toIso(review.decidedAt),
      reviewer: review?.reviewer ?? null,
      comment: review?.comment ?? null,
    },
    linkage: move.linkage,
    why: listed.why,
    changeId: move.changeId,
    sessionId: move.sessionId,
  };
}

function sideDto(side: DivisionAt, divisions: DivisionsNow): MoveSide {
  const today = side.id === null ? undefined : divisions.get(side.id);
  const deleted = today?.state === 'deleted';
  return {
    id: side.id ?? '',
    name: side.name,
    nameFrom: side.nameFrom,
    nameKnownFrom: side.nameKnownFrom === null ? null : toIso(side.nameKnownFrom),
    region: side.region,
    sensitivity: side.sensitivity,
    rank: side.rank,
    since: {
      renamedTo: !deleted && today?.name != null && today.name !== side.name ? today.name : null,
      deleted,
    },
  };
}
