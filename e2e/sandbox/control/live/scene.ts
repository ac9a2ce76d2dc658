import { type Actor, automation, person } from '../../history/actors.ts';
import { type Event, NO_CITATION, type Planter } from '../../history/planter.ts';
import type { Sandbox } from '../../sandbox.ts';

/** One act about to be performed: when, on what, and what was asked for. */
export type Live = {
  readonly sandbox: Sandbox;
  readonly planter: Planter;
  readonly at: number;
  readonly body: Record<string, unknown>;
  readonly n: number;
};

/** A change by the asked actor, with the asked citation. */
export function change(
  scene: Live,
  event: Omit<Event, 'key' | 'at' | 'actor'> & Partial<Pick<Event, 'at' | 'actor'>>,
): void {
  scene.planter.change(
    { key: 'live', at: scene.at, actor: actorOf(scene, 'Marek Kowalczyk'), ...event },
    citation(scene),
    'context',
  );
}

/** Random acts mostly cite the standing order OPS-3; what a test performs cites only what it says, and is then linked only by `linkage`. */
export function citation(scene: Live) {
  if (typeof scene.body.cite === 'string')
    return {
      text: scene.body.cite,
      linkage: scene.body.linkage === 'linked' ? ('linked' as const) : ('mismatch' as const),
      citations: [scene.body.cite],
    };
  const isRandom = (scene.body.kind ?? 'random') === 'random';
  return isRandom && scene.n % 4 !== 0
    ? { text: 'Standing order OPS-3', linkage: 'linked' as const, citations: ['OPS-3'] }
    : NO_CITATION;
}

/** The person named by `actor`; `pipeline` is the CX as Code client. */
export function actorOf(scene: Live, otherwise: string): Actor {
  const name = text(scene, 'actor', otherwise);
  return name === 'pipeline'
    ? automation(scene.sandbox.world, 'terraform')
    : person(scene.sandbox.world, name);
}

/** A text of the body. */
export function text(scene: Live, field: string, otherwise: string): string {
  const value = scene.body[field];
  return typeof value === 'string' ? value : otherwise;
}

/** A whole number of the body, within bounds. */
export function count(scene: Live, otherwise: number): number {
  const value = Number(scene.body.count ?? otherwise);
  return Number.isInteger(value) && value > 0 && value <= 5_000 ? value : otherwise;
}
