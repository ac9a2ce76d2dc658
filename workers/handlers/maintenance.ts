import type { JobContext } from '@/lib/queue/job';

export async function beat(_payload: object, { log }: JobContext): Promise<void> {
  log.debug('worker alive');
}
