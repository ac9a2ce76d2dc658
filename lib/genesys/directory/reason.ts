import { GenesysError } from '../model/errors';

/** Why something could not be read, as a sentence for the report; throws what concerns the whole connection. */
export function reasonOf(
  thrown: unknown,
  permission: string | null,
): { because: string; permissions: readonly string[] } {
  if (!(thrown instanceof GenesysError)) throw thrown;
  switch (thrown.code) {
    case 'aborted':
    case 'unauthenticated':
    case 'ip_not_allowed':
    case 'bad_configuration':
      throw thrown;
    case 'no_permission': {
      const permissions =
        thrown.permissions.length > 0 ? thrown.permissions : permission === null ? [] : [permission];
      const names = permissions.join(', ');
      return {
        because: names === '' ? 'a permission is missing' : `permission ${names} is missing`,
        permissions,
      };
    }
    default:
      return { because: thrown.message, permissions: [] };
  }
}
