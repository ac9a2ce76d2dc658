import { uuidOf } from './chance.ts';
import type { OAuthClient, Role, World } from './shapes.ts';
import { ALWAYS } from './timeline.ts';

/** What the evidence reader needs at the least (contract section 5.5). */
export const READER_PERMISSIONS = [
  'audits:audit:view',
  'directory:user:view',
  'authorization:role:view',
  'authorization:grant:view',
  'authorization:divisionDeleted:view',
  'authorization:orgTrustee:view',
  'routing:queue:view',
  'routing:skill:view',
  'architect:flow:view',
  'oauth:client:view',
  'integrations:integration:view',
  'integrations:action:view',
  'recording:encryptionKey:view',
  'recording:retentionPolicy:view',
  'sso:provider:view',
  'telephony:plugin:all',
  'directory:organization:admin',
  'conversation:communication:view',
  'analytics:conversationDetail:view',
] as const;

/** What carrying out a response needs beyond reading (contract section 7). */
const RESPONDER_PERMISSIONS = [
  'directory:user:edit',
  'oauth:token:delete',
  'oauth:client:edit',
  'authorization:grant:add',
  'authorization:grant:delete',
  'authorization:division:edit',
] as const;

const ROLES: readonly [string, readonly string[]][] = [
  ['employee', ['directory:user:view']],
  ['User', ['directory:user:view', 'routing:queue:join']],
  ['Supervisor', ['routing:queue:view', 'routing:queue:edit', 'analytics:conversationDetail:view']],
  ['Queue Admin', ['routing:queue:view', 'routing:queue:edit', 'routing:queue:add']],
  ['Workforce Admin', ['wfm:schedule:edit']],
  ['Quality Evaluator', ['quality:evaluation:edit', 'recording:recording:view']],
  ['Quality Administrator', ['quality:evaluation:edit', 'recording:settings:edit']],
  ['Architect Designer', ['architect:flow:view', 'architect:flow:publish']],
  ['Telephony Admin', ['telephony:plugin:all']],
  ['Security Auditor', ['audits:audit:view']],
  [
    'Admin',
    ['directory:user:edit', 'authorization:grant:add', 'authorization:grant:delete', 'oauth:client:edit'],
  ],
  ['Master Admin', ['*']],
  ['CX as Code Deployer', ['routing:queue:edit', 'routing:skill:manage', 'authorization:division:edit']],
  ['HR Synchronisation', ['directory:user:edit']],
  ['Evidence Reader', READER_PERMISSIONS],
  [
    'Evidence Reader Restricted',
    READER_PERMISSIONS.filter((name) => name !== 'oauth:client:view' && name !== 'sso:provider:view'),
  ],
  ['Evidence Reader and Responder', [...READER_PERMISSIONS, ...RESPONDER_PERMISSIONS]],
];

/** OAuth clients: key, name, id, secret, role. The ids and secrets are constant, whatever the seed. */
export const CLIENTS = {
  collector: {
    name: 'Tallystick evidence reader',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000001',
    secret: 'sandbox-collector-secret',
    role: 'Evidence Reader',
  },
  restricted: {
    name: 'Evidence reader, restricted',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000002',
    secret: 'sandbox-restricted-secret',
    role: 'Evidence Reader Restricted',
  },
  overPrivileged: {
    name: 'Reporting (all rights)',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000003',
    secret: 'sandbox-overprivileged-secret',
    role: 'Master Admin',
  },
  terraform: {
    name: 'CX as Code pipeline',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000004',
    secret: 'sandbox-terraform-secret',
    role: 'CX as Code Deployer',
  },
  archy: {
    name: 'Archy flow publisher',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000005',
    secret: 'sandbox-archy-secret',
    role: 'Architect Designer',
  },
  hrSync: {
    name: 'HR synchronisation',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000006',
    secret: 'sandbox-hr-secret',
    role: 'HR Synchronisation',
  },
  script: {
    name: 'skills-import',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000007',
    secret: 'sandbox-script-secret',
    role: 'Admin',
  },
  scim: {
    name: 'Unowned script',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000008',
    secret: 'sandbox-unowned-secret',
    role: 'Admin',
  },
  /** Reads what the collector reads and may carry out responses. */
  responder: {
    name: 'Tallystick evidence reader and responder',
    id: '6d2b1f0e-5c3a-4f8e-9b1d-0a11ce000009',
    secret: 'sandbox-responder-secret',
    role: 'Evidence Reader and Responder',
  },
} as const;

export type ClientKey = keyof typeof CLIENTS;

/** Writes roles and OAuth clients into an empty world. */
export function plantAccess(world: World): void {
  for (const [name, permissions] of ROLES) {
    const role: Role = {
      id: roleId(world, name),
      name,
      description: `${name} of Northwind Contact`,
      isDefault: ['employee', 'User', 'Supervisor', 'Admin', 'Master Admin'].includes(name),
      permissions: [...permissions],
    };
    world.roles.set(role.id, ALWAYS, role);
  }
  for (const entry of Object.values(CLIENTS)) {
    const client: OAuthClient = {
      id: entry.id,
      name: entry.name,
      description: `Owned by the platform team. ${entry.role}.`,
      grantType: 'CLIENT-CREDENTIALS',
      state: 'active',
      roleIds: [roleId(world, entry.role)],
      createdAt: world.anchor - 400 * 86_400_000,
      modifiedAt: world.anchor - 300 * 86_400_000,
      createdBy: uuidOf(world.seed, 'user/Dana Whitfield'),
      validitySeconds: 86_400,
      secret: entry.secret,
    };
    world.oauthClients.set(client.id, ALWAYS, client);
    grant(world, {
      subjectId: client.id,
      subjectType: 'PC_OAUTH_CLIENT',
      roleId: roleId(world, entry.role),
      divisionId: '*',
      madeAt: client.createdAt,
    });
  }
}

export function roleId(world: World, name: string): string {
  return uuidOf(world.seed, `role/${name}`);
}

/** Gives a right from `madeAt` on (or for ever, when it predates the history). */
export function grant(
  world: World,
  right: {
    subjectId: string;
    subjectType: 'PC_USER' | 'PC_GROUP' | 'PC_OAUTH_CLIENT' | 'PC_TRUSTEE_USER';
    roleId: string;
    divisionId: string;
    madeAt: number;
  },
): void {
  const since = right.madeAt < world.anchor - 91 * 86_400_000 ? ALWAYS : right.madeAt;
  world.grants.set(grantKey(right), since, { ...right });
}

/** Takes a right away from `at` on. */
export function revoke(
  world: World,
  right: { subjectId: string; roleId: string; divisionId: string },
  at: number,
): void {
  if (world.grants.get(grantKey(right), at) !== null) world.grants.set(grantKey(right), at, null);
}

function grantKey(right: { subjectId: string; roleId: string; divisionId: string }): string {
  return `${right.subjectId}|${right.roleId}|${right.divisionId}`;
}
