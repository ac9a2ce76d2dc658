import { userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { uuidOf } from '../../world/chance.ts';
import { ago, MINUTE, SECOND } from '../../world/clock.ts';
import { type Actor, person, platform } from '../actors.ts';
import type { Event } from '../planter.ts';
import type { Stage } from '../scene.ts';
import type { Group } from './sessions.ts';

/** Two bulk tasks that are one as soon as a single record between them is known. */
export type JoinedBursts = {
  readonly groupId: string;
  readonly bridge: string;
  readonly before: readonly (readonly string[])[];
};

const STEP = 40 * SECOND;

/** Groups at the edges of the rule: over midnight, joined by one record, with outsiders, nested, and known to one query only. */
export function plantOddSessions(stage: Stage): { groups: Group[]; joined: JoinedBursts } {
  const joined = plantJoined(stage);
  return {
    groups: [
      plantMidnight(stage),
      joined.group,
      ...plantNested(stage),
      plantCorrelation(stage),
      plantRelatedOnly(stage),
    ],
    joined: joined.joined,
  };
}

function edit(stage: Stage, parts: { actor: Actor; at: number; n: number; mark: string }): string {
  const { planter, desk, world } = stage;
  const user = agentName(parts.n % 90);
  return planter.change(
    {
      key: 'odd-burst',
      at: parts.at,
      actor: parts.actor,
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'AgentRoutingInfo', id: userId(world, user), name: '', nameAtEvent: user },
      changes: [{ property: 'utilization', oldValues: ['1'], newValues: ['2'] }],
      marks: [parts.mark],
    },
    desk.standingOrder('OPS-3'),
    'context',
  ).record.id;
}

/** Twenty-four changes from eight minutes before midnight on: neither the hour nor the day parts them. */
function plantMidnight(stage: Stage): Group {
  const actor = person(stage.world, 'Wanda Pryce');
  const start = ago(stage.world.anchor, 15, '23:52:00');
  const auditIds = Array.from({ length: 24 }, (_, n) =>
    edit(stage, { actor, at: start + n * STEP, n, mark: 'burst:midnight' }),
  );
  return {
    kind: 'bulk',
    id: 'burst:midnight',
    actorId: actor.id,
    auditIds,
    note: '24 changes over midnight',
  };
}

/** Twenty-one changes, one more fifty seconds later, and twenty-one more fifty seconds after that. */
function plantJoined(stage: Stage): { group: Group; joined: JoinedBursts } {
  const actor = person(stage.world, 'Tom Ashworth');
  const start = ago(stage.world.anchor, 4, '02:10:00');
  const mark = 'burst:joined';
  const run = (from: number, offset: number): string[] =>
    Array.from({ length: 21 }, (_, n) =>
      edit(stage, { actor, at: from + n * 20 * SECOND, n: n + offset, mark }),
    );
  const first = run(start, 0);
  const bridge = edit(stage, { actor, at: start + 450 * SECOND, n: 21, mark });
  const second = run(start + 500 * SECOND, 22);
  return {
    group: {
      kind: 'bulk',
      id: mark,
      actorId: actor.id,
      auditIds: [...first, bridge, ...second],
      note: '43 changes that one record in their middle holds together',
    },
    joined: { groupId: mark, bridge, before: [first, second] },
  };
}

