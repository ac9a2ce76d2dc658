import { z } from 'zod';
import { ROLES } from '@/lib/kernel/words';
import { SOURCE_KIND_NAMES } from './settings/source-kinds';

export type { Permission } from './permissions';

const role = z.enum(ROLES);
const orgScope = z.array(z.uuid().toLowerCase()).max(200).nullable();
const instant = z.iso.datetime({ offset: true });
const email = z.email().max(320).toLowerCase();
const name = z.string().trim().min(1).max(200);

export const idParams = z.object({ id: z.string().max(100) });

/** GET /api/v1/me */
export const meSchema = z.object({
  id: z.string(),
  kind: z.enum(['person', 'api_key', 'operator']),
  name: z.string(),
  email: z.string().nullable(),
  role,
  orgIds: z.array(z.string()),
  permissions: z.array(z.string()),
});
export type MeDto = z.infer<typeof meSchema>;

export const passwordChangeSchema = z.object({ current: z.string().max(1024), wanted: z.string().max(1024) });

/** GET /api/v1/organizations */
export const organizationSchema = z.object({
  id: z.string(),
  name: z.string(),
  domain: z.string().nullable(),
  region: z.string(),
  connectedAt: z.string(),
  state: z.enum(['active', 'paused']),
});
export type OrganizationDto = z.infer<typeof organizationSchema>;
export const organizationListSchema = z.object({ items: z.array(organizationSchema), nextCursor: z.null() });
export const organizationChangeSchema = z.object({ state: z.enum(['active', 'paused']) });

/** GET /api/v1/users */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  orgScope: z.array(z.string()).nullable(),
  state: z.enum(['invited', 'active', 'disabled']),
  createdAt: z.string(),
  lastSignInAt: z.string().nullable(),
});
export type UserDto = z.infer<typeof userSchema>;
export const userListSchema = z.object({ items: z.array(userSchema), nextCursor: z.null() });
export const newUserSchema = z.object({
  email,
  name,
  role,
  orgScope: orgScope.optional(),
  /** `invite`: they sign in through the OpenID provider. `password`: one is made and shown once. */
  signIn: z.enum(['invite', 'password']),
});
export const createdUserSchema = z.object({ user: userSchema, password: z.string().nullable() });
export type CreatedUserDto = z.infer<typeof createdUserSchema>;
export const userChangeSchema = z
  .object({
    role: role.optional(),
    orgScope: orgScope.optional(),
    state: z.enum(['active', 'disabled']).optional(),
  })
  .refine((one) => Object.keys(one).length > 0, 'nothing to change');

/** Sessions of a person, as `GET /api/v1/me` and the people page show them. */
export const endedSessionsSchema = z.object({ ended: z.number() });

/** GET /api/v1/api-keys */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  role,
  orgScope: z.array(z.string()).nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKeyDto = z.infer<typeof apiKeySchema>;
export const apiKeyListSchema = z.object({ items: z.array(apiKeySchema), nextCursor: z.null() });
export const newApiKeySchema = z.object({
  name,
  role,
  orgScope: orgScope.optional(),
  expiresAt: instant.nullable().optional(),
});
/** `key` is shown this once. */
export const createdApiKeySchema = z.object({ id: z.string(), key: z.string(), apiKey: apiKeySchema });
export type CreatedApiKeyDto = z.infer<typeof createdApiKeySchema>;

/** GET /api/v1/settings/sources. Secrets are write-only: it is shown that and when one was set. */
export const sourceSchema = z.object({
  id: z.string(),
  /** What the environment sets is read-only. */
  origin: z.enum(['environment', 'settings']),
  kind: z.enum(SOURCE_KIND_NAMES),
  says: z.string(),
  name: z.string(),
  orgId: z.string().nullable(),
  state: z.enum(['active', 'paused']),
  /** Whether everything needed to connect is there. */
  complete: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  secrets: z.array(z.object({ field: z.string(), set: z.boolean(), setAt: z.string().nullable() })),
  updatedAt: z.string().nullable(),
});
export type SourceDto = z.infer<typeof sourceSchema>;
export const sourceListSchema = z.object({ items: z.array(sourceSchema), nextCursor: z.null() });
export const newSourceSchema = z.object({
  kind: z.enum(SOURCE_KIND_NAMES),
  name,
  orgId: z.uuid().toLowerCase().nullable().optional(),
  state: z.enum(['active', 'paused']).optional(),
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string().max(60), z.string().max(10_000)).optional(),
});
export const sourceChangeSchema = newSourceSchema.omit({ kind: true }).partial();

/** GET /api/v1/settings: each setting as it is in force now; `history` newest first. */
export const settingSchema = z.object({
  id: z.string(),
  name: z.string(),
  orgId: z.string().nullable(),
  value: z.unknown(),
  validFrom: z.string(),
  origin: z.enum(['person', 'operator', 'policy_file', 'system']),
  setBy: z.string(),
});
export type SettingDto = z.infer<typeof settingSchema>;
export const settingsSchema = z.object({
  items: z.array(settingSchema),
  history: z.array(settingSchema),
  /** What the environment decides, by variable; values only where they hold no secret. */
  environment: z.array(z.object({ variable: z.string(), value: z.string().nullable() })),
});
export type SettingsDto = z.infer<typeof settingsSchema>;
export const policyAppliedSchema = z.object({ changed: z.array(z.string()) });

/** GET /api/v1/health */
export const healthSchema = z.object({
  status: z.enum(['ok', 'failing']),
  database: z.enum(['ok', 'failing']),
  version: z.string(),
});
