import { listOrganizations } from '@/lib/auth/store/org-rows';
import { collectSync } from '@/lib/changes/jobs';
import { judgeRiskAgain } from '@/lib/changes/risk/judge-again';
import { enqueue } from '@/lib/queue/enqueue';
import type { JobContext } from '@/lib/queue/job';
import { workerProduct } from './worker-product';

/**
 * Changes that approved rules concern are judged again, in every organisation or one, also those that cannot be reached. What
 * follows from it (sessions, links, moves, findings) is done by the organisation's next pass, which is asked for at once.
 */
export async function judgeRisk(
  payload: { readonly orgId?: string | undefined },
  { signal, log }: JobContext,
): Promise<void> {
  const { db } = workerProduct();
  for (const { id: orgId } of await listOrganizations(db.sql)) {
    if (signal.aborted || (payload.orgId !== undefined && payload.orgId !== orgId)) continue;
    const { read, changed, open } = await judgeRiskAgain(db, { orgId, now: () => new Date(), signal });
    if (read > 0) log.info({ orgId, read, changed, open }, 'risk judged again');
    if (changed > 0) await enqueue(collectSync, { orgId }, { onceKey: `${orgId}-risk` });
  }
}
