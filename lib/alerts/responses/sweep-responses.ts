import type { Database } from '@/lib/db/connection';
import { appendDecision } from '../store/response/decision-facts';
import { selectExpired, selectUnfinished, updateResponse } from '../store/response/response-rows';
import { PRODUCT } from './new-response';

export type Swept = {
  readonly expired: number;
  /** Approved or begun and not ended: to be carried out, should nobody be at it. */
  readonly toCarryOut: readonly string[];
};

/** Ends what waited too long, and finds what a lost job or a killed process left behind. Safe to repeat and to overlap. */
export async function sweepResponses(db: Database, { now }: { readonly now: Date }): Promise<Swept> {
  const expired = await db.transaction(async (sql) => {
    const waiting = await selectExpired(sql, now);
    for (const response of waiting) {
      const because = 'Nobody approved it in time.';
      await updateResponse(sql, response.id, { state: 'expired', because, finishedAt: now });
      const to = { orgId: response.orgId, responseId: response.id };
      await appendDecision(sql, to, { at: now, what: 'expired', by: PRODUCT, reason: because, guards: null });
    }
    return waiting.length;
  });
  return { expired, toCarryOut: await selectUnfinished(db.sql) };
}
