import { grant, revoke, roleId } from '../../world/access.ts';
import { userId } from '../../world/build.ts';
import { uuidOf } from '../../world/chance.ts';
import { ago, HOUR } from '../../world/clock.ts';
import type { World } from '../../world/shapes.ts';
import { type Actor, automation, person } from '../actors.ts';
import type { Stage } from '../scene.ts';

/** Somebody gave themselves a role. */
export type SelfGrant = {
  readonly auditId: string;
  readonly at: number;
  readonly personId: string;
  readonly personName: string;
  readonly roleId: string;
  readonly roleName: string;
  readonly privileged: boolean;
  /** The OAuth client of that person it went through; null: by their own hand. */
  readonly viaClientId: string | null;
};

/** The OAuth client of the sandbox's automation engineer: its owner can act through it. */
export const OWN_CLIENT = {
  name: 'Nightly roster export',
  owner: 'Jonas Becker',
  id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000010',
} as const;

/** The client as an actor: user id and client id are both the client's. */
export function ownClient(world: World): Actor {
  return {
    ...automation(world, 'script'),
    id: OWN_CLIENT.id,
    userId: OWN_CLIENT.id,
    clientId: OWN_CLIENT.id,
  };
}

/** Three people give themselves a role, one of them through a client of their own. Somebody else takes each away hours later. */
export function plantSelfGrants(stage: Stage): SelfGrant[] {
  plantOwnClient(stage);
  const { world } = stage;
  return [
    selfGrant(stage, {
      at: ago(world.anchor, 21, '23:17:40'),
      name: 'Yusuf Demir',
      role: 'Workforce Admin',
      privileged: false,
    }),
    selfGrant(stage, {
      at: ago(world.anchor, 12, '04:39:12'),
      name: OWN_CLIENT.owner,
      role: 'Master Admin',
      privileged: true,
      through: ownClient(world),
    }),
    selfGrant(stage, {
      at: ago(world.anchor, 9, '20:02:33'),
      name: 'Rachel Goldberg',
      role: 'Admin',
      privileged: true,
    }),
  ];
}

function selfGrant(
  { world, planter }: Stage,
  plan: { at: number; name: string; role: string; privileged: boolean; through?: Actor },
): SelfGrant {
  const member = userId(world, plan.name);
  const role = roleId(world, plan.role);
  const right = { subjectId: member, roleId: role, divisionId: '*' };
  grant(world, { ...right, subjectType: 'PC_USER', madeAt: plan.at });
  revoke(world, right, plan.at + 3 * HOUR);
  const common = {
    service: 'PeoplePermissions',
    target: {
      entityType: 'Role',
      id: role,
      name: `${member}--${role}--${world.orgId}`,
      nameAtEvent: plan.role,
    },
  };
  const planted = planter.change({
    ...common,
    key: 'self-grant',
    at: plan.at,
    actor: plan.through ?? person(world, plan.name),
    action: 'MemberAdd',
    marks: ['grants-access', `member:${member}`, ...(plan.privileged ? ['privileged'] : [])],
  });
  planter.change({
    ...common,
    key: 'self-grant-undone',
    at: plan.at + 3 * HOUR,
    actor: person(world, 'Dana Whitfield'),
    action: 'MemberRemove',
    marks: ['revokes-access', `member:${member}`],
  });
  return {
    auditId: planted.record.id,
    at: planted.at,
    personId: member,
    personName: plan.name,
    roleId: role,
    roleName: plan.role,
    privileged: plan.privileged,
    viaClientId: plan.through?.clientId ?? null,
  };
}

/** The client comes into being with a record of its own; its owner is who created it. */
function plantOwnClient({ world, planter }: Stage): void {
  const at = ago(world.anchor, 60, '20:31:00');
  const role = roleId(world, 'Admin');
  world.oauthClients.set(OWN_CLIENT.id, at, {
    id: OWN_CLIENT.id,
    name: OWN_CLIENT.name,
    description: '',
    grantType: 'CLIENT-CREDENTIALS',
    state: 'active',
    roleIds: [role],
    createdAt: at,
    modifiedAt: at,
    createdBy: userId(world, OWN_CLIENT.owner),
    validitySeconds: 86_400,
    secret: uuidOf(world.seed, `secret/${OWN_CLIENT.id}`),
  });
  grant(world, {
    subjectId: OWN_CLIENT.id,
    subjectType: 'PC_OAUTH_CLIENT',
    roleId: role,
    divisionId: '*',
    madeAt: at,
  });
  planter.change({
    key: 'own-client',
    at,
    actor: person(world, OWN_CLIENT.owner),
    service: 'PeoplePermissions',
    action: 'Create',
    target: { entityType: 'OAuthClient', id: OWN_CLIENT.id, name: OWN_CLIENT.name },
    changes: [
      { property: 'name', oldValues: [], newValues: [OWN_CLIENT.name] },
      { property: 'authorizedGrantType', newValues: ['CLIENT-CREDENTIALS'] },
    ],
  });
}
