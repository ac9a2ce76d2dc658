import { APPLIES } from '../../outside/commit-plan.ts';
import type { RepositoryCommit } from '../../outside/repository.ts';
import { queueId } from '../../world/build.ts';
import { cycle, uuidOf } from '../../world/chance.ts';
import { ago, DAY, HISTORY_DAYS, HOUR, MINUTE, SECOND } from '../../world/clock.ts';
import { SKILLS } from '../../world/names.ts';
import { automation, clientOnly, person, platform } from '../actors.ts';
import type { Citation } from '../planter.ts';
import type { Stage } from '../scene.ts';
import type { Group } from './sessions.ts';

/** What the Terraform pipeline applied and Archy published. Answers the applies large enough to be a bulk task. */
export function plantPipeline(stage: Stage): Group[] {
  for (let index = 0; index < APPLIES; index += 1) apply(stage, stage.desk.commitOf(`apply/${index}`), index);
  const large = apply(stage, stage.desk.commitOf('apply/large'), 7);
  plantStray(stage);
  plantArchy(stage);
  return [
    {
      kind: 'bulk',
      id: 'bulk:apply-large',
      actorId: automation(stage.world, 'terraform').id,
      auditIds: large,
      note: 'one reviewed clean-up applied by the pipeline',
    },
  ];
}

/** Fifty minutes after the merge the pipeline writes each object, two seconds apart. */
function apply(stage: Stage, commit: RepositoryCommit, index: number): string[] {
  const { world, planter, desk } = stage;
  const actor = index % 9 === 4 ? clientOnly(world, 'terraform') : automation(world, 'terraform');
  const reason = desk.commit(commit, index % 4 === 3);
  return commit.touches.map((object, position) => {
    const at = commit.mergedAt + 12 * MINUTE + position * 2 * SECOND;
    const isQueue = object.kind === 'queue';
    const changes = isQueue
      ? [{ property: 'acwSettings.timeoutMs', oldValues: ['10000'], newValues: [String(10_500 + index)] }]
      : [];
    const target = { entityType: isQueue ? 'Queue' : 'RoutingSkill', id: object.id, name: object.name };
    const planted = planter.change(
      {
        key: 'pipeline-apply',
        at,
        actor,
        service: isQueue ? 'ContactCenter' : 'Routing',
        action: 'Update',
        target,
        changes,
      },
      reason,
      isQueue ? 'description' : 'context',
    );
    if (isQueue)
      planter.platform({
        key: 'pipeline-apply',
        at: at + SECOND,
        actor: platform(),
        service: 'ContactCenter',
        action: 'Update',
        target,
        changes: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
        marks: ['companion'],
      });
    return planted.record.id;
  });
}

/** Pipeline changes that do not hold: another object's commit, a commit made later, none at all. */
function plantStray(stage: Stage): void {
  const { world, planter, desk } = stage;
  const actor = automation(world, 'terraform');
  const source = desk.commitOf('apply/0');
  const touched = new Set(source.touches.map((object) => object.id));
  const strays = ['Switchboard', 'Card Disputes', 'US Technical Desk', 'Card Payments']
    .map((name) => ({ id: queueId(world, name), name }))
    .filter((queue) => !touched.has(queue.id));
  strays.forEach((queue, index) => {
    const reason: Citation = {
      ...desk.commit(source),
      linkage: 'mismatch',
      marks: ['mismatch:commit-of-other-object'],
    };
    planter.change(
      {
        key: 'pipeline-stray',
        at: ago(world.anchor, 60 - index, '15:10:00'),
        actor,
        service: 'ContactCenter',
        action: 'Update',
        target: { entityType: 'Queue', id: queue.id, name: queue.name },
        changes: [{ property: 'alertingTimeoutSeconds', oldValues: ['8'], newValues: ['12'] }],
      },
      reason,
      'description',
    );
  });
  for (const [key, name] of [
    ['late/0', 'EMEA Sales Voice'],
    ['late/1', 'US Sales Voice'],
  ] as const) {
    const commit = desk.commitOf(key);
    const reason: Citation = { ...desk.commit(commit), linkage: 'late_approval', marks: ['late:commit'] };
    planter.change(
      {
        key: 'pipeline-stray',
        at: commit.committedAt - 5 * HOUR,
        actor,
        service: 'ContactCenter',
        action: 'Update',
        target: { entityType: 'Queue', id: queueId(world, name), name },
        changes: [{ property: 'alertingTimeoutSeconds', oldValues: ['8'], newValues: ['9'] }],
      },
      reason,
      'description',
    );
  }
  for (let index = 0; index < 6; index += 1) {
    const skill = cycle(SKILLS, index * 3);
    planter.change(
      {
        key: 'pipeline-stray',
        at: ago(world.anchor, 75 - index * 11, '15:40:00'),
        actor,
        service: 'Routing',
        action: 'Update',
        target: { entityType: 'RoutingSkill', id: uuidOf(world.seed, `skill/${skill}`), name: skill },
      },
      desk.none(),
    );
  }
}

/**
 * One deployment of a reviewed commit whose hash stands in one description only: its neighbours name nothing, most of them are in the
 * diff, one is not. Planted last, so that no other record's id moves.
 */
