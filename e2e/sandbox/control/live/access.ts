import { person } from '../../history/actors.ts';
import { OWN_CLIENT, ownClient } from '../../history/plant/self-grants.ts';
import { grant, roleId } from '../../world/access.ts';
import { userId } from '../../world/build.ts';
import { agentName } from '../../world/cast.ts';
import { uuidOf } from '../../world/chance.ts';
import { actorOf, change, count, type Live, text } from './scene.ts';

/** Somebody gives a person a role. */
export function grantRole(scene: Live): void {
  give(scene, text(scene, 'target', agentName(scene.n % 80)), text(scene, 'role', 'Supervisor'), {});
}

/** Somebody gives themselves a role; with `via: own-client` its owner does so through it. */
export function grantThemselves(scene: Live): void {
  const { world } = scene.sandbox;
  const role = text(scene, 'role', 'Admin');
  if (scene.body.via === 'own-client') give(scene, OWN_CLIENT.owner, role, { actor: ownClient(world) });
  else {
    const name = text(scene, 'actor', 'Rachel Goldberg');
    give(scene, name, role, { actor: person(world, name) });
  }
}

function give(scene: Live, name: string, roleName: string, by: { actor?: ReturnType<typeof person> }): void {
  const { world } = scene.sandbox;
  const member = userId(world, name);
  const role = roleId(world, roleName);
  grant(world, {
    subjectId: member,
    subjectType: 'PC_USER',
    roleId: role,
    divisionId: '*',
    madeAt: scene.at,
  });
  change(scene, {
    ...by,
    service: 'PeoplePermissions',
    action: 'MemberAdd',
    target: {
      entityType: 'Role',
      id: role,
      name: `${member}--${role}--${world.orgId}`,
      nameAtEvent: roleName,
    },
  });
}

/** One OAuth client comes into being. */
export function createClient(scene: Live): void {
  makeClient(scene, text(scene, 'target', `New key ${scene.n}`), 0);
}

/** One person makes `count` OAuth clients in a row. */
export function createClients(scene: Live): void {
  for (let index = 0; index < count(scene, 5); index += 1)
    makeClient(scene, `New key ${scene.n}-${index + 1}`, index);
}

function makeClient(scene: Live, name: string, index: number): void {
  const { world } = scene.sandbox;
  const actor = actorOf(scene, 'Marek Kowalczyk');
  const id = uuidOf(world.seed, `live-client/${scene.at}/${scene.n}/${index}`);
  world.oauthClients.set(id, scene.at, {
    id,
    name,
    description: '',
    grantType: 'CLIENT-CREDENTIALS',
    state: 'active',
    roleIds: [],
    createdAt: scene.at,
    modifiedAt: scene.at,
    createdBy: actor.userId ?? '',
    validitySeconds: 86_400,
    secret: uuidOf(world.seed, `secret/${id}`),
  });
  change(scene, {
    actor,
    service: 'PeoplePermissions',
    action: 'Create',
    target: { entityType: 'OAuthClient', id, name },
    changes: [{ property: 'name', newValues: [name] }],
  });
}

/** The integration that carries audit events away is switched off: `how` is update (default), disable or delete. */
export function switchIntegrationOff(scene: Live): void {
  const { world } = scene.sandbox;
  const name = text(scene, 'target', 'EventBridge');
  const id = uuidOf(world.seed, `integration/${name}`);
  const how = text(scene, 'how', 'update');
  const held = world.integrations.get(id, scene.at);
  if (held !== null)
    world.integrations.set(
      id,
      scene.at,
      how === 'delete' ? null : { ...held, body: { ...held.body, intendedState: 'DISABLED' } },
    );
  change(scene, {
    service: 'Integrations',
    action: how === 'delete' ? 'Delete' : how === 'disable' ? 'Disable' : 'Update',
    target: { entityType: 'Integration', id, name },
    changes:
      how === 'update'
        ? [{ property: 'intendedState', oldValues: ['ENABLED'], newValues: ['DISABLED'] }]
        : [],
    marks: ['audit-feed-off', 'live'],
  });
}
