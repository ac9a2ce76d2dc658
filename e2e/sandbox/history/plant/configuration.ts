import { uuidOf } from '../../world/chance.ts';
import { SECOND } from '../../world/clock.ts';
import { cite, type Named, pair, placeOf, type Scene } from '../scene.ts';

/** Configuration edits by people at the user interface: queues, skills, flows, trunks, recording, tables and the rest. */
export const CONFIGURATION_FAMILIES: readonly ((scene: Scene) => void)[] = [
  queueEdit,
  queueMembers,
  queueMembersOfficial,
  skillOfAgent,
  flowByHand,
  trunkEdit,
  recordingSettings,
  dataTableRow,
  plainEdit,
  queueEdit,
  plainEdit,
];

function queueEdit(scene: Scene): void {
  const { target, other } = pair(scene, scene.world.queues.list(scene.at));
  const before = 10 + (scene.n % 20);
  const changes = [
    {
      property: 'acwSettings',
      oldValues: [JSON.stringify({ wrapupPrompt: 'OPTIONAL', timeoutMs: before * 1000 })],
      newValues: [JSON.stringify({ wrapupPrompt: 'MANDATORY', timeoutMs: (before + 5) * 1000 })],
    },
    { property: 'alertingTimeoutSeconds', oldValues: [String(before)], newValues: [String(before + 5)] },
  ];
  const context = { entityId: target.id, auditType: 'QUEUE' };
  scene.planter.change(
    {
      ...base(scene, 'queue-edit'),
      service: 'ContactCenter',
      action: 'Update',
      target: queueTarget(target),
      changes,
      context,
    },
    cite(scene, target, other),
    placeOf(scene),
  );
}

/** Grammar one: `QueueMember/<queue>:<user>` with sentinel literals. */
function queueMembers(scene: Scene): void {
  const { target, other } = pair(scene, scene.world.queues.list(scene.at));
  const { target: user } = pair(scene, activeAgents(scene));
  const kind = scene.n % 3;
  const property = `QueueMember/${target.id}:${user.id}`;
  const changes =
    kind === 0
      ? [{ property, newValues: ['<queue member added>'] }]
      : kind === 1
        ? [{ property, oldValues: ['<queue member deleted>'], newValues: [] }]
        : [{ property: `${property}:joined`, oldValues: ['true'], newValues: ['false'] }];
  const action = kind === 0 ? 'MemberAdd' : kind === 1 ? 'MemberRemove' : 'MemberUpdate';
  const context = { entityId: target.id, auditType: 'QUEUE_MEMBER' };
  scene.planter.change(
    {
      ...base(scene, 'queue-member'),
      service: 'ContactCenter',
      action,
      target: queueTarget(target),
      changes,
      context,
    },
    cite(scene, target, other),
    'context',
  );
}

/** Grammar two, as on the official sample page: `queueId:<queue>:members`. */
function queueMembersOfficial(scene: Scene): void {
  const { target, other } = pair(scene, scene.world.queues.list(scene.at));
  const { target: user } = pair(scene, activeAgents(scene));
  const added = scene.n % 2 === 0;
  const changes = [
    {
      property: `queueId:${target.id}:members`,
      oldValues: added ? [] : [`queueMember:${user.id}`],
      newValues: added ? [`queueMember:${user.id}`] : [],
    },
  ];
  scene.planter.change(
    {
      ...base(scene, 'queue-member-official'),
      service: 'ContactCenter',
      action: added ? 'MemberAdd' : 'MemberRemove',
      target: queueTarget(target),
      changes,
    },
    cite(scene, target, other),
    'context',
  );
}

function skillOfAgent(scene: Scene): void {
  const { target: skill } = pair(scene, scene.world.skills.list(scene.at));
  const { target, other } = pair(scene, activeAgents(scene));
  const changes = [
    {
      property: 'routingSkills',
      oldValues: [],
      newValues: [JSON.stringify({ skillId: skill.id, proficiency: 3 })],
    },
  ];
  scene.planter.change(
    {
      ...base(scene, 'agent-skill'),
      service: 'ContactCenter',
      action: 'Update',
      target: { entityType: 'AgentRoutingInfo', id: target.id, name: '', nameAtEvent: target.name },
      changes,
    },
    cite(scene, target, other),
    'context',
  );
}

/** A person in Architect: checkout, save, check in, publish, some seconds apart, all for one reason. */
function flowByHand(scene: Scene): void {
  const { target, other } = pair(scene, scene.world.flows.list(scene.at));
  const reason = cite(scene, target, other);
  const version = `${2 + (scene.n % 40)}.0`;
  ['Checkout', 'Save', 'Checkin', 'Publish'].forEach((action, step) => {
    const at = scene.at + step * 21 * SECOND;
    scene.planter.change(
      {
        ...base(scene, 'flow-by-hand'),
        at,
        service: 'Architect',
        action,
        target: { entityType: 'Flow', id: target.id, name: target.name, uri: `/api/v2/flows/${target.id}` },
        context: { version },
      },
      reason,
      'context',
    );
  });
  const published = {
    version,
    publishedAt: scene.at + 63 * SECOND,
    byUserId: scene.actor.userId,
    byClientId: null,
  };
  scene.world.flows.patch(target.id, scene.at + 63 * SECOND, { versions: [...target.versions, published] });
}

