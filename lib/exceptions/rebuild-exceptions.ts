import type { Database } from '@/lib/db/connection';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sumHappenings } from './model/sum-happenings';
import { type KeptEvent, selectEvents } from './store/events';
import { recordOf } from './store/exception-row';
import { exceptionIdsAfter, lockExceptions, replaceException } from './store/exceptions';

const BATCH = 500;

/**
 * Sums every exception of an organisation from its facts again and replaces rows that say something else; returns how many were
 * looked at, and the ids of those that differed.
 */
export async function rebuildExceptions(
  db: Database,
  { orgId }: { readonly orgId: string },
): Promise<{ readonly looked: number; readonly differed: readonly string[] }> {
  const differed: string[] = [];
  let looked = 0;
  let after = '';
  for (;;) {
    const ids = await exceptionIdsAfter(db.sql, { orgId, after, limit: BATCH });
    const last = ids.at(-1);
    if (last === undefined) return { looked, differed };
    after = last;
    await db.transaction(async (sql) => {
      const rows = new Map((await lockExceptions(sql, ids)).map((one) => [one.id, one]));
      const byId = new Map<string, KeptEvent[]>();
      for (const event of await selectEvents(sql, ids)) {
        const theirs = byId.get(event.exceptionId);
        if (theirs === undefined) byId.set(event.exceptionId, [event]);
        else theirs.push(event);
      }
      for (const [id, events] of byId) {
        const sum = sumHappenings(events);
        const row = rows.get(id);
        looked += 1;
        if (row !== undefined && canonicalJson(recordOf(row)) === canonicalJson(recordOf(sum))) continue;
        differed.push(id);
        await replaceException(sql, sum);
      }
    });
  }
}
