import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import type { OrgKnowledge } from '@/lib/changes/ingest/org-knowledge';
import type { IncomingPage } from '@/lib/changes/ingest/prepare-batch';
import { directoryKindOf } from '@/lib/changes/model/record/enrich';
import type { Database } from '@/lib/db/connection';
import type { TaughtFact } from '@/lib/directory/model/fold-events';
import { recordFromEvents } from '@/lib/directory/record-from-events';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { auditPages, entitiesOf } from './audit-pages';

const FACTS_PER_STATEMENT = 5_000;

/** The name of everything that the records speak of, known since a day before the first. */
export async function teachNames(db: Database, orgId: string, from: Date): Promise<number> {
  const at = addMs(from, -DAY_MS);
  const facts = entitiesOf().flatMap(({ entityType, id, name }): TaughtFact[] => {
    const kind = directoryKindOf(entityType);
    return kind === undefined
      ? []
      : [{ kind, entityId: id, at, changeId: `taught/${id}`, action: 'created', name }];
  });
  for (let start = 0; start < facts.length; start += FACTS_PER_STATEMENT)
    await db.transaction((sql) =>
      recordFromEvents(sql, { orgId, facts: facts.slice(start, start + FACTS_PER_STATEMENT), now: at }),
    );
  await db.sql.query('analyze directory_version');
  return facts.length;
}

export async function knowledgeOf(db: Database, orgId: string, now: Date): Promise<OrgKnowledge> {
  return loadKnowledge(db.sql, orgId, now);
}

/** The pages of `auditPages` as the collector hands them on, all of them in memory. */
export function pagesInMemory(plan: Parameters<typeof auditPages>[0]): IncomingPage[] {
  let pageNumber = 0;
  return [...auditPages(plan)].map((bytes) => ({
    path: 'pull',
    bytes,
    member: 'entities',
    queryId: 'bench',
    url: null,
    pageNumber: ++pageNumber,
    receivedAt: plan.to,
  }));
}
