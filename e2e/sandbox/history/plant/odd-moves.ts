import { CLIENTS } from '../../world/access.ts';
import { divisionId, queueId, userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { uuidOf } from '../../world/chance.ts';
import { ago, SECOND } from '../../world/clock.ts';
import type { World } from '../../world/shapes.ts';
import { type Actor, person, personFrom, platform } from '../actors.ts';
import { NO_CITATION } from '../planter.ts';
import type { PropertyChange } from '../record.ts';
import type { Stage } from '../scene.ts';
import type { Move } from './moves.ts';
import { OWN_CLIENT, ownClient } from './self-grants.ts';

/** A record that names a division and moves nothing. */
export type NotAMove = {
  readonly auditId: string;
  readonly why: 'same_division' | 'failed' | 'created';
};

/** An object whose division changed with no record of it: only comparing snapshots shows it. */
export type UnauditedMove = {
  readonly at: number;
  readonly targetType: 'User' | 'Queue' | 'Flow';
  readonly targetId: string;
  readonly targetName: string;
  readonly fromDivisionId: string;
  readonly toDivisionId: string;
  readonly fromName: string;
  readonly toName: string;
};

/** Moves in every encoding, by every way round, and from an address outside of the policy's list. */
export function plantOddMoves(stage: Stage): Move[] {
  const { world, planter } = stage;
  const desktop = CLIENTS.archy.id;
  return [
    plantMove(stage, {
      at: ago(world.anchor, 12, '04:41:07'),
      actor: ownClient(world),
      ...userOf(world, OWN_CLIENT.owner),
      to: 'US High Security',
      marks: ['self-move', 'own-client'],
      selfMove: true,
    }),
    // A person signed in through a client: the record names both, and the person is the actor.
    plantMove(stage, {
      at: ago(world.anchor, 27, '04:12:30'),
      actor: { ...person(world, 'Helene Dubois'), clientId: desktop },
      ...userOf(world, 'Helene Dubois'),
      to: 'EMEA Support',
      marks: ['self-move', 'through-a-client'],
      selfMove: true,
    }),
    plantMove(stage, {
      at: ago(world.anchor, 10, '02:33:51'),
      actor: personFrom(world, 'Marek Kowalczyk', '192.0.2.66'),
      ...userOf(world, agentName(43)),
      to: 'US Sales',
      marks: ['outside-allow-list'],
      outsideAllowList: true,
    }),
    plantMove(stage, {
      at: ago(world.anchor, 13, '19:36:00'),
      actor: person(world, 'Priya Nair'),
      ...queueOf(world, 'Card Disputes'),
      to: 'US Support',
      marks: ['division-as-json'],
      changes: (from, to) => [
        { property: 'division', oldValues: [JSON.stringify(from)], newValues: [JSON.stringify(to)] },
      ],
    }),
    plantMove(stage, {
      at: ago(world.anchor, 16, '19:33:00'),
      actor: person(world, 'Dana Whitfield'),
      ...userOf(world, agentName(44)),
      to: 'US High Security',
      action: 'ChangeDivision',
      marks: ['guide-shape'],
    }),
  ].map((move) => {
    planter.platform({
      key: 'odd-move',
      at: move.at + SECOND,
      actor: platform(),
      service: 'Directory',
      action: 'Update',
      target: { entityType: move.targetType, id: move.targetId, name: '', nameAtEvent: move.targetName },
      changes: [{ property: 'version', oldValues: ['30'], newValues: ['31'] }],
      marks: ['companion'],
    });
    return move;
  });
}

/** Records that name a division and move nothing: the same one twice, an attempt that was refused, a creation. */
export function plantNotMoves({ world, planter }: Stage): NotAMove[] {
  const [home, high] = [divisionId(world, 'Home'), divisionId(world, 'US High Security')];
  const stays = userOf(world, agentName(45));
  const division = world.users.get(stays.id, world.anchor)?.divisionId ?? home;
  const common = { key: 'not-a-move', service: 'Directory', action: 'Update' };
  const same = planter.change({
    ...common,
    at: ago(world.anchor, 14, '19:41:00'),
    actor: person(world, 'Dana Whitfield'),
    target: targetOf(stays),
    changes: [{ property: 'divisionId', oldValues: [division], newValues: [division] }],
    marks: ['same-division'],
  });
  const refused = userOf(world, 'Andre Jackson');
  const failed = planter.failure({
    ...common,
    at: ago(world.anchor, 6, '05:11:00'),
    actor: person(world, 'Andre Jackson'),
    target: targetOf(refused),
    changes: [
      {
        property: 'divisionId',
        oldValues: [world.users.get(refused.id, world.anchor)?.divisionId ?? home],
        newValues: [high],
      },
    ],
    marks: ['refused-move'],
  });
  const at = ago(world.anchor, 9, '19:47:00');
  const queue = queueOf(world, 'Winter Campaign');
  const sales = divisionId(world, 'US Sales');
  world.queues.set(queue.id, at, {
    id: queue.id,
    name: queue.name,
    divisionId: sales,
    description: '',
    memberIds: [],
    version: 1,
  });
  const created = planter.change({
    key: 'not-a-move',
    at,
    actor: person(world, 'Priya Nair'),
    service: 'ContactCenter',
    action: 'Create',
    target: { entityType: 'Queue', id: queue.id, name: queue.name },
    changes: [
      { property: 'name', newValues: [queue.name] },
      { property: 'divisionId', oldValues: [], newValues: [sales] },
    ],
    marks: ['created-in-a-division'],
  });
  return [
    { auditId: same.record.id, why: 'same_division' },
    { auditId: failed.record.id, why: 'failed' },
    { auditId: created.record.id, why: 'created' },
  ];
}

/** A queue, a flow and a person change division and nothing records it. */
export function plantUnauditedMoves({ world }: Stage): UnauditedMove[] {
  const plans: [number, string, Target, string][] = [
    [7, '15:20:00', queueOf(world, 'US Support Chat'), 'EMEA Support'],
    [
      5,
      '10:05:00',
      { type: 'Flow', id: uuidOf(world.seed, 'flow/US Chat Entry'), name: 'US Chat Entry' },
      'US Sales',
    ],
    [2, '09:44:00', userOf(world, agentName(47)), 'EMEA Sales'],
  ];
  return plans.map(([days, time, target, to]): UnauditedMove => {
    const at = ago(world.anchor, days, time);
    const timeline = timelineOf(world, target.type);
    const from = timeline.get(target.id, at)?.divisionId ?? '';
    const toDivisionId = divisionId(world, to);
    timeline.patch(target.id, at, { divisionId: toDivisionId });
    return {
      at,
      targetType: target.type,
      targetId: target.id,
      targetName: target.name,
      fromDivisionId: from,
      toDivisionId,
      fromName: world.divisions.last(from, at)?.name ?? '',
      toName: to,
    };
  });
}

type Target = { readonly type: 'User' | 'Queue' | 'Flow'; readonly id: string; readonly name: string };
type Named = { readonly id: string; readonly name: string };

type Plan = Target & {
  readonly at: number;
  readonly actor: Actor;
  readonly to: string;
  readonly marks: readonly string[];
  readonly action?: string;
  readonly selfMove?: boolean;
  readonly outsideAllowList?: boolean;
  readonly changes?: (from: Named, to: Named) => PropertyChange[];
};

function plantMove({ world, planter }: Stage, plan: Plan): Move {
  const timeline = timelineOf(world, plan.type);
  const fromDivisionId = timeline.get(plan.id, plan.at)?.divisionId ?? '';
  const toDivisionId = divisionId(world, plan.to);
  if (toDivisionId === fromDivisionId) throw new Error(`cannot move ${plan.name} to ${plan.to}: it is there`);
  timeline.patch(plan.id, plan.at, { divisionId: toDivisionId });
  const fromName = world.divisions.last(fromDivisionId, plan.at)?.name ?? '';
  const plain = [{ property: 'divisionId', oldValues: [fromDivisionId], newValues: [toDivisionId] }];
  const planted = planter.change(
    {
      key: 'odd-move',
      at: plan.at,
      actor: plan.actor,
      service: plan.type === 'User' ? 'Directory' : 'ContactCenter',
      action: plan.action ?? 'Update',
      target: targetOf(plan),
      changes:
        plan.changes?.({ id: fromDivisionId, name: fromName }, { id: toDivisionId, name: plan.to }) ?? plain,
      marks: ['division-move', ...plan.marks],
    },
    NO_CITATION,
  );
  return {
    auditId: planted.record.id,
    at: planted.at,
    actorId: plan.actor.id,
    viaClientId: plan.actor.clientId === '' ? null : plan.actor.clientId,
    targetType: plan.type,
    targetId: plan.id,
    targetName: plan.name,
    fromDivisionId,
    toDivisionId,
    fromName,
    toName: plan.to,
    clientIp: plan.actor.ips[0] ?? null,
    outsideAllowList: plan.outsideAllowList ?? false,
    selfMove: plan.selfMove ?? false,
    linkage: 'unlinked',
  };
}

function timelineOf(world: World, type: Target['type']) {
  return type === 'User' ? world.users : type === 'Queue' ? world.queues : world.flows;
}

function userOf(world: World, name: string): Target {
  return { type: 'User', id: userId(world, name), name };
}

function queueOf(world: World, name: string): Target {
  return { type: 'Queue', id: queueId(world, name), name };
}

/** A person's record carries no name. */
function targetOf(target: Target) {
  const { type, id, name } = target;
  return { entityType: type, id, name: type === 'User' ? '' : name, nameAtEvent: name };
}
