/** One way to recognise a privileged role. */
export type PrivilegedRule = {
  readonly matches: 'permission' | 'name';
  /** `domain:entity:action` with `*` for any word, or a role's name without regard to case. */
  readonly pattern: string;
};

/** What makes a role privileged where an organisation says nothing: it can change who may do what, or how people sign in. */
export const DEFAULT_PRIVILEGED_RULES: readonly PrivilegedRule[] = [
  'authorization:grant:*',
  'authorization:role:*',
  'authorization:division:*',
  'directory:organization:admin',
  'oauth:client:*',
  'sso:provider:*',
  'recording:encryptionKey:*',
].map((pattern) => ({ matches: 'permission', pattern }));

/** Words of an action that only look. */
const LOOKING = new Set(['view', 'search', 'read', 'list']);

/** Whether a role is privileged by its content (a permission that does more than look) or by its name. */
export function isPrivileged(
  role: { readonly name: string | null; readonly permissions: readonly string[] },
  rules: readonly PrivilegedRule[],
): boolean {
  return rules.some((rule) =>
    rule.matches === 'name'
      ? role.name?.toLowerCase() === rule.pattern.toLowerCase()
      : role.permissions.some((permission) => permits(permission, rule.pattern)),
  );
}

/** The permissions in a role as the platform lists it: its policies, one text `domain:entity:action` each. */
export function permissionsOfRole(item: unknown): readonly string[] {
  if (typeof item !== 'object' || item === null) return [];
  const policies =
    'permissionPolicies' in item && Array.isArray(item.permissionPolicies) ? item.permissionPolicies : [];
  return policies.flatMap((policy: unknown) => {
    if (typeof policy !== 'object' || policy === null) return [];
    const domain = 'domain' in policy ? String(policy.domain) : '';
    const entity = 'entityName' in policy ? String(policy.entityName) : '';
    const actions: readonly unknown[] =
      'actionSet' in policy && Array.isArray(policy.actionSet) ? policy.actionSet : [];
    return actions.map((action) => `${domain}:${entity}:${String(action)}`);
  });
}

/** Whether a held permission covers a wanted one; a pattern that ends in `*` wants an action that does more than look. */
export function permits(permission: string, pattern: string): boolean {
  const held = permission.split(':');
  const wanted = pattern.split(':');
  if (held.length !== wanted.length) return false;
  const matches = wanted.every((word, index) => word === '*' || held[index] === '*' || word === held[index]);
  const action = held.at(-1) ?? '';
  return matches && (wanted.at(-1) !== '*' || !LOOKING.has(action));
}
