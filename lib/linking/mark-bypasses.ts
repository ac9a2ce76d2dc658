import { applyBypass, changedObjects, hoursBeforeDetection } from '@/lib/changes/apply-bypass';
import type { ChangedObject } from '@/lib/changes/store/opinion/bypass';
import type { Database } from '@/lib/db/connection';
import { isBypass } from './model/decide-planning';

/** Hours looked at in one statement: a month of them. */
const HOURS_PER_STATEMENT = 744;

/**
 * Marks the ad-hoc changes of objects that a pipeline client changed last, in every hour that detections have yet to look
 * at, and takes the mark off what turned out to be planned. To be called after linking and before `detect`. Returns how many
 * marks it set or took off. Idempotent.
 */
export async function markBypasses(
  db: Database,
  of: {
    readonly orgId: string;
    /** Ids of the OAuth clients of pipelines. None: nothing can go past them. */
    readonly pipelineClients: ReadonlySet<string>;
    readonly signal?: AbortSignal;
  },
): Promise<number> {
  const { orgId, pipelineClients } = of;
  let marked = 0;
  const due = await hoursBeforeDetection(db.sql, orgId);
  const actorIds = [...pipelineClients];
  for (let from = 0; from < due.length; from += HOURS_PER_STATEMENT) {
    if (of.signal?.aborted) break;
    const hours = due.slice(from, from + HOURS_PER_STATEMENT);
    const marks = (await changedObjects(db.sql, { orgId, hours, actorIds })).map((change) => ({
      changeId: change.changeId,
      eventDate: change.eventDate,
      bypass: wentPast(change, pipelineClients),
    }));
    marked += await applyBypass(db.sql, { orgId, marks });
  }
  return marked;
}

function wentPast(change: ChangedObject, pipelineClients: ReadonlySet<string>): boolean {
  const byPipeline = (act: {
    readonly kind: string;
    readonly actorId: string | null;
    readonly clientId: string | null;
  }) =>
    act.kind === 'automation' &&
    [act.actorId, act.clientId].some((id) => id !== null && pipelineClients.has(id));
  if (byPipeline({ ...change, kind: change.actorKind })) return false;
  return isBypass(change.planning, {
    // Which objects a repository declares is known only through the diffs of cited commits: not looked up here.
    declared: false,
    lastChangedByPipeline: change.before !== null && byPipeline(change.before),
  });
}
