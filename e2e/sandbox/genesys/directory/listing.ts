import { type Answer, type Exchange, Refusal } from '../../http/exchange.ts';
import { directoryInstant, type Sandbox } from '../../sandbox.ts';
import type { Thing } from '../../world/shapes.ts';
import type { Timeline } from '../../world/timeline.ts';
import { pageOf } from '../paging.ts';

/** The object of that id alive now; 404 otherwise. */
export function held<T>(sandbox: Sandbox, kind: Timeline<T>, id: string | undefined): T {
  const value = kind.get(id ?? '', directoryInstant(sandbox));
  if (value === null) throw new Refusal(404, 'not.found', 'The requested resource was not found.');
  return value;
}

/** By name, then id: the order in which the platform lists. */
export function sorted<T extends { id: string; name: string }>(all: T[]): T[] {
  return all.sort((left, right) =>
    left.name < right.name || (left.name === right.name && left.id < right.id) ? -1 : 1,
  );
}

/** A list of objects of which only the name matters. */
export function things(sandbox: Sandbox, exchange: Exchange, kind: Timeline<Thing>, path: string): Answer {
  const all = sorted(kind.list(directoryInstant(sandbox)));
  return pageOf(
    exchange,
    all.map((thing) => ({
      id: thing.id,
      name: thing.name,
      ...(thing.state === undefined ? {} : { state: thing.state }),
      ...thing.body,
      selfUri: `/api/v2/${path}/${thing.id}`,
    })),
  );
}

/** A reference to a division, with the name of that instant. */
export function division(sandbox: Sandbox, id: string): Record<string, unknown> {
  return {
    id,
    name: sandbox.world.divisions.get(id, directoryInstant(sandbox))?.name ?? '',
    selfUri: `/api/v2/authorization/divisions/${id}`,
  };
}
