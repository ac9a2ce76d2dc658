import { divisionId, queueId, userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { cycle, uuidOf } from '../../world/chance.ts';
import { ago, SECOND } from '../../world/clock.ts';
import { type Actor, automation, person, personFrom, platform, trustee } from '../actors.ts';
import type { Linkage } from '../record.ts';
import type { Outcome, Stage } from '../scene.ts';
import { cite } from '../scene.ts';

/** A planted division move, with the names of that moment. */
export type Move = {
  readonly auditId: string;
  readonly at: number;
  readonly actorId: string | null;
  /** The OAuth client the act went through, its own or a person's; null at the user interface. */
  readonly viaClientId: string | null;
  readonly targetType: 'User' | 'Queue' | 'Flow' | 'EdgeGroup';
  readonly targetId: string;
  readonly targetName: string;
  readonly fromDivisionId: string;
  readonly toDivisionId: string;
  readonly fromName: string;
  readonly toName: string;
  readonly clientIp: string | null;
  /** From an address that the policy's list does not hold. */
  readonly outsideAllowList: boolean;
  readonly selfMove: boolean;
  readonly linkage: Linkage;
};

type Plan = {
  at: number;
  actor: Actor;
  type: 'User' | 'Queue' | 'Flow';
  id: string;
  to: string;
  outcome: Outcome;
  marks?: string[];
  outsideAllowList?: boolean;
};

const TOUR = ['EMEA Support', 'US Sales', 'EMEA Sales', 'US Support', 'EMEA Restricted', 'US High Security'];
const MOVERS = ['Marek Kowalczyk', 'Priya Nair', 'Dana Whitfield', 'Hamza Qureshi'];
const OUTCOMES: readonly Outcome[] = [
  'jira',
  'chg',
  'none',
  'naming',
  'late',
  'jira',
  'mismatch',
  'chg',
  'jira',
  'outside',
];

/** Every move of the history, made in the order of time so that each starts where the one before ended. */
export function plantMoves(stage: Stage): Move[] {
  return planMoves(stage)
    .sort((left, right) => left.at - right.at)
    .map((plan, n) => plantMove(stage, plan, n));
}

function planMoves({ world }: Stage): Plan[] {
  const { anchor } = world;
  const plans: Plan[] = [];
  for (let n = 0; n < 40; n += 1) {
    const at = ago(anchor, 87 - n * 2, '06:12:00') + n * 7 * SECOND;
    plans.push({
      at,
      actor: person(world, cycle(MOVERS, n)),
      type: 'User',
      id: userId(world, agentName(n + 3)),
      to: cycle(TOUR, n),
      outcome: cycle(OUTCOMES, n),
    });
  }
  const queueMoves: [number, string, string, Outcome][] = [
    [70, 'EMEA Technical Desk', 'EMEA Restricted', 'chg'],
    [52, 'US Renewals', 'US Support', 'jira'],
    [31, 'EMEA Support E-mail', 'US Support', 'none'],
    [14, 'US Technical Desk', 'US High Security', 'late'],
  ];
  for (const [days, queue, to, outcome] of queueMoves)
    plans.push({
      at: ago(anchor, days, '19:31:00'),
      actor: person(world, 'Priya Nair'),
      type: 'Queue',
      id: queueId(world, queue),
      to,
      outcome,
    });
  plans.push({
    at: ago(anchor, 20, '16:39:00'),
    actor: person(world, 'Dana Whitfield'),
    type: 'Queue',
    id: queueId(world, 'Partner Hotline'),
    to: 'Home',
    outcome: 'naming',
    marks: ['out-of-a-division-deleted-later'],
  });
  plans.push({
    at: ago(anchor, 44, '19:40:00'),
    actor: person(world, 'Mei Tanaka'),
    type: 'Flow',
    id: uuidOf(world.seed, 'flow/EMEA Chat Entry'),
    to: 'EMEA Sales',
    outcome: 'jira',
  });
  plans.push({
    at: ago(anchor, 18, '19:40:00'),
    actor: person(world, 'Mei Tanaka'),
    type: 'Flow',
    id: uuidOf(world.seed, 'flow/Private Clients Inbound'),
    to: 'EMEA Support',
    outcome: 'none',
  });
  // Self-moves: upwards into a ranked division, sideways, and one that was even approved.
  plans.push({
    at: ago(anchor, 38, '22:14:05'),
    actor: personFrom(world, 'Luis Ortega', '192.0.2.201'),
    type: 'User',
    id: userId(world, 'Luis Ortega'),
    to: 'EMEA Restricted',
    outcome: 'none',
    marks: ['self-move', 'new-address'],
    outsideAllowList: true,
  });
  plans.push({
    at: ago(anchor, 22, '05:03:44'),
    actor: person(world, 'Andre Jackson'),
    type: 'User',
    id: userId(world, 'Andre Jackson'),
    to: 'US Support',
    outcome: 'none',
    marks: ['self-move'],
  });
  plans.push({
    at: ago(anchor, 5, '05:44:10'),
    actor: person(world, 'Marek Kowalczyk'),
    type: 'User',
    id: userId(world, 'Marek Kowalczyk'),
    to: 'US High Security',
    outcome: 'jira',
    marks: ['self-move'],
  });
  plans.push({
    at: ago(anchor, 11, '05:20:00'),
    actor: trustee(world),
    type: 'User',
    id: userId(world, agentName(50)),
    to: 'EMEA Restricted',
    outcome: 'none',
    marks: ['trustee'],
    outsideAllowList: true,
  });
  plans.push({
    at: ago(anchor, 8, '04:20:00'),
    actor: automation(world, 'scim'),
    type: 'User',
    id: userId(world, agentName(51)),
    to: 'US Sales',
    outcome: 'none',
    marks: ['unknown-script'],
  });
  return plans;
}

function plantMove(stage: Stage, plan: Plan, n: number): Move {
  const { world, planter } = stage;
  const kind = plan.type === 'User' ? world.users : plan.type === 'Queue' ? world.queues : world.flows;
  const object = kind.get(plan.id, plan.at);
  if (object === null) throw new Error(`cannot move ${plan.id}: it does not exist then`);
  const from = object.divisionId;
  // A tour may point at where someone already is; then the next division but one.
  const wanted = divisionId(world, plan.to);
  const to =
    wanted === from ? divisionId(world, plan.to === 'US Support' ? 'EMEA Support' : 'US Support') : wanted;
  kind.patch(plan.id, plan.at, { divisionId: to });
  const service = plan.type === 'User' ? 'Directory' : plan.type === 'Queue' ? 'ContactCenter' : 'Architect';
  const property = plan.type === 'Queue' ? 'division.id' : 'divisionId';
  const changes = [{ property, oldValues: [from], newValues: [to] }];
  if (plan.type === 'User')
    changes.unshift({ property: 'version', oldValues: [String(20 + n)], newValues: [String(21 + n)] });
  const selfMove = plan.actor.id === plan.id;
  const target = {
    entityType: plan.type,
    id: plan.id,
    name: plan.type === 'User' ? '' : object.name,
    nameAtEvent: object.name,
  };
  const reason = cite(
    { ...stage, at: plan.at, actor: plan.actor, n, outcome: plan.outcome },
    { id: plan.id, name: object.name },
    { id: uuidOf(world.seed, 'move/other'), name: 'another object' },
  );
  const planted = planter.change(
    {
      key: 'division-move',
      at: plan.at,
      actor: plan.actor,
      service,
      action: 'Update',
      target,
      changes,
      marks: plan.marks ?? [],
    },
    reason,
    'context',
  );
  const bump = [{ property: 'version', oldValues: [String(21 + n)], newValues: [String(22 + n)] }];
  planter.platform({
    key: 'division-move',
    at: plan.at + SECOND,
    actor: platform(),
    service,
    action: 'Update',
    target,
    changes: bump,
    marks: ['companion'],
  });
  return {
    auditId: planted.record.id,
    at: planted.at,
    actorId: plan.actor.id,
    viaClientId: plan.actor.clientId === '' ? null : plan.actor.clientId,
    targetType: plan.type,
    targetId: plan.id,
    targetName: object.name,
    fromDivisionId: from,
    toDivisionId: to,
    fromName: world.divisions.last(from, plan.at)?.name ?? '',
    toName: world.divisions.last(to, plan.at)?.name ?? '',
    clientIp: plan.actor.ips[0] ?? null,
    outsideAllowList: plan.outsideAllowList ?? false,
    selfMove,
    linkage: reason.linkage,
  };
}
