import { planRequestMail } from '@/lib/alerts/justifications/plan-request-mail';
import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import { excuseChanges } from '@/lib/linking/excuses/excuse-changes';
import { resolveBatch } from '@/lib/linking/jobs';
import { sweepRequests } from '@/lib/linking/justifications/end-requests';
import type { LinkDependencies } from '@/lib/linking/link-changes';
import { runBatch } from '@/lib/linking/manual/run-batch';
import { strandedBatches } from '@/lib/linking/manual/stranded-batches';
import { openLinks } from '@/lib/linking/open-links';
import { enqueue } from '@/lib/queue/enqueue';
import type { JobContext } from '@/lib/queue/job';
import { workerProduct } from './worker-product';

/** After so long without a sign a batch is taken up again. */
const STRANDED_MS = 5 * MINUTE_MS;

/** Applies a person's word to the changes of a session, or takes it back. */
export async function resolveOneBatch(
  { batchId }: { readonly batchId: string },
  { signal, log }: JobContext,
): Promise<void> {
  const { db } = workerProduct();
  const progress = await runBatch(batchId, { db, dependenciesOf: linksOf }, { signal });
  log.info({ batchId, state: progress?.state, done: progress?.done }, 'session resolved');
}

/** Holds changes against the rules that excuse them, after a rule was approved or withdrawn. */
export async function excuseOneOrganisation(
  { orgId }: { readonly orgId: string },
  { signal, log }: JobContext,
): Promise<void> {
  const { judged } = await excuseChanges(orgId, await linksOf(orgId), { signal });
  log.info({ orgId, judged }, 'changes held against the rules that excuse');
}

/** Reminds of requests for justification, ends those that ran out, and takes up batches that a lost job left. */
export async function sweepLinks(): Promise<void> {
  const { db } = workerProduct();
  const now = new Date();
  await sweepRequests(db, {
    now,
    remind: (sql, request) => planRequestMail(sql, request, { kind: 'reminder', now }),
  });
  for (const batchId of await strandedBatches(db.sql, addMs(now, -STRANDED_MS)))
    await enqueue(resolveBatch, { batchId }, { onceKey: batchId });
}

async function linksOf(orgId: string): Promise<LinkDependencies> {
  const { db, env } = workerProduct();
  return { ...(await openLinks({ db, env }, { orgId, now: new Date() })), now: () => new Date() };
}
