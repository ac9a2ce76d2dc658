import type { Handlers } from '@/lib/queue/job';
import type { JOBS } from '../jobs';
import { carryOutResponse, deliver, sweepAllResponses, watch } from './alerts';
import { backfill, collectNew, relink, relinkEverything, resweep, snapshot } from './collect';
import { runAsked, runDue } from './controls';
import { excuseOneOrganisation, resolveOneBatch } from './links';
import { beat } from './maintenance';
import { takePushedEvents } from './push';
import { judgeRisk } from './risk';

/** What each job does. */
export const HANDLERS: Handlers<typeof JOBS> = {
  'maintenance.heartbeat': beat,
  'changes.collect-new': collectNew,
  'changes.resweep-daily': resweep,
  'changes.resweep-weekly': resweep,
  'changes.backfill-daily': backfill,
  'directory.take-snapshot': snapshot,
  'controls.run-due': runDue,
  'controls.run-asked': runAsked,
  'linking.relink-nightly': relink,
  'linking.relink-all': relinkEverything,
  'linking.excuse-now': excuseOneOrganisation,
  'linking.resolve-batch': resolveOneBatch,
  'changes.take-push': takePushedEvents,
  'changes.judge-risk-again': judgeRisk,
  'maintenance.watch': watch,
  'alerts.deliver-due': deliver,
  'alerts.carry-out': carryOutResponse,
  'alerts.sweep-responses': sweepAllResponses,
};
