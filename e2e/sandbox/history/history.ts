import type { Repository } from '../outside/repository.ts';
import { chanceOf } from '../world/chance.ts';
import type { NameChange } from '../world/changes-of-name.ts';
import type { World } from '../world/shapes.ts';
import { CitationDesk } from './citations.ts';
import { plantClaims } from './plant/claims.ts';
import { plantDeletions } from './plant/deletions.ts';
import { plantLifecycle, type ShortLived } from './plant/lifecycle.ts';
import { type Move, plantMoves } from './plant/moves.ts';
import { plantOutsiders, plantPlatformNoise, plantReads } from './plant/noise.ts';
import {
  type NotAMove,
  plantNotMoves,
  plantOddMoves,
  plantUnauditedMoves,
  type UnauditedMove,
} from './plant/odd-moves.ts';
import { type JoinedBursts, plantOddSessions } from './plant/odd-sessions.ts';
import { plantOddities } from './plant/oddities.ts';
import { plantBypasses, plantDeployment, plantHrSync, plantPipeline } from './plant/pipeline.ts';
import { plantRoutine } from './plant/routine.ts';
import { plantSelfGrants, type SelfGrant } from './plant/self-grants.ts';
import { type Group, plantSessions } from './plant/sessions.ts';
import { plantWindows } from './plant/windows.ts';
import { Planter } from './planter.ts';
import type { Planted } from './record.ts';
import type { Stage } from './scene.ts';

/** Ninety days of audit records with their labels, and what was planted on purpose. */
export type History = {
  readonly planted: Planted[];
  readonly desk: CitationDesk;
  readonly moves: readonly Move[];
  readonly notMoves: readonly NotAMove[];
  readonly unauditedMoves: readonly UnauditedMove[];
  readonly selfGrants: readonly SelfGrant[];
  readonly joinedBursts: readonly JoinedBursts[];
  readonly groups: readonly Group[];
  readonly shortLived: readonly ShortLived[];
};

/** Plants the whole history. The same seed gives the same ids and counts; the anchor only shifts the dates. */
export function plantHistory(
  world: World,
  parts: { repository: Repository; nameChanges: readonly NameChange[] },
): History {
  const planter = new Planter(world);
  const desk = new CitationDesk(world, parts.repository);
  const stage: Stage = { world, planter, desk, chance: chanceOf(`history/${world.seed}`) };
  const shortLived = plantLifecycle(stage, parts.nameChanges);
  const moves = plantMoves(stage);
  plantRoutine(stage);
  const pipelineGroups = plantPipeline(stage);
  plantHrSync(stage);
  plantBypasses(stage);
  const sessions = plantSessions(stage);
  plantPlatformNoise(stage);
  plantReads(stage);
  plantOutsiders(stage);
  plantOddities(stage);
  const selfGrants = plantSelfGrants(stage);
  const oddMoves = plantOddMoves(stage);
  const notMoves = plantNotMoves(stage);
  const unauditedMoves = plantUnauditedMoves(stage);
  const oddSessions = plantOddSessions(stage);
  plantWindows(stage);
  plantClaims(stage);
  plantDeployment(stage);
  plantDeletions(stage);
  const trios = planter.correlated.map(
    (trio): Group => ({ ...trio, kind: 'cascade', note: 'a group membership and its companions' }),
  );
  const planted = planter.planted.sort(byTime);
  for (const entry of planted) {
    if (entry.at >= world.anchor || entry.at < world.anchor - 90 * 86_400_000)
      throw new Error(`planted out of range: ${entry.label.marks.join(' ')} ${entry.record.eventDate}`);
  }
  return {
    planted,
    desk,
    moves: [...moves, ...sessions.moves, ...oddMoves],
    notMoves,
    unauditedMoves,
    selfGrants,
    joinedBursts: [oddSessions.joined],
    groups: [...pipelineGroups, ...sessions.groups, ...oddSessions.groups, ...trios],
    shortLived,
  };
}

/** The order of the store: event time, then id. */
export function byTime(left: Planted, right: Planted): number {
  return left.at - right.at || (left.record.id < right.record.id ? -1 : 1);
}
