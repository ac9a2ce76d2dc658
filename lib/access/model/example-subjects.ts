import { DEFAULT_ACCESS_SETTINGS } from './settings';
import type {
  ClientSubject,
  HeldRole,
  Match,
  Person,
  ReconcileContext,
  RoleFacts,
  UserSubject,
} from './subject';

/** Subjects that rules' examples are made of. */
export const AS_OF = new Date('2026-11-20T03:00:00Z');

export function examplePerson(more: Partial<Person> = {}): Person {
  return {
    key: 'NW0038',
    name: 'Derek Shaw',
    department: 'Customer Support',
    title: 'Agent',
    status: 'active',
    manager: null,
    authorizedDivision: 'US Support',
    authorizedRoles: ['employee', 'User'],
    terminatedAt: null,
    before: null,
    ...more,
  };
}

export function exampleMatch(more: Partial<Person> = {}): Match {
  return { kind: 'matched', person: examplePerson(more) };
}

export function exampleRole(name: string, more: Partial<RoleFacts> = {}): RoleFacts {
  return { id: `role-${name}`, name, permissions: [], privileged: false, base: false, ...more };
}

export const ADMIN = exampleRole('Admin', {
  privileged: true,
  permissions: ['authorization:grant:add', 'oauth:client:edit', 'directory:user:edit'],
});

export function exampleHeld(role: RoleFacts | string, more: Partial<HeldRole> = {}): HeldRole {
  return {
    role: typeof role === 'string' ? exampleRole(role) : role,
    directly: true,
    through: [],
    divisionIds: ['div-1'],
    since: new Date('2026-06-01T00:00:00Z'),
    sinceKnown: true,
    grantingChangeId: 'change-1',
    ...more,
  };
}

export function exampleUser(more: Partial<UserSubject> = {}): UserSubject {
  return {
    id: 'user-1',
    name: 'Derek Shaw',
    email: 'derek@example.test',
    state: 'active',
    division: { id: 'div-1', name: 'US Support' },
    department: 'Customer Support',
    title: 'Agent',
    skills: 0,
    lastTokenAt: new Date('2026-11-19T08:00:00Z'),
    lastLoginAt: null,
    validFrom: new Date('2026-06-01T00:00:00Z'),
    changeId: null,
    held: [],
    match: exampleMatch(),
    emergency: null,
    ...more,
  };
}

export function exampleClient(more: Partial<ClientSubject> = {}): ClientSubject {
  return {
    id: 'client-1',
    name: 'Nightly export',
    state: 'active',
    createdBy: 'user-9',
    creator: { name: 'Otis Fairbanks', standing: 'active' },
    owner: null,
    roles: [],
    since: new Date('2026-06-01T00:00:00Z'),
    changeId: null,
    lastUsedAt: null,
    ...more,
  };
}

export function exampleContext(more: Partial<ReconcileContext> = {}): ReconcileContext {
  return {
    asOf: AS_OF,
    settings: DEFAULT_ACCESS_SETTINGS,
    roleRules: new Map(),
    inGroup: () => ({ kind: 'not_evaluated', because: 'no source of directory groups is set' }),
    divisionName: (id) => (id === 'div-1' ? 'US Support' : null),
    ...more,
  };
}
