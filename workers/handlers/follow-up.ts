import { deliverDueJob } from '@/lib/alerts/jobs';
import { carryOutJob } from '@/lib/alerts/responses/jobs';
import { messageOf } from '@/lib/kernel/errors';
import { enqueue } from '@/lib/queue/enqueue';
import type { JobContext } from '@/lib/queue/job';
import type { Judged } from '../pipeline';

/**
 * Has sent and done at once what a judgement left as rows. Should the queue refuse, the sweeps of the next minute find the rows:
 * no reason to judge again.
 */
export async function followUp(
  { approved }: Pick<Judged, 'approved'>,
  { log }: Pick<JobContext, 'log'>,
): Promise<void> {
  try {
    await enqueue(deliverDueJob, {}, { onceKey: 'now' });
    for (const responseId of approved) await enqueue(carryOutJob, { responseId }, { onceKey: responseId });
  } catch (error) {
    log.warn({ reason: messageOf(error) }, 'deliveries and responses wait for the sweep');
  }
}
