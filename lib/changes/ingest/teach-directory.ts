import type { Database } from '@/lib/db/connection';
import type { TaughtFact } from '@/lib/directory/model/fold-events';
import { recordFromEvents } from '@/lib/directory/record-from-events';
import type { NormalisedChange } from '../model/record/change';
import { directoryKindOf } from '../model/record/enrich';
import type { StagedRecord } from '../store/record/stage';

/** Hands on to the directory what new records tell of creations, renames and deletions. Idempotent. */
export async function teachDirectory(
  db: Database,
  input: { readonly orgId: string; readonly fresh: readonly StagedRecord[]; readonly now: Date },
): Promise<number> {
  const facts = input.fresh.flatMap((record) => taughtBy(record.change) ?? []);
  if (facts.length === 0) return 0;
  return db.transaction((sql) => recordFromEvents(sql, { orgId: input.orgId, facts, now: input.now }));
}

/** What one change teaches about its target, or null: only what succeeded, and only kinds the directory keeps. */
export function taughtBy(change: NormalisedChange): TaughtFact | null {
  const kind = directoryKindOf(change.entityType);
  // Routing info and sign-ins stand under a user's id and are no user's life.
  if (kind === undefined || change.entityId === null || change.status === 'FAILURE') return null;
  if (change.entityType === 'AgentRoutingInfo' || change.entityType === 'AuthUser') return null;
  const fact = { kind, entityId: change.entityId, at: change.eventDate, changeId: change.id };
  const renamed = change.propertyChanges.find((one) => one.property === 'name')?.newValues[0] ?? null;
  const own = change.entityName === '' || change.entityName?.includes('--') ? null : change.entityName;
  if (change.action === 'Create') {
    const division =
      change.propertyChanges.find((one) => /^division([._-]?id)?$/i.test(one.property))?.newValues[0] ?? null;
    return {
      ...fact,
      action: 'created',
      name: own ?? renamed,
      ...(division === null ? {} : { divisionId: division }),
    };
  }
  if (/Delete$/.test(change.action)) return { ...fact, action: 'deleted', name: own };
  if (change.action === 'Update' && renamed !== null && renamed !== '')
    return { ...fact, action: 'renamed', name: renamed };
  return null;
}
