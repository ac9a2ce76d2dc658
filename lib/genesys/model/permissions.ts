/** What the connector's OAuth client must be allowed, each only to read (genesys contract, 5.5 and 5.7). */
export const NEEDED_PERMISSIONS = [
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

/** The platform has no read-only form of these two: whoever reads trunks or authentication settings may also change them. */
export const OVERPOWERED_BY_DESIGN: readonly string[] = [
  'telephony:plugin:all',
  'directory:organization:admin',
];

/** One policy of a role: what may be done with what. Each part may be `*`. */
export type PermissionPolicy = {
  readonly domain: string;
  readonly entityName: string;
  readonly actions: readonly string[];
};

export type Excess = {
  /** Held and not needed; wildcards stay as written. */
  readonly beyond: readonly string[];
  /** Those of `beyond` that can change something. */
  readonly writing: readonly string[];
  /** Needed, and more powerful than needed because the platform offers nothing less. */
  readonly byDesign: readonly string[];
};

/** What a client may do beyond what the product needs. A wildcard always counts as more, even where it covers something needed. */
export function excessOf(
  policies: readonly PermissionPolicy[],
  needed: readonly string[] = NEEDED_PERMISSIONS,
): Excess {
  const held = new Set(
    policies.flatMap(({ domain, entityName, actions }) =>
      actions.map((action) => `${domain}:${entityName}:${action}`),
    ),
  );
  const names = new Set(needed.map((name) => name.toLowerCase()));
  const beyond = [...held].filter((name) => !names.has(name.toLowerCase())).sort();
  return {
    beyond,
    writing: beyond.filter((name) => !isReading(name)),
    byDesign: OVERPOWERED_BY_DESIGN.filter((name) => held.has(name)),
  };
}

/** Whether the policies allow `domain:entity:action`; any part of a policy may be `*`. */
export function permits(policies: readonly PermissionPolicy[], permission: string): boolean {
  const [domain = '', entityName = '', action = ''] = permission.toLowerCase().split(':');
  const fits = (held: string, wanted: string) => held === '*' || held.toLowerCase() === wanted;
  return policies.some(
    (policy) =>
      fits(policy.domain, domain) &&
      fits(policy.entityName, entityName) &&
      policy.actions.some((held) => fits(held, action)),
  );
}

function isReading(name: string): boolean {
  const action = name.slice(name.lastIndexOf(':') + 1);
  return /^(view|read|search|list)/i.test(action);
}
