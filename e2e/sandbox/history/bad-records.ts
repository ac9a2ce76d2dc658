import { uuidOf } from '../world/chance.ts';
import { DAY, isoSeconds } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';

/** Something inside a page that no reader can make a record of. */
export type BadRecord = {
  readonly at: number;
  readonly id: string | null;
  readonly why: string;
  readonly text: string;
};

/** The first n unreadable records: always the same ones, in the same places of the history. */
export function badRecordsOf(world: World, count: number): BadRecord[] {
  return Array.from({ length: count }, (_, index) => make(world, index));
}

function make(world: World, index: number): BadRecord {
  const at = world.anchor - ((index * 13) % 88) * DAY - 6 * 3_600_000;
  const id = uuidOf(world.seed, `bad/${index}`);
  const sound = {
    id,
    serviceName: 'Routing',
    level: 'USER',
    eventDate: isoSeconds(at),
    action: 'Update',
    entity: { id },
    entityType: 'RoutingSkill',
    status: 'SUCCESS',
    propertyChanges: [],
    context: {},
  };
  const ways: [string, string | null, string][] = [
    ['not an object', null, '"just a text"'],
    ['no id', null, JSON.stringify({ ...sound, id: undefined })],
    ['absurd date', id, JSON.stringify({ ...sound, eventDate: '0001-99-99T99:99:99Z' })],
    ['lone surrogate', id, JSON.stringify({ ...sound, entity: { id, name: 'half \ud83d pair' } })],
    [
      'wrong types',
      id,
      JSON.stringify({ ...sound, propertyChanges: 'none', remoteIp: 7, eventDate: 20_260_301 }),
    ],
    ['null', null, 'null'],
  ];
  const [why, known, text] = ways[index % ways.length] ?? ways[0]!;
  return { at, id: known, why, text };
}
