import { ROLES, type Role } from '@/lib/kernel/words';

export const ROLE_WORDS = {
  admin: 'Administrator',
  officer: 'Compliance officer',
  auditor: 'Auditor',
  operator: 'Operator',
  privacy_officer: 'Privacy officer',
} as const satisfies Record<Role, string>;

export const ROLE_HINTS = {
  admin: 'May do everything, also change settings and people',
  officer: 'Sees and exports changes and the journal',
  auditor: 'Only reads; each of their views is written to the journal',
  operator: 'Runs collections and replays what could not be read',
  privacy_officer: 'Sees and exports changes',
} as const satisfies Record<Role, string>;

export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] }));
