import type { Chance } from '../world/chance.ts';
import type { World } from '../world/shapes.ts';
import type { Actor } from './actors.ts';
import type { CitationDesk } from './citations.ts';
import type { Citation, Place, Planter } from './planter.ts';

/** What a planned change shall come to; `none` cites nothing. */
export type Outcome = 'jira' | 'naming' | 'chg' | 'late' | 'outside' | 'mismatch' | 'none';

/** The desks every planting function works with. */
export type Stage = {
  readonly world: World;
  readonly planter: Planter;
  readonly desk: CitationDesk;
  readonly chance: Chance;
};

/** One change about to be made: when, by whom, and what it shall come to. */
export type Scene = Stage & {
  readonly at: number;
  readonly actor: Actor;
  readonly n: number;
  readonly outcome: Outcome;
};

export type Named = { readonly id: string; readonly name: string };

const PLACES: readonly Place[] = ['description', 'context', 'message', 'notes', 'comment'];

/** Asks the desk for the citation that makes the outcome true for this target. */
export function cite(scene: Scene, target: Named, other: Named): Citation {
  const { desk, at } = scene;
  if (scene.outcome === 'jira') return desk.jiraShared(at);
  if (scene.outcome === 'naming') return desk.jiraNaming(at, target);
  if (scene.outcome === 'chg') return desk.chgInside(at, target);
  if (scene.outcome === 'late') return desk.late(at);
  if (scene.outcome === 'outside') return desk.outside(at);
  if (scene.outcome === 'mismatch') return desk.mismatch(at, target, other);
  return desk.none();
}

/** Where this change writes its citation: each place in turn. */
export function placeOf(scene: Scene): Place {
  return PLACES[scene.n % PLACES.length] ?? 'context';
}

/** An object alive at the instant, and another one of its kind. */
export function pair<T extends Named>(scene: Scene, all: readonly T[]): { target: T; other: T } {
  const sorted = [...all].sort((left, right) => (left.id < right.id ? -1 : 1));
  const index = scene.chance.int(0, sorted.length - 1);
  const target = sorted[index];
  const other = sorted[(index + 1) % sorted.length];
  if (target === undefined || other === undefined) throw new Error('cannot pair objects of an empty kind');
  return { target, other };
}
