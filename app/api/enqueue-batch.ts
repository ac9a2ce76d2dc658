import { messageOf } from '@/lib/kernel/errors';
import { resolveBatch } from '@/lib/linking/jobs';
import { log } from '@/lib/log/log';
import { enqueue } from '@/lib/queue/enqueue';

/** Has a batch carried out at once. Should the queue refuse, the sweep of the next minute finds it: no reason to fail. */
export async function enqueueBatch(batchId: string): Promise<void> {
  try {
    await enqueue(resolveBatch, { batchId }, { onceKey: batchId });
  } catch (error) {
    log.warn({ batchId, reason: messageOf(error) }, 'a resolution waits for the sweep');
  }
}
