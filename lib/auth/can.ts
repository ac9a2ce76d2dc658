import { requestError } from '@/lib/kernel/errors';
import { type Permission, permissionRule } from './permissions';
import type { Viewer } from './viewer';

/** Where the permission is to be used; absent: anywhere the viewer may look. */
export type Scope = { readonly orgId?: string | null };

/** Whether the viewer's role holds the permission and the organisation asked for is one of the viewer's. */
export function can(viewer: Viewer, permission: Permission, scope: Scope = {}): boolean {
  const { roles, reach } = permissionRule(permission);
  if (!roles.includes(viewer.role) || (reach === 'installation' && viewer.limited)) return false;
  return !scope.orgId || viewer.orgIds.includes(scope.orgId.toLowerCase());
}

/**
 * Passes, or throws `forbidden` for a role without the permission and `not_found` for an organisation that is not the
 * viewer's: that it exists is not theirs to know.
 */
export function authorise(viewer: Viewer, permission: Permission, scope: Scope = {}): void {
  const { says, roles, reach } = permissionRule(permission);
  if (!roles.includes(viewer.role)) {
    throw requestError(
      'forbidden',
      `cannot ${says}: the role ${viewer.role.replace('_', ' ')} does not include it`,
      {
        hint: 'Ask an administrator for a role that does.',
        details: { permission },
      },
    );
  }
  if (reach === 'installation' && viewer.limited) {
    throw requestError('forbidden', `cannot ${says}: your account is limited to some organisations`, {
      details: { permission },
    });
  }
  if (!can(viewer, permission, scope)) {
    throw requestError('not_found', `cannot ${says}: there is no such organisation`);
  }
}
