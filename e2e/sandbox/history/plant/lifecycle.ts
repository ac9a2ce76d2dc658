import { queueId, userId } from '../../world/build.ts';
import { uuidOf } from '../../world/chance.ts';
import type { NameChange } from '../../world/changes-of-name.ts';
import { ago, HOUR, MINUTE } from '../../world/clock.ts';
import { ODD_NAMES } from '../../world/names.ts';
import { person, platform } from '../actors.ts';
import type { Stage } from '../scene.ts';

/** An object that lived between two snapshots only. */
export type ShortLived = {
  readonly entityType: string;
  readonly id: string;
  readonly name: string | null;
  readonly resolvable: boolean;
};

/** The audit records that belong to renames and deletions, objects too short-lived for a snapshot, and odd names at work. */
export function plantLifecycle(stage: Stage, nameChanges: readonly NameChange[]): ShortLived[] {
  plantNameRecords(stage, nameChanges);
  plantOddNames(stage);
  return plantShortLived(stage);
}

function plantNameRecords({ world, planter, desk }: Stage, nameChanges: readonly NameChange[]): void {
  const actor = person(world, 'Ana Ruiz');
  for (const change of nameChanges) {
    if (!change.audited || change.kind === 'trunk') continue;
    const isUser = change.kind === 'user';
    const [service, entityType] = isUser ? ['Directory', 'User'] : ['ContactCenter', 'Queue'];
    const deleted = change.to === null;
    const target = { entityType, id: change.id, name: isUser ? '' : change.from, nameAtEvent: change.from };
    const changes = deleted
      ? isUser
        ? [{ property: 'state', oldValues: ['active'], newValues: ['deleted'] }]
        : []
      : [{ property: 'name', oldValues: [change.from], newValues: [change.to ?? ''] }];
    planter.change(
      {
        key: deleted ? 'deletion' : 'rename',
        at: change.at,
        actor,
        service,
        action: deleted ? 'Delete' : 'Update',
        target,
        changes,
      },
      desk.jiraNaming(change.at, { id: change.id, name: change.from }),
      'context',
    );
    if (isUser)
      planter.platform({
        key: 'rename',
        at: change.at,
        actor: platform(),
        service,
        action: 'Update',
        target,
        changes: [{ property: 'version', oldValues: ['8'], newValues: ['9'] }],
        marks: ['companion'],
      });
  }
}

function plantOddNames({ world, planter, desk }: Stage): void {
  ODD_NAMES.forEach((name, index) => {
    const at = ago(world.anchor, 3 + index * 6, '21:15:00');
    const target = { entityType: 'Queue', id: queueId(world, name), name };
    const changes = [
      { property: 'name', oldValues: [name], newValues: [name] },
      { property: 'whisperPrompt', oldValues: [], newValues: [name] },
    ];
    planter.change(
      {
        key: 'odd-name',
        at,
        actor: person(world, 'Nadia Benali'),
        service: 'ContactCenter',
        action: 'Update',
        target,
        changes,
        marks: ['odd-name'],
      },
      index % 3 === 0 ? desk.none() : desk.jiraShared(at),
      'context',
    );
  });
}

function plantShortLived({ world, planter, desk }: Stage): ShortLived[] {
  const actor = person(world, 'Ana Ruiz');
  const trunk = { id: uuidOf(world.seed, 'trunk/SBC-Interim'), name: 'SBC-Interim' };
  const made = ago(world.anchor, 49, '20:02:00');
  const gone = made + 3 * HOUR;
  world.trunks.set(trunk.id, made, {
    ...trunk,
    trunkType: 'EXTERNAL',
    baseId: uuidOf(world.seed, 'trunk-base/BYOC US'),
    inService: true,
  });
  world.trunks.set(trunk.id, gone, null);
  planter.change(
    {
      key: 'short-lived',
      at: made,
      actor,
      service: 'Telephony',
      action: 'Create',
      target: { entityType: 'Trunk', ...trunk },
      changes: [{ property: 'name', newValues: [trunk.name] }],
    },
    desk.jiraNaming(made, trunk),
    'context',
  );
  planter.change(
    {
      key: 'short-lived',
      at: gone,
      actor,
      service: 'Telephony',
      action: 'Delete',
      target: { entityType: 'Trunk', id: trunk.id, name: '', nameAtEvent: trunk.name },
      marks: ['trunk-deletion', 'name-from-create-event'],
    },
    desk.none(),
  );
  // Created and deleted without a name in either record: nothing can resolve it, and guessing would be wrong.
  const ghost = uuidOf(world.seed, 'skill/ghost');
  for (const [action, at] of [
    ['Create', made + 30 * MINUTE],
    ['Delete', made + 90 * MINUTE],
  ] as const) {
    planter.change(
      {
        key: 'short-lived',
        at,
        actor,
        service: 'Routing',
        action,
        target: { entityType: 'RoutingSkill', id: ghost, nameAtEvent: null },
        marks: ['unresolvable-name'],
      },
      desk.jiraShared(at),
      'context',
    );
  }
  planter.change(
    {
      key: 'promotion',
      at: ago(world.anchor, 19, '20:00:00'),
      actor,
      service: 'Directory',
      action: 'Update',
      target: {
        entityType: 'User',
        id: userId(world, 'Grace Okafor'),
        name: '',
        nameAtEvent: 'Grace Okafor',
      },
      changes: [{ property: 'title', oldValues: ['Agent'], newValues: ['Payments Specialist'] }],
    },
    desk.jiraShared(ago(world.anchor, 19, '20:00:00')),
    'context',
  );
  return [
    { entityType: 'Trunk', id: trunk.id, name: trunk.name, resolvable: true },
    { entityType: 'RoutingSkill', id: ghost, name: null, resolvable: false },
  ];
}
