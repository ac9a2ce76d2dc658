import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { AppError } from '@/lib/kernel/errors';
import type { BulkDone, Decision } from './contract';
import { type By, decideException } from './decide-exception';

/**
 * Makes one move on each exception, each with its own journal row: what is refused says why and leaves the others done. Answers in
 * the order asked, each once. Requires a transaction; a refusal is told before anything of it was written.
 */
export async function bulkDecide(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly ids: readonly string[]; readonly decision: Decision },
  by: By,
): Promise<BulkDone> {
  const { orgIds, decision } = asked;
  const ids = [...new Set(asked.ids)];
  const because = new Map<string, string | null>();
  // In one order for everybody, so that two batches wait for one another instead of blocking each other.
  for (const id of [...ids].sort()) {
    try {
      await decideException(sql, { orgIds, id, decision }, by);
      because.set(id, null);
    } catch (error) {
      // What a person may not do is an answer; anything else is the product's fault and undoes the batch.
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      because.set(id, error.message);
    }
  }
  const items = ids.map((id) => {
    const why = because.get(id) ?? null;
    return { id, done: why === null, because: why };
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'exceptions.bulk_decided',
    objectType: 'exception',
    detail: {
      decision,
      done: items.filter((one) => one.done).length,
      refused: items.filter((one) => !one.done),
    },
    at: by.now,
  });
  return { items };
}
