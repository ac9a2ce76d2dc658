import { applyBypass, changedObjects, hoursBeforeDetection } from '@/lib/changes/apply-bypass';
import type { ChangedObject } from '@/lib/changes/store/opinion/bypass';
import type { Database } from '@/lib/db/connection';
import { isBypass } from './model/decide-planning';
import { type DeclaredIndex, declarationOf, declaredIndex, hintsOf } from './model/loop/declared';
import { readDeclared } from './store/declared/declared-objects';

/** Hours looked at in one statement: a month of them. */
const HOURS_PER_STATEMENT = 744;

/**
 * Marks the ad-hoc changes of objects that a repository declares or a pipeline client changed last, in every hour that detections have yet to look
 * at, and takes the mark off what turned out to be planned. To be called after linking and before `detect`. Returns how many
 * marks it set or took off. Idempotent.
 */
export async function markBypasses(
  db: Database,
  of: {
    readonly orgId: string;
    /** Ids of the OAuth clients of pipelines. None: nothing can go past them. */
    readonly pipelineClients: ReadonlySet<string>;
    /** Other hours to look at than those that detections wait for. */
    readonly hours?: readonly Date[];
    readonly signal?: AbortSignal;
  },
): Promise<number> {
  const { orgId, pipelineClients } = of;
  let marked = 0;
  const due = of.hours ?? (await hoursBeforeDetection(db.sql, orgId));
  if (due.length === 0) return 0;
  const declarations = await readDeclared(db.sql, orgId);
  const index = declaredIndex(declarations);
  const declared = hintsOf(declarations);
  const actorIds = [...pipelineClients];
  for (let from = 0; from < due.length; from += HOURS_PER_STATEMENT) {
    if (of.signal?.aborted) break;
    const hours = due.slice(from, from + HOURS_PER_STATEMENT);
    const marks = (await changedObjects(db.sql, { orgId, hours, actorIds, declared })).map((change) => ({
      changeId: change.changeId,
      eventDate: change.eventDate,
      bypass: wentPast(change, { pipelineClients, index }),
    }));
    marked += await applyBypass(db.sql, { orgId, marks });
  }
  return marked;
}

function wentPast(
  change: ChangedObject,
  { pipelineClients, index }: { pipelineClients: ReadonlySet<string>; index: DeclaredIndex },
): boolean {
  const byPipeline = (act: {
    readonly kind: string;
    readonly actorId: string | null;
    readonly clientId: string | null;
  }) =>
    act.kind === 'automation' &&
    [act.actorId, act.clientId].some((id) => id !== null && pipelineClients.has(id));
  if (byPipeline({ ...change, kind: change.actorKind })) return false;
  return isBypass(change.planning, {
    declared: declarationOf(index, { ...change, at: change.eventDate }) !== null,
    lastChangedByPipeline: change.before !== null && byPipeline(change.before),
  });
}
