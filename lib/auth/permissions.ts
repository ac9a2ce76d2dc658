import type { Role } from '@/lib/kernel/words';

/** When a use of a permission leaves a row in the journal; a write always leaves one. */
export type JournalDemand = 'always' | 'auditor' | 'never';

type PermissionRule = {
  /** What it allows, as said to a person: "you may not <says>". */
  readonly says: string;
  readonly roles: readonly Role[];
  readonly journal: JournalDemand;
  /** Writes run in one transaction with their journal row. */
  readonly kind: 'read' | 'write';
  readonly limit?: 'export';
  /** Touches nothing but the viewer's own account and what was put there for them: their password, their inbox. */
  readonly own?: true;
  /** Acts on the installation as a whole: not for those who may see some organisations only. */
  readonly reach?: 'installation';
};

const EVERYBODY = ['admin', 'officer', 'auditor', 'operator', 'privacy_officer'] as const;
const COMPLIANCE = ['admin', 'officer', 'auditor', 'privacy_officer'] as const;
/** Who may decide about what was found; auditors only look. */
const DECIDERS = ['admin', 'officer', 'privacy_officer'] as const;

/**
 * Who may do what: the one map. Auditors only read; each of their views is journaled. For the others what is evidence,
 * leaves the house or is personal is journaled.
 */
export const PERMISSIONS = {
  'self.read': { says: 'see your own account', roles: EVERYBODY, journal: 'never', kind: 'read' },
  'self.write': {
    says: 'change your own account',
    roles: EVERYBODY,
    journal: 'always',
    kind: 'write',
    own: true,
  },
  'metrics.read': { says: 'see metrics', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'changes.read': { says: 'see changes', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'changes.raw': { says: 'see raw records', roles: COMPLIANCE, journal: 'always', kind: 'read' },
  'changes.export': {
    says: 'export changes',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'links.decide': {
    says: 'attach and strike links, resolve sessions and ask for justifications',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
  'excuses.manage': {
    says: 'propose, approve and withdraw rules that excuse changes',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
  'justifications.read': {
    says: 'see requests for justification',
    roles: COMPLIANCE,
    journal: 'auditor',
    kind: 'read',
  },
  'sessions.read': { says: 'see sessions', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'moves.read': { says: 'see division moves', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'moves.export': {
    says: 'export division moves',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'moves.review': { says: 'review division moves', roles: DECIDERS, journal: 'always', kind: 'write' },
  'alerts.read': {
    says: 'see alerts and their deliveries',
    roles: EVERYBODY,
    journal: 'auditor',
    kind: 'read',
  },
  'alerts.handle': {
    says: 'acknowledge, close, mute and replay alerts',
    roles: ['admin', 'officer', 'privacy_officer', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'alerts.manage': {
    says: 'change alert rules and channels',
    roles: ['admin'],
    journal: 'always',
    kind: 'write',
    reach: 'installation',
  },
  'responses.read': { says: 'see responses', roles: COMPLIANCE, journal: 'auditor', kind: 'read' },
  'responses.decide': {
    says: 'ask for, approve, refuse and undo responses',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
  'controls.read': { says: 'see controls', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'controls.export': {
    says: 'export results of controls',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'controls.run': {
    says: 'run controls',
    roles: ['admin', 'officer', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'events.push': {
    says: 'hand in audit events',
    roles: ['admin', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'coverage.read': { says: 'see coverage', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'directory.read': { says: 'see the directory', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'quarantine.read': {
    says: 'see quarantined records',
    roles: ['admin', 'officer', 'auditor', 'operator'],
    journal: 'auditor',
    kind: 'read',
  },
  'quarantine.replay': {
    says: 'replay quarantined records',
    roles: ['admin', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'collections.read': { says: 'see collection runs', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'collections.run': {
    says: 'start a collection',
    roles: ['admin', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'settings.read': { says: 'see settings', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'settings.write': {
    says: 'change settings',
    roles: ['admin'],
    journal: 'always',
    kind: 'write',
    reach: 'installation',
  },
  'windows.manage': {
    says: 'change change windows and freezes',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'risk_rules.write': {
    says: 'propose high-risk rules and decide about them',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'sources.write': {
    says: 'change organisations and sources',
    roles: ['admin'],
    journal: 'always',
    kind: 'write',
  },
  'users.read': {
    says: 'see people and their roles',
    roles: ['admin', 'officer', 'auditor'],
    journal: 'auditor',
    kind: 'read',
  },
  'users.manage': {
    says: 'manage people and their roles',
    roles: ['admin'],
    journal: 'always',
    kind: 'write',
    reach: 'installation',
  },
  'api_keys.read': { says: 'see API keys', roles: ['admin', 'auditor'], journal: 'auditor', kind: 'read' },
  'api_keys.manage': {
    says: 'manage API keys',
    roles: ['admin'],
    journal: 'always',
    kind: 'write',
    reach: 'installation',
  },
  'journal.read': {
    says: 'read the journal',
    roles: ['admin', 'officer', 'auditor'],
    journal: 'auditor',
    kind: 'read',
  },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;
export type WritePermission = {
  [P in Permission]: (typeof PERMISSIONS)[P]['kind'] extends 'write' ? P : never;
}[Permission];
export type ReadPermission = Exclude<Permission, WritePermission>;

export function permissionRule(permission: Permission): PermissionRule {
  return PERMISSIONS[permission];
}

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}

/** What a role may do, in the map's order; screens leave out what is not in it. */
export function permissionsOf(role: Role): Permission[] {
  return Object.keys(PERMISSIONS)
    .filter(isPermission)
    .filter((name) => permissionRule(name).roles.includes(role));
}

export function isWrite(permission: Permission): permission is WritePermission {
  return permissionRule(permission).kind === 'write';
}
