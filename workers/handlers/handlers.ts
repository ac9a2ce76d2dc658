import type { Handlers } from '@/lib/queue/job';
import type { JOBS } from '../jobs';
import { backfill, collectNew, relink, relinkEverything, resweep, snapshot } from './collect';
import { beat } from './maintenance';

/** What each job does. */
export const HANDLERS: Handlers<typeof JOBS> = {
  'maintenance.heartbeat': beat,
  'changes.collect-new': collectNew,
  'changes.resweep-daily': resweep,
  'changes.resweep-weekly': resweep,
  'changes.backfill-daily': backfill,
  'directory.take-snapshot': snapshot,
  'linking.relink-nightly': relink,
  'linking.relink-all': relinkEverything,
};
