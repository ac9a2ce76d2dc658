import { deliverDue } from '@/lib/alerts/deliveries/deliver-due';
import { deliveryDeps } from '@/lib/alerts/deliveries/deps';
import { deliverDueJob } from '@/lib/alerts/jobs';
import { carryOut } from '@/lib/alerts/responses/carry-out';
import { carryOutJob } from '@/lib/alerts/responses/jobs';
import { sweepResponses } from '@/lib/alerts/responses/sweep-responses';
import { configuredChannels } from '@/lib/alerts/routing/configured-channels';
import { escalateDue } from '@/lib/alerts/routing/escalate-due';
import { sendDigests } from '@/lib/alerts/routing/send-digests';
import { listOrganizations } from '@/lib/auth/store/org-rows';
import { SECOND_MS } from '@/lib/kernel/instant';
import { enqueue } from '@/lib/queue/enqueue';
import type { JobContext } from '@/lib/queue/job';
import { watchOrganization } from '../pipeline';
import { followUp } from './follow-up';
import { sweepLinks } from './links';
import { workerProduct } from './worker-product';

/** Sends what is due, and asks for another run when the next one comes due before the sweep would. */
export async function deliver(_payload: object, { signal }: JobContext): Promise<void> {
  const { env, db } = workerProduct();
  const { nextAt } = await deliverDue(deliveryDeps(env, db), { now: new Date(), signal });
  if (nextAt === null || signal.aborted) return;
  const delayMs = Math.max(0, nextAt.getTime() - Date.now());
  // By the second: under one key, a run that waits for a far instant would keep a nearer one out.
  const second = Math.ceil(nextAt.getTime() / SECOND_MS);
  await enqueue(deliverDueJob, {}, { onceKey: `later-${second}`, delayMs });
}

/** Carries out one approved response. */
export async function carryOutResponse(
  { responseId }: { readonly responseId: string },
  { signal, log }: JobContext,
): Promise<void> {
  const { db, connections } = workerProduct();
  const { state } = await carryOut(
    {
      db,
      genesysOf: (orgId) => connections.responderIn(orgId, signal),
      ownClientIds: () => connections.ownClientIds(),
      now: () => new Date(),
      signal,
    },
    responseId,
  );
  log.info({ responseId, state }, 'response carried out');
}

/** Ends responses that waited too long, and takes up those that a lost job left behind. */
export async function sweepAllResponses(): Promise<void> {
  const { toCarryOut } = await sweepResponses(workerProduct().db, { now: new Date() });
  for (const responseId of toCarryOut) await enqueue(carryOutJob, { responseId }, { onceKey: responseId });
}

/** Looks for what nothing triggers, in every organisation that is not paused, also those that cannot be reached. */
export async function watch(_payload: object, context: JobContext): Promise<void> {
  const product = workerProduct();
  for (const { id, state } of await listOrganizations(product.db.sql))
    if (state === 'active') await watchOrganization(product, id);
  await escalateDue(product.db, { now: new Date(), configured: configuredChannels(product.env) });
  await sendDigests(product.db, { now: new Date() });
  await sweepLinks();
  await followUp({ approved: [] }, context);
}
