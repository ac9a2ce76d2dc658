import type { Sql } from '@/lib/db/sql';
import { newestSnapshotAt } from '@/lib/directory/newest-snapshot-at';
import { floorToDay } from '@/lib/kernel/instant';

/** Whether the directory was not read yet today (UTC): names must be kept every day, also when a night's run was missed. */
export async function snapshotIsDue(sql: Sql, orgId: string, now: Date): Promise<boolean> {
  const newest = await newestSnapshotAt(sql, orgId);
  return newest === null || newest < floorToDay(now);
}
