import type { Database } from '@/lib/db/connection';
import { findUnauditedMoves } from './find-unaudited-moves';
import type { GivenPolicy } from './load-policies';
import { type RecordedRun, recordMoves } from './record-moves';
import { lockMoves, makeAllDue } from './store/due-hours';
import { forgetMoves } from './store/unaudited';

/** Makes the moves of an organisation again from its changes, directory and policies. The same knowledge gives the same rows; reviews stay. */
export async function rebuildMoves(
  db: Database,
  asked: { readonly orgId: string; readonly policy: GivenPolicy; readonly now: Date },
): Promise<RecordedRun & { readonly unaudited: number }> {
  await db.transaction(async (sql) => {
    await lockMoves(sql, asked.orgId);
    await forgetMoves(sql, asked.orgId);
    await makeAllDue(sql, asked.orgId);
  });
  const recorded = await recordMoves(db, asked);
  const { found } = await findUnauditedMoves(db, asked);
  return { ...recorded, unaudited: found };
}
