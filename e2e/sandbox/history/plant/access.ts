import { grant, revoke, roleId } from '../../world/access.ts';
import { uuidOf } from '../../world/chance.ts';
import { isoMillis, SECOND } from '../../world/clock.ts';
import type { User } from '../../world/shapes.ts';
import { platform } from '../actors.ts';
import { cite, pair, placeOf, type Scene } from '../scene.ts';

/** Access changes by people: roles, groups, OAuth clients, profiles. */
export const ACCESS_FAMILIES: readonly ((scene: Scene) => void)[] = [
  roleGrant,
  roleDefinition,
  groupMembership,
  oauthClient,
  profile,
  roleGrant,
];

/** No role that a rule of the policy ties to a department: every drift of those is planted on purpose. */
const GRANTED = ['Supervisor', 'Queue Admin', 'Workforce Admin'];

/** Odd turns revoke what the turn before granted; the role's name in the record is the composite of three ids. */
function roleGrant(scene: Scene): void {
  const { world } = scene;
  const { target: user } = pair(scene, activeAgents(scene));
  const role = roleId(world, GRANTED[scene.n % GRANTED.length] ?? 'Supervisor');
  const right = {
    subjectId: user.id,
    subjectType: 'PC_USER' as const,
    roleId: role,
    divisionId: user.divisionId,
    madeAt: scene.at,
  };
  const adding = scene.n % 3 !== 0;
  if (adding) grant(world, right);
  else revoke(world, right, scene.at);
  const named = { id: role, name: world.roles.get(role, scene.at)?.name ?? '' };
  const otherRole = { id: roleId(world, 'Telephony Admin'), name: 'Telephony Admin' };
  scene.planter.change(
    {
      key: 'role-grant',
      at: scene.at,
      actor: scene.actor,
      service: 'PeoplePermissions',
      action: adding ? 'MemberAdd' : 'MemberRemove',
      target: {
        entityType: 'Role',
        id: role,
        name: `${user.id}--${role}--${world.orgId}`,
        nameAtEvent: named.name,
      },
      marks: [adding ? 'grants-access' : 'revokes-access', `member:${user.id}`],
    },
    cite(scene, named, otherRole),
    'context',
  );
}

function roleDefinition(scene: Scene): void {
  const { target, other } = pair(
    scene,
    scene.world.roles.list(scene.at).filter((role) => !role.isDefault),
  );
  const changes = [
    {
      property: 'permissionPolicies',
      oldValues: ['[]'],
      newValues: [JSON.stringify([{ domain: 'routing', entityName: 'queue', actionSet: ['view'] }])],
    },
  ];
  scene.planter.change(
    {
      key: 'role-definition',
      at: scene.at,
      actor: scene.actor,
      service: 'PeoplePermissions',
      action: 'Update',
      target: { entityType: 'Role', id: target.id, name: target.name },
      changes,
    },
    cite(scene, target, other),
    placeOf(scene),
  );
}

/** Three records share a correlation id: the count (platform), an empty one, and the membership itself. */
function groupMembership(scene: Scene): void {
  const { world, at, actor, planter } = scene;
  const { target: group, other } = pair(
    scene,
    world.groups.list(at).filter((candidate) => !candidate.rolesEnabled),
  );
  const { target: user } = pair(scene, activeAgents(scene));
  const isMember = group.memberIds.includes(user.id);
  const memberIds = isMember ? group.memberIds.filter((id) => id !== user.id) : [...group.memberIds, user.id];
  world.groups.patch(group.id, at, { memberIds, version: group.version + 1 });
  const correlationId = uuidOf(world.seed, `group-correlation/${scene.n}/${group.id}`);
  const target = { entityType: 'DirectoryGroup', id: group.id, name: '', nameAtEvent: group.name };
  const reason = cite(scene, group, other);
  const common = { key: 'group-membership', at, service: 'Groups', action: 'Update', target };
  const count = planter.platform({
    ...common,
    actor: platform(),
    changes: [
      {
        property: 'memberCount',
        oldValues: [String(group.memberIds.length)],
        newValues: [String(memberIds.length)],
      },
    ],
    context: { correlationId, userid: actor.userId ?? '' },
    marks: ['companion'],
  });
  const empty = planter.change(
    {
      ...common,
      actor,
      changes: [{ property: 'individuals', oldValues: [], newValues: [] }],
      context: { correlationId },
    },
    reason,
    'context',
  );
  const membership = planter.change(
    {
      ...common,
      at: at + SECOND,
      actor,
      changes: [{ property: 'group-membership', oldValues: [], newValues: [`["[${user.id}]"]`] }],
      context: { correlationId },
      marks: [isMember ? 'group-removes' : 'group-adds'],
    },
    reason,
    'context',
  );
  const auditIds = [count, empty, membership].map((planted) => planted.record.id);
  planter.correlated.push({ id: correlationId, actorId: actor.id, auditIds });
}

