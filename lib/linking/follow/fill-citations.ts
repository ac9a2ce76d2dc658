import type { Database } from '@/lib/db/connection';
import { readCitations } from '../model/read-citations';
import { dropTextCitations, fillPlace, keepCitations, moveFill, readJudged } from '../store/citations';

const BATCH = 2_000;

/**
 * Writes down what changes cite that were judged when nobody wrote it down, batch by batch; nothing once it is done. Each batch
 * commits with the place it came to.
 */
export async function fillCitations(
  orgId: string,
  { db, now, signal }: { readonly db: Database; readonly now: () => Date; readonly signal?: AbortSignal },
): Promise<{ readonly read: number; readonly done: boolean }> {
  let read = 0;
  let { after, done } = await fillPlace(db.sql, orgId);
  while (!done && signal?.aborted !== true) {
    const changes = await readJudged(db.sql, { orgId, after, limit: BATCH });
    const last = changes.at(-1);
    read += changes.length;
    done = changes.length < BATCH;
    if (last !== undefined) after = { eventDate: last.eventDate, id: last.id };
    const place = { after, doneAt: done ? now() : null };
    await db.transaction(async (sql) => {
      await keepCitations(
        sql,
        orgId,
        changes.flatMap((change) => readCitations(change.text).map((citation) => ({ change, citation }))),
      );
      await moveFill(sql, orgId, place);
    });
  }
  return { read, done };
}

/** Forgets what texts cite and writes it down anew. The same changes give the same rows. */
export async function rebuildCitations(
  orgId: string,
  dependencies: Parameters<typeof fillCitations>[1],
): Promise<{ readonly read: number; readonly done: boolean }> {
  await dependencies.db.transaction((sql) => dropTextCitations(sql, orgId));
  return fillCitations(orgId, dependencies);
}