/** A cascade in the middle of a burst by one person: one step of it. */
function plantNested(stage: Stage): Group[] {
  const { world, planter, desk } = stage;
  const actor = person(world, 'Molly Carver');
  const start = ago(world.anchor, 13, '03:00:00');
  const bulk: string[] = [];
  const cascade: string[] = [];
  const transaction = uuidOf(world.seed, 'cascade/nested');
  const event = (at: number, n: number): Event => ({
    key: 'nested',
    at,
    actor,
    service: 'Telephony',
    action: 'Update',
    target: { entityType: 'Phone', id: uuidOf(world.seed, `nested/${n}`), name: `Desk phone ${n}` },
    changes: [{ property: 'siteId', oldValues: ['a'], newValues: ['b'] }],
    initiating: transaction,
    marks: ['cascade:nested'],
  });
  for (let step = 0; step < 24; step += 1) {
    const at = start + step * 30 * SECOND;
    if (step !== 10) {
      bulk.push(edit(stage, { actor, at, n: step, mark: 'burst:nested' }));
      continue;
    }
    const site = { entityType: 'Site', id: uuidOf(world.seed, 'site/Dallas'), name: 'Dallas' };
    const reason = desk.standingOrder('OPS-3');
    const first = planter.change({ ...event(at, 0), target: site, initiator: true }, reason, 'context');
    cascade.push(first.record.id);
    for (let n = 1; n <= 10; n += 1) {
      const later = event(at + n * SECOND, n);
      const planted =
        n % 5 === 0
          ? planter.change(later, reason, 'context')
          : planter.platform({ ...later, actor: platform() });
      cascade.push(planted.record.id);
    }
  }
  return [
    {
      kind: 'bulk',
      id: 'burst:nested',
      actorId: actor.id,
      auditIds: bulk,
      note: '23 changes and a cascade between them, all by one person',
    },
    {
      kind: 'cascade',
      id: transaction,
      actorId: actor.id,
      auditIds: cascade,
      note: 'a site and its phones, in the middle of a burst',
      parent: 'burst:nested',
    },
  ];
}

/** One correlation id: the platform's records join, another person's does not, nor does one that comes half an hour later. */
function plantCorrelation({ world, planter, desk }: Stage): Group {
  const actor = person(world, 'Tobias Lindqvist');
  const start = ago(world.anchor, 19, '03:40:00');
  const correlationId = uuidOf(world.seed, 'correlation/site');
  const event = (at: number, n: number): Event => ({
    key: 'correlation',
    at,
    actor,
    service: 'Telephony',
    action: 'Update',
    target: { entityType: 'Phone', id: uuidOf(world.seed, `correlation/${n}`), name: `Lobby phone ${n}` },
    changes: [{ property: 'siteId', oldValues: ['a'], newValues: ['b'] }],
    context: { correlationId },
    marks: ['cascade:correlation'],
  });
  const site = { entityType: 'Site', id: uuidOf(world.seed, 'site/Madrid'), name: 'Madrid' };
  const first = planter.change({ ...event(start, 0), target: site }, desk.standingOrder('OPS-3'), 'context');
  const joining = Array.from({ length: 6 }, (_, n) =>
    planter.platform({ ...event(start + (n + 1) * MINUTE, n + 1), actor: platform() }),
  );
  const own = planter.change(event(start + 7 * MINUTE, 7));
  const others = planter.change({
    ...event(start + 3 * MINUTE + SECOND, 8),
    actor: person(world, 'Molly Carver'),
    marks: ['cascade:correlation', 'of-another-person'],
  });
  const late = planter.change({
    ...event(start + 37 * MINUTE, 9),
    marks: ['cascade:correlation', 'too-late'],
  });
  return {
    kind: 'cascade',
    id: correlationId,
    actorId: actor.id,
    auditIds: [first, ...joining, own].map((planted) => planted.record.id),
    note: 'a site and its phones under one correlation id',
    outside: [others.record.id, late.record.id],
  };
}

/** A site is deleted and its phones follow; nothing in the records says so, only the related query. */
function plantRelatedOnly({ world, planter }: Stage): Group {
  const actor = person(world, 'Tobias Lindqvist');
  const at = ago(world.anchor, 8, '03:15:00');
  const site = { id: uuidOf(world.seed, 'site/Dublin'), name: 'Dublin' };
  const marks = ['related:site-dublin'];
  world.sites.set(site.id, at, null);
  const first = planter.change({
    key: 'related',
    at,
    actor,
    service: 'Telephony',
    action: 'Delete',
    target: { entityType: 'Site', ...site },
    marks,
  });
  const rest = Array.from({ length: 7 }, (_, n) =>
    planter.platform({
      key: 'related',
      at: at + (n + 1) * SECOND,
      actor: platform(),
      service: 'Telephony',
      action: 'Update',
      target: { entityType: 'Phone', id: uuidOf(world.seed, `related/${n}`), name: `Dublin phone ${n}` },
      changes: [{ property: 'siteId', oldValues: [site.id], newValues: [''] }],
      marks,
    }),
  );
  return {
    kind: 'related',
    id: 'related:site-dublin',
    actorId: actor.id,
    auditIds: [first, ...rest].map((planted) => planted.record.id),
    note: 'a site and its phones: only the related query knows',
  };
}