function trunkEdit(scene: Scene): void {
  const onBase = scene.n % 2 === 0;
  const all: Named[] = onBase ? scene.world.trunkBases.list(scene.at) : scene.world.trunks.list(scene.at);
  const { target, other } = pair(scene, all);
  const changes = onBase
    ? [{ property: 'trunk_recording_enabled', oldValues: ['false'], newValues: ['true'] }]
    : [
        { property: 'inService', oldValues: ['true'], newValues: ['true'] },
        { property: 'options.maxCalls', oldValues: ['100'], newValues: [String(100 + (scene.n % 50))] },
      ];
  scene.planter.change(
    {
      ...base(scene, 'trunk-edit'),
      service: 'Telephony',
      action: 'Update',
      target: { entityType: onBase ? 'TrunkBase' : 'Trunk', id: target.id, name: target.name },
      changes,
    },
    cite(scene, target, other),
    placeOf(scene),
  );
}

function recordingSettings(scene: Scene): void {
  const target = { id: uuidOf(scene.world.seed, 'recording-settings'), name: 'Recording settings' };
  const other = { id: uuidOf(scene.world.seed, 'recording-key-config'), name: 'Recording keys' };
  const rotate = scene.n % 3 === 0;
  const object = rotate ? other : target;
  const changes = rotate
    ? []
    : [{ property: 'recordingPlaybackUrlTtl', oldValues: ['30'], newValues: [String(20 + (scene.n % 30))] }];
  scene.planter.change(
    {
      ...base(scene, 'recording'),
      service: 'Quality',
      action: rotate ? 'Rotate' : 'Update',
      target: { entityType: rotate ? 'RecordingKey' : 'RecordingSettings', id: object.id, name: object.name },
      changes,
    },
    cite(scene, object, rotate ? target : other),
    placeOf(scene),
  );
}

function dataTableRow(scene: Scene): void {
  const { target, other } = pair(scene, scene.world.dataTables.list(scene.at));
  const changes = [
    {
      property: `row.${scene.n}`,
      oldValues: [JSON.stringify({ key: `k${scene.n}`, open: '08:00' })],
      newValues: [JSON.stringify({ key: `k${scene.n}`, open: '09:00' })],
    },
  ];
  scene.planter.change(
    {
      ...base(scene, 'data-table-row'),
      service: 'Datatables',
      action: scene.n % 2 === 0 ? 'Update' : 'Create',
      target: { entityType: 'Row', id: target.id, name: target.name },
      changes,
    },
    cite(scene, target, other),
    placeOf(scene),
  );
}

/** The long tail: services that seldom matter, one edit each. */
const PLAIN: readonly [string, string, string, string][] = [
  ['Integrations', 'Integration', 'Update', 'intendedState'],
  ['Integrations', 'Action', 'Publish', 'version'],
  ['Architect', 'Prompt', 'Update', 'resources'],
  ['Outbound', 'Campaign', 'Update', 'callerName'],
  ['WebDeployments', 'Configuration', 'Publish', 'version'],
  ['ResponseManagement', 'Response', 'Update', 'texts'],
  ['ContactCenter', 'WrapupCode', 'Create', 'name'],
  ['Telephony', 'Site', 'Update', 'primarySites'],
  ['Telephony', 'DIDPool', 'Create', 'startPhoneNumber'],
  ['WorkforceManagement', 'Schedule', 'Update', 'published'],
  ['Scripter', 'Script', 'Publish', 'version'],
  ['PeoplePermissions', 'AuthOrganization', 'Update', 'passwordRequirements'],
  ['PeoplePermissions', 'IdentityProvider', 'Update', 'certificates'],
  ['Knowledge', 'KnowledgeBase', 'Update', 'published'],
  ['Quality', 'Policy', 'Update', 'retentionDuration'],
];

function plainEdit(scene: Scene): void {
  const [service, entityType, action, property] = PLAIN[scene.n % PLAIN.length] ?? [
    'Integrations',
    'Integration',
    'Update',
    'intendedState',
  ];
  const objects = [1, 2].map((which) => ({
    id: uuidOf(scene.world.seed, `${service}/${entityType}/${which}`),
    name: `${entityType} ${which}`,
  }));
  const [first, second] = objects;
  if (first === undefined || second === undefined) return;
  const changes = [{ property, oldValues: ['old'], newValues: [`new ${scene.n}`] }];
  scene.planter.change(
    {
      ...base(scene, 'plain-edit'),
      service,
      action,
      target: { entityType, id: first.id, name: first.name },
      changes,
    },
    cite(scene, first, second),
    placeOf(scene),
  );
}

function base(scene: Scene, key: string): { key: string; at: number; actor: Scene['actor'] } {
  return { key, at: scene.at, actor: scene.actor };
}

function queueTarget(queue: Named): { entityType: string; id: string; name: string; uri: string } {
  return { entityType: 'Queue', id: queue.id, name: queue.name, uri: `/api/v2/routing/queues/${queue.id}` };
}

function activeAgents(scene: Scene): Named[] {
  return scene.world.users.list(scene.at).filter((user) => user.state === 'active' && !user.named);
}
