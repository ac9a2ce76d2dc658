import { type Actor, personFrom, platform } from '../../history/actors.ts';
import { OWN_CLIENT, ownClient } from '../../history/plant/self-grants.ts';
import type { PropertyChange } from '../../history/record.ts';
import { Refusal } from '../../http/exchange.ts';
import { divisionId, queueId, userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { cycle, uuidOf } from '../../world/chance.ts';
import type { World } from '../../world/shapes.ts';
import { actorOf, citation, type Live, text } from './scene.ts';

type Target = { readonly type: 'user' | 'queue' | 'flow'; readonly id: string; readonly name: string };

/** Where each kind is audited, and under which property its division stands. */
const SHAPES = {
  user: { service: 'Directory', entityType: 'User', property: 'divisionId' },
  queue: { service: 'ContactCenter', entityType: 'Queue', property: 'division.id' },
  flow: { service: 'Architect', entityType: 'Flow', property: 'divisionId' },
} as const;

/** Somebody moves a person; with `type` a queue or a flow, named by `target`. */
export function moveSomething(scene: Live): void {
  const { world } = scene.sandbox;
  const type = text(scene, 'type', 'user');
  const target: Target =
    type === 'queue'
      ? named(world, 'queue', text(scene, 'target', 'EMEA Support E-mail'))
      : type === 'flow'
        ? named(world, 'flow', text(scene, 'target', 'EMEA Support Inbound'))
        : named(world, 'user', text(scene, 'target', agentName(20 + (scene.n % 40))));
  move(scene, actorOf(scene, 'Priya Nair'), target, ['live']);
}

/** Somebody moves themselves, from an address nobody has seen them use. */
export function moveThemselves(scene: Live): void {
  const { world } = scene.sandbox;
  const name = text(scene, 'actor', 'Bruno Alves');
  move(scene, personFrom(world, name, '192.0.2.77'), named(world, 'user', name), ['self-move', 'live']);
}

/** The owner of an OAuth client moves themselves through it. */
export function moveThroughOwnClient(scene: Live): void {
  const { world } = scene.sandbox;
  const target = named(world, 'user', OWN_CLIENT.owner);
  move(scene, ownClient(world), target, ['self-move', 'own-client', 'live']);
}

function named(world: World, type: Target['type'], name: string): Target {
  const id =
    type === 'user'
      ? userId(world, name)
      : type === 'queue'
        ? queueId(world, name)
        : uuidOf(world.seed, `flow/${name}`);
  return { type, id, name };
}

function move(scene: Live, actor: Actor, target: Target, marks: string[]): void {
  const { world } = scene.sandbox;
  const { id, type } = target;
  const user = type === 'user' ? world.users.get(id, scene.at) : null;
  const object = user ?? (type === 'queue' ? world.queues : world.flows).get(id, scene.at);
  if (object === null) throw new Refusal(400, 'bad.request', `nothing is called ${target.name}`);
  const wanted = divisionId(
    world,
    text(
      scene,
      'division',
      cycle(['EMEA Restricted', 'US Sales', 'EMEA Support', 'US High Security'], scene.n),
    ),
  );
  const to = wanted === object.divisionId ? divisionId(world, 'US High Security') : wanted;
  const { service, entityType, property } = SHAPES[type];
  const changes: PropertyChange[] = [{ property, oldValues: [object.divisionId], newValues: [to] }];
  if (user === null) (type === 'queue' ? world.queues : world.flows).patch(id, scene.at, { divisionId: to });
  else {
    world.users.patch(id, scene.at, { divisionId: to, version: user.version + 1 });
    changes.unshift({
      property: 'version',
      oldValues: [String(user.version)],
      newValues: [String(user.version + 1)],
    });
  }
  const event = {
    key: 'live',
    at: scene.at,
    service,
    action: 'Update',
    target: { entityType, id, name: user === null ? object.name : '', nameAtEvent: object.name },
  };
  scene.planter.change({ ...event, actor, changes, marks }, citation(scene), 'context');
  scene.planter.platform({
    ...event,
    actor: platform(),
    changes: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
    marks: ['companion'],
  });
}
