import { takePush } from '@/lib/changes/push/take-push';
import type { JobContext } from '@/lib/queue/job';
import { judgeOrganization } from '../pipeline';
import { linkOrganization } from '../pipeline-links';
import { followUp } from './follow-up';
import { workerProduct } from './worker-product';

/**
 * Events handed in by push become changes and are judged at once; then they are linked and judged again, since links may wait
 * for other servers. An organisation that cannot be reached is judged by its next pass.
 */
export async function takePushedEvents(
  payload: { readonly orgId?: string | undefined },
  context: JobContext,
): Promise<void> {
  const product = workerProduct();
  const { signal } = context;
  const taken = await takePush(product, { ...payload, signal });
  const touched = new Set(taken.filter((one) => one.taken > 0).map((one) => one.orgId));
  if (touched.size === 0) return;
  const { connections } = await product.connections.reach(signal);
  const theirs = connections.filter(({ orgId }) => touched.has(orgId));
  for (const connection of theirs)
    await followUp(await judgeOrganization(product, connection, { signal }), context);
  for (const connection of theirs) {
    if (signal.aborted) return;
    await linkOrganization(product, connection, { occasion: 'scheduled', signal });
    await followUp(await judgeOrganization(product, connection, { signal }), context);
  }
}
