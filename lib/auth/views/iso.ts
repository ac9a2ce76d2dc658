import { toIso } from '@/lib/kernel/instant';

export { toIso };

export function isoOrNull(at: Date | null): string | null {
  return at === null ? null : toIso(at);
}