/** Even turns create a client, odd turns delete the one created before. */
function oauthClient(scene: Scene): void {
  const { world, at, actor } = scene;
  const created = world.oauthClients.list(at).filter((client) => client.name.startsWith('Integration key '));
  const [gone] = created;
  const deleting = gone !== undefined && scene.n % 2 === 1;
  const serial = Math.floor(scene.n / 2);
  const id = deleting ? gone.id : uuidOf(world.seed, `oauth-client/${scene.n}`);
  const name = deleting ? gone.name : `Integration key ${serial}`;
  if (deleting) world.oauthClients.set(id, at, null);
  else {
    world.oauthClients.set(id, at, {
      id,
      name,
      description: '',
      grantType: 'CLIENT-CREDENTIALS',
      state: 'active',
      roleIds: [roleId(world, 'employee')],
      createdAt: at,
      modifiedAt: at,
      createdBy: actor.userId ?? '',
      validitySeconds: 86_400,
      secret: uuidOf(world.seed, `secret/${id}`),
    });
  }
  const changes = deleting
    ? [
        { property: 'deleted_on', newValues: [isoMillis(at)] },
        { property: 'scopes', oldValues: ['[]'] },
      ]
    : [
        { property: 'name', oldValues: [], newValues: [name] },
        { property: 'authorizedGrantType', newValues: ['CLIENT-CREDENTIALS'] },
      ];
  const other = { id: uuidOf(world.seed, 'oauth-client/other'), name: 'other' };
  scene.planter.change(
    {
      key: deleting ? 'oauth-client-delete' : 'oauth-client-create',
      at,
      actor,
      service: 'PeoplePermissions',
      action: deleting ? 'Delete' : 'Create',
      target: { entityType: 'OAuthClient', id, name },
      changes,
    },
    cite(scene, { id, name }, other),
    placeOf(scene),
  );
}

/** A title changes; the platform bumps the version in a record of its own a second later. */
function profile(scene: Scene): void {
  const { target: user, other } = pair(scene, activeAgents(scene));
  const title = `Agent ${1 + (scene.n % 4)}`;
  scene.world.users.patch(user.id, scene.at, { title, version: user.version + 1 });
  const target = { entityType: 'User', id: user.id, name: '', nameAtEvent: user.name };
  const changes = [
    { property: 'version', oldValues: [String(user.version)], newValues: [String(user.version + 1)] },
    { property: 'title', oldValues: [user.title], newValues: [title] },
    {
      property: 'addresses',
      oldValues: ['[]'],
      newValues: [JSON.stringify([{ mediaType: 'EMAIL', address: user.email }])],
    },
  ];
  scene.planter.change(
    {
      key: 'profile',
      at: scene.at,
      actor: scene.actor,
      service: 'Directory',
      action: 'Update',
      target,
      changes,
    },
    cite(scene, user, other),
    placeOf(scene),
  );
  const bump = [
    { property: 'version', oldValues: [String(user.version + 1)], newValues: [String(user.version + 2)] },
  ];
  scene.planter.platform({
    key: 'profile',
    at: scene.at + SECOND,
    actor: platform(),
    service: 'Directory',
    action: 'Update',
    target,
    changes: bump,
    marks: ['companion'],
  });
}

function activeAgents(scene: Scene): User[] {
  return scene.world.users.list(scene.at).filter((user) => user.state === 'active' && !user.named);
}
