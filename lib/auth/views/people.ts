import type { ApiKeyDto, MeDto, OrganizationDto, UserDto } from '../contract';
import { permissionsOf } from '../permissions';
import { type ApiKey, listKeys } from '../store/key-rows';
import { listOrganizations, type Organization } from '../store/org-rows';
import { findUser, listUsers, type User } from '../store/user-rows';
import { view } from '../view';
import { isoOrNull, toIso } from './iso';

type List<Item> = { items: Item[]; nextCursor: null };

/** The viewer's own account and what its role may do. */
export const readMe = view<void, MeDto>({ permission: 'self.read' }, async ({ sql, viewer }) => {
  const user = viewer.kind === 'person' ? await findUser(sql, viewer.id) : null;
  const { id, kind, name, role, orgIds } = viewer;
  return {
    id,
    kind,
    name,
    email: user?.email ?? null,
    role,
    orgIds: [...orgIds],
    permissions: permissionsOf(role),
  };
});

/** The organisations the viewer may see. */
export const readOrganizations = view<void, List<OrganizationDto>>(
  { permission: 'self.read' },
  async ({ sql }) => ({ items: (await listOrganizations(sql)).map(toOrganizationDto), nextCursor: null }),
);

/** Everybody with an account. */
export const readUsers = view<void, List<UserDto>>({ permission: 'users.read' }, async ({ sql }) => ({
  items: (await listUsers(sql)).map(toUserDto),
  nextCursor: null,
}));

/** Every API key, revoked ones too; never a secret. */
export const readApiKeys = view<void, List<ApiKeyDto>>({ permission: 'api_keys.read' }, async ({ sql }) => ({
  items: (await listKeys(sql)).map(toApiKeyDto),
  nextCursor: null,
}));

export function toUserDto(user: User): UserDto {
  const { id, email, name, role, state } = user;
  const orgScope = user.orgScope === null ? null : [...user.orgScope];
  return {
    id,
    email,
    name,
    role,
    orgScope,
    state,
    createdAt: toIso(user.createdAt),
    lastSignInAt: isoOrNull(user.lastSignInAt),
  };
}

export function toApiKeyDto(key: ApiKey): ApiKeyDto {
  const { id, name, role, createdBy } = key;
  return {
    id,
    name,
    role,
    orgScope: key.orgScope === null ? null : [...key.orgScope],
    createdAt: toIso(key.createdAt),
    createdBy,
    expiresAt: isoOrNull(key.expiresAt),
    revokedAt: isoOrNull(key.revokedAt),
    lastUsedAt: isoOrNull(key.lastUsedAt),
  };
}

export function toOrganizationDto(org: Organization): OrganizationDto {
  const { id, name, domain, region, state } = org;
  return { id, name, domain, region, state, connectedAt: toIso(org.connectedAt) };
}
