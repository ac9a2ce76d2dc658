import { AppError } from '@/lib/kernel/errors';

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const MAX_KEY_LENGTH = 512;

/**
 * The segments of a key: letters, digits, dot, dash and underscore between slashes, none beginning with a dot, so that no key
 * leaves its folder or means something to a file system. Throws `vault_key`.
 */
export function keySegments(key: string): string[] {
  const segments = key.split('/');
  if (key.length > MAX_KEY_LENGTH || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new AppError({
      code: 'vault_key',
      message: `cannot use ${JSON.stringify(key.slice(0, 80))} as a key of the vault: only letters, digits, ".", "-" and "_" between slashes`,
    });
  }
  return segments;
}
