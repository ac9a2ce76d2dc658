import type { Sql } from '@/lib/db/sql';
import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { loadNewestRun } from './store/snapshot-runs';

/** A daily reading and two hours of grace. */
const FRESH_FOR_MS = 26 * HOUR_MS;

/** Why these kinds cannot be relied on now, as words: never read, not completely, or more than 26 hours ago. Null where they can. */
export async function whyNotFresh(
  sql: Sql,
  of: { readonly orgId: string; readonly kinds: readonly DirectoryKind[]; readonly now: Date },
): Promise<string | null> {
  for (const kind of of.kinds) {
    const run = await loadNewestRun(sql, of.orgId, kind);
    if (run === null) return `the ${kind}s were never read`;
    if (run.outcome !== 'complete') return `the ${kind}s were not read completely at ${toIso(run.takenAt)}`;
    if (run.takenAt < addMs(of.now, -FRESH_FOR_MS))
      return `the ${kind}s were last read at ${toIso(run.takenAt)}, more than 26 hours ago`;
  }
  return null;
}