export function plantDeployment(stage: Stage): void {
  const { world, planter, desk } = stage;
  const commit = desk.commitOf('apply/30');
  const touched = new Set(commit.touches.map((object) => object.id));
  const outsider = SKILLS.map((name) => ({
    kind: 'skill' as const,
    id: uuidOf(world.seed, `skill/${name}`),
    name,
  })).find((skill) => !touched.has(skill.id));
  const objects = [...commit.touches, ...(outsider === undefined ? [] : [outsider])];
  objects.forEach((object, position) => {
    const isQueue = object.kind === 'queue';
    const stamped = position === 0;
    const inDiff = touched.has(object.id);
    const reason: Citation = stamped
      ? { ...desk.commit(commit), marks: ['deployment:stamped'] }
      : {
          text: '',
          linkage: inDiff ? 'linked' : 'unlinked',
          citations: [],
          marks: [inDiff ? 'deployment:neighbour' : 'deployment:outsider'],
        };
    planter.change(
      {
        key: 'pipeline-deployment',
        at: ago(world.anchor, 5, '16:20:00') + position * 20 * SECOND,
        actor: automation(world, 'terraform'),
        service: isQueue ? 'ContactCenter' : 'Routing',
        action: 'Update',
        target: { entityType: isQueue ? 'Queue' : 'RoutingSkill', id: object.id, name: object.name },
        changes: isQueue
          ? [{ property: 'acwSettings.timeoutMs', oldValues: ['15000'], newValues: ['15500'] }]
          : [{ property: 'state', oldValues: ['inactive'], newValues: ['active'] }],
      },
      reason,
      'description',
    );
  });
}

/** Archy publishes with client credentials: check-in, save, publish, without a person. Four of five name a ticket. */
function plantArchy(stage: Stage): void {
  const { world, planter, desk } = stage;
  const actor = automation(world, 'archy');
  for (let index = 0; index < 28; index += 1) {
    const at = ago(world.anchor, HISTORY_DAYS - 2 - index * 3, '18:35:00') + index * 13 * SECOND;
    const flows = world.flows.list(at).sort((left, right) => (left.id < right.id ? -1 : 1));
    const flow = cycle(flows, index);
    const reason =
      index % 5 === 4
        ? desk.none()
        : index % 5 === 2
          ? desk.chgInside(at + MINUTE, flow)
          : desk.jiraShared(at);
    const version = `${50 + index}.0`;
    ['Checkin', 'Save', 'Publish'].forEach((action, step) => {
      // The window of a change request begins an hour before the first step at the latest, so all three lie inside.
      planter.change(
        {
          key: 'archy',
          at: at + MINUTE + step * 4 * SECOND,
          actor,
          service: 'Architect',
          action,
          target: { entityType: 'Flow', id: flow.id, name: flow.name },
          context: { version },
        },
        reason,
        'context',
      );
    });
    world.flows.patch(flow.id, at + MINUTE, {
      versions: [
        ...flow.versions,
        { version, publishedAt: at + MINUTE, byUserId: null, byClientId: actor.clientId },
      ],
    });
  }
}

/** HR synchronisation: four profile updates a night under a standing order; some come with a version bump. */
export function plantHrSync(stage: Stage): void {
  const { world, planter, desk } = stage;
  const actor = automation(world, 'hrSync');
  const agents = world.users
    .list(world.anchor)
    .filter((user) => !user.named && user.state === 'active')
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  for (let daysAgo = HISTORY_DAYS; daysAgo >= 1; daysAgo -= 1) {
    for (let slot = 0; slot < 4; slot += 1) {
      const user = cycle(agents, daysAgo * 4 + slot);
      const at = ago(world.anchor, daysAgo, '01:00:00') + slot * 11 * MINUTE;
      const target = { entityType: 'User', id: user.id, name: '', nameAtEvent: user.name };
      planter.change(
        {
          key: 'hr-sync',
          at,
          actor,
          service: 'Directory',
          action: 'Update',
          target,
          changes: [{ property: 'manager', oldValues: [''], newValues: [user.manager] }],
        },
        desk.standingOrder('OPS-1'),
        slot % 2 === 0 ? 'context' : 'message',
      );
      planter.platform({
        key: 'hr-sync',
        at: at + SECOND,
        actor: platform(),
        service: 'Directory',
        action: 'Update',
        target,
        changes: [{ property: 'version', oldValues: ['3'], newValues: ['4'] }],
        marks: ['companion'],
      });
    }
  }
}

/** A person changes by hand what the repository declares: a bypass. */
export function plantBypasses(stage: Stage): void {
  const { world, planter, desk } = stage;
  const queues = [
    'EMEA Sales Voice',
    'US Support Voice',
    'Card Payments',
    'EMEA Support Chat',
    'Switchboard',
  ];
  queues.forEach((name, index) => {
    const at = world.anchor - (3 + index * 9) * DAY + 20 * HOUR + 11 * MINUTE;
    planter.change(
      {
        key: 'bypass',
        at,
        actor: person(world, index % 2 === 0 ? 'Aoife Brennan' : 'Rachel Goldberg'),
        service: 'ContactCenter',
        action: 'Update',
        target: { entityType: 'Queue', id: queueId(world, name), name },
        changes: [{ property: 'acwSettings.timeoutMs', oldValues: ['10000'], newValues: ['2000'] }],
        marks: ['bypass'],
      },
      desk.none(),
    );
  });
}
