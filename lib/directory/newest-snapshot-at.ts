import type { Sql } from '@/lib/db/sql';
import { loadNewestRun } from './store/snapshot-runs';

/** When people were last read, as the measure of the whole directory's age; null when they never were. */
export async function newestSnapshotAt(sql: Sql, orgId: string): Promise<Date | null> {
  const run = await loadNewestRun(sql, orgId, 'user');
  return run?.takenAt ?? null;
}
