import { divisionId, userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { cycle, uuidOf } from '../../world/chance.ts';
import { ago, SECOND } from '../../world/clock.ts';
import { SKILLS } from '../../world/names.ts';
import { automation, person, platform } from '../actors.ts';
import type { Stage } from '../scene.ts';
import type { Move } from './moves.ts';

/**
 * Changes that belong together, with every child that is directly in it: a cascade, a bulk task, a burst too short for one, or
 * a cascade of which only the platform's related query knows.
 */
export type Group = {
  readonly kind: 'cascade' | 'bulk' | 'not_bulk' | 'related';
  readonly id: string;
  readonly actorId: string | null;
  readonly auditIds: readonly string[];
  readonly note: string;
  /** The bulk task this cascade is nested in. */
  readonly parent?: string;
  /** Records that share its mark and do not belong to it. */
  readonly outside?: readonly string[];
};

export const CASCADE_EVENTS = 1_400;
export const BULK_EDITS = 1_000;

/** The large cascade, the large bulk run with a trunk deletion inside, and bursts on either side of the limit of twenty. */
export function plantSessions(stage: Stage): { groups: Group[]; moves: Move[] } {
  const cascade = plantCascade(stage);
  const groups = [cascade.group, plantBulkRun(stage)];
  groups.push(plantBurst(stage, { count: 25, name: 'Molly Carver', daysAgo: 17, kind: 'bulk' }));
  groups.push(plantBurst(stage, { count: 19, name: 'Tom Ashworth', daysAgo: 16, kind: 'not_bulk' }));
  groups.push(...plantInterleaved(stage));
  return { groups, moves: [cascade.move] };
}

/** An edge group moves division: 1 initiator, 19 more by the same person, 1,380 by the platform, one transaction. */
function plantCascade({ world, planter, desk }: Stage): { group: Group; move: Move } {
  const at = ago(world.anchor, 26, '03:30:00');
  const actor = person(world, 'Tobias Lindqvist');
  const transactionId = uuidOf(world.seed, 'cascade/edge-group');
  const [from, to] = [divisionId(world, 'EMEA Support'), divisionId(world, 'US Support')];
  const edgeGroup = { id: uuidOf(world.seed, 'edge-group/EMEA Edges'), name: 'EMEA Edges' };
  // A ticket that names no object: it covers the children as well.
  const reason = desk.jiraShared(at);
  const change = [{ property: 'divisionId', oldValues: [from], newValues: [to] }];
  const first = planter.change(
    {
      key: 'cascade',
      at,
      actor,
      service: 'Telephony',
      action: 'Update',
      target: { entityType: 'EdgeGroup', ...edgeGroup },
      changes: change,
      initiating: transactionId,
      initiator: true,
      marks: ['cascade:edge-group', 'division-move'],
    },
    reason,
    'context',
  );
  const auditIds = [first.record.id];
  for (let index = 1; index < CASCADE_EVENTS; index += 1) {
    const entityType = index % 20 === 0 ? 'Trunk' : index % 3 === 0 ? 'Line' : 'Phone';
    const name = `${entityType} ${String(index).padStart(4, '0')}`;
    const event = {
      key: 'cascade',
      at: at + Math.floor(index / 7) * SECOND,
      service: 'Telephony',
      action: 'Update',
      target: { entityType, id: uuidOf(world.seed, `cascade/${index}`), name },
      initiating: transactionId,
      marks: ['cascade:edge-group'],
    };
    const byPerson = index % 73 === 0;
    const planted = byPerson
      ? planter.change(
          {
            ...event,
            actor,
            changes: [{ property: 'edgeGroupId', oldValues: [edgeGroup.id], newValues: [edgeGroup.id] }],
          },
          reason,
          'context',
        )
      : planter.platform({
          ...event,
          actor: platform(),
          changes: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
        });
    auditIds.push(planted.record.id);
  }
  const move: Move = {
    auditId: first.record.id,
    at,
    actorId: actor.id,
    viaClientId: null,
    targetType: 'EdgeGroup',
    targetId: edgeGroup.id,
    targetName: edgeGroup.name,
    fromDivisionId: from,
    toDivisionId: to,
    fromName: 'EMEA Support',
    toName: 'US Support',
    clientIp: actor.ips[0] ?? null,
    outsideAllowList: false,
    selfMove: false,
    linkage: reason.linkage,
  };
  return {
    group: {
      kind: 'cascade',
      id: transactionId,
      actorId: actor.id,
      auditIds,
      note: 'edge group moved; phones, lines and trunks follow',
    },
    move,
  };
}

/** A service account edits 999 skill assignments within six minutes under a standing order, and deletes one trunk without. */
function plantBulkRun({ world, planter, desk }: Stage): Group {
  const actor = automation(world, 'script');
  const start = ago(world.anchor, 30, '21:44:50');
  const reason = desk.standingOrder('OPS-2');
  const auditIds: string[] = [];
  for (let index = 0; index < BULK_EDITS; index += 1) {
    const at = start + Math.floor(index / 3) * SECOND;
    if (index === 417) {
      const trunk = { id: uuidOf(world.seed, 'trunk/SBC-Legacy'), name: 'SBC-Legacy' };
      auditIds.push(
        planter.change(
          {
            key: 'bulk-run',
            at,
            actor,
            service: 'Telephony',
            action: 'Delete',
            target: { entityType: 'Trunk', ...trunk },
            changes: [{ property: 'state', oldValues: ['active'], newValues: ['deleted'] }],
            marks: ['bulk:skills', 'trunk-deletion', 'high-risk'],
          },
          desk.none(),
        ).record.id,
      );
      continue;
    }
    const user = agentName(index % 90);
    const skill = cycle(SKILLS, index);
    const changes = [
      {
        property: 'routingSkills',
        oldValues: [],
        newValues: [
          JSON.stringify({ skillId: uuidOf(world.seed, `skill/${skill}`), proficiency: 1 + (index % 5) }),
        ],
      },
    ];
    auditIds.push(
      planter.change(
        {
          key: 'bulk-run',
          at,
          actor,
          service: 'ContactCenter',
          action: 'Update',
          target: { entityType: 'AgentRoutingInfo', id: userId(world, user), name: '', nameAtEvent: user },
          changes,
          marks: ['bulk:skills'],
        },
        reason,
        'context',
      ).record.id,
    );
  }
  return {
    kind: 'bulk',
    id: 'bulk:skills',
    actorId: actor.id,
    auditIds,
    note: '999 skill edits and one trunk deletion by one service account',
  };
}

/** Changes by one person forty seconds apart across several minute borders. */
function plantBurst(
  { world, planter, desk }: Stage,
  burst: { count: number; name: string; daysAgo: number; kind: 'bulk' | 'not_bulk' },
): Group {
  const actor = person(world, burst.name);
  const start = ago(world.anchor, burst.daysAgo, '02:00:50');
  const auditIds: string[] = [];
  for (let index = 0; index < burst.count; index += 1) {
    const at = start + index * 40 * SECOND;
    const user = agentName(index + 10);
    const target = { entityType: 'AgentRoutingInfo', id: userId(world, user), name: '', nameAtEvent: user };
    const reason = index % 4 === 3 ? desk.none() : desk.standingOrder('OPS-3');
    auditIds.push(
      planter.change(
        {
          key: 'burst',
          at,
          actor,
          service: 'ContactCenter',
          action: 'Update',
          target,
          changes: [{ property: 'utilization', oldValues: ['1'], newValues: ['2'] }],
          marks: [`burst:${burst.count}`],
        },
        reason,
        'context',
      ).record.id,
    );
  }
  return {
    kind: burst.kind,
    id: `burst:${burst.count}`,
    actorId: actor.id,
    auditIds,
    note: `${burst.count} changes by one person, 40 s apart`,
  };
}

/** Two people at work in the same minutes: two bulk tasks, never one. */
function plantInterleaved({ world, planter, desk }: Stage): Group[] {
  return ['Tobias Lindqvist', 'Molly Carver'].map((name, which): Group => {
    const actor = person(world, name);
    const auditIds: string[] = [];
    for (let index = 0; index < 22; index += 1) {
      const at = ago(world.anchor, 7, '04:10:00') + index * 30 * SECOND + which * 11 * SECOND;
      const skill = cycle(SKILLS, index);
      auditIds.push(
        planter.change(
          {
            key: 'interleaved',
            at,
            actor,
            service: 'Routing',
            action: 'Update',
            target: { entityType: 'RoutingSkill', id: uuidOf(world.seed, `skill/${skill}`), name: skill },
            marks: [`interleaved:${which}`],
          },
          desk.standingOrder('OPS-3'),
        ).record.id,
      );
    }
    return {
      kind: 'bulk',
      id: `interleaved:${which}`,
      actorId: actor.id,
      auditIds,
      note: '22 changes by one of two people at work in the same minutes',
    };
  });
}
