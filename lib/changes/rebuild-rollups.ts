import type { Database } from '@/lib/db/connection';
import { holdRollups, ROLLUPS, type Rollup, remakeRollup, rollupDifferences } from './store/rollups';

/** What each rollup would say differently if it were counted anew; all zero, since triggers keep them. */
export async function checkRollups(db: Database, orgId: string): Promise<Readonly<Record<Rollup, number>>> {
  const differences = { ru_hour: 0, ru_day: 0, ru_dim: 0, ru_actor: 0, ru_rate: 0 };
  for (const rollup of ROLLUPS) differences[rollup] = await rollupDifferences(db.sql, orgId, rollup);
  return differences;
}

/** Counts all rollups of an organisation anew from its changes; writers wait meanwhile. */
export async function rebuildRollups(db: Database, orgId: string): Promise<void> {
  await db.transaction(async (sql) => {
    await holdRollups(sql);
    for (const rollup of ROLLUPS) await remakeRollup(sql, orgId, rollup);
  });
}
