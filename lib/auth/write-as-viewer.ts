import type { Database, WriteTransaction } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal, type JournalEntry } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { AppError } from '@/lib/kernel/errors';
import { viewerIdSetting } from './as-viewer';
import { actorOf, type Viewer } from './viewer';

/** A journal entry whose actor is the viewer. */
export type JournalNote = Omit<JournalEntry, 'actor'>;

export type Writing = {
  readonly tx: WriteTransaction;
  /** Who acts and when, as use cases want it. */
  readonly by: { readonly actor: JournalActor; readonly now: Date };
  /** Records the act, for routes whose use case does not. */
  journal(note: JournalNote): Promise<void>;
  afterCommit(act: () => Promise<void>): void;
};

/**
 * One transaction for an act of the viewer. Throws `act_not_journaled`, and nothing of it remains, when the transaction
 * holds no journal row at its end. What anyone writes to their own account (`own`) is written as `tally_self`, which
 * reaches the rows of that person alone; whatever else an auditor may write, as `tally_viewer`. So the database holds
 * them to it.
 */
export async function writeAsViewer<T>(
  db: Database,
  viewer: Viewer,
  now: Date,
  run: (writing: Writing) => Promise<T>,
  { own = false }: { readonly own?: boolean } = {},
): Promise<T> {
  const by = { actor: actorOf(viewer), now };
  const later: (() => Promise<void>)[] = [];
  const result = await db.writeTransaction(async (tx) => {
    if (own) await become(tx.sql, 'tally_self', viewer);
    else if (viewer.role === 'auditor') await become(tx.sql, 'tally_viewer', viewer);
    const answer = await run({
      tx,
      by,
      async journal(note) {
        await appendJournal(tx.sql, { at: now, ...note, actor: by.actor });
      },
      afterCommit: (act) => later.push(act),
    });
    await demandJournalRow(tx.sql);
    return answer;
  });
  for (const act of later) await act();
  return result;
}

async function become(sql: Sql, role: 'tally_self' | 'tally_viewer', viewer: Viewer): Promise<void> {
  await sql.query(
    `select set_config('role', $3, true), set_config('app.org_ids', $1, true), set_config('app.viewer_id', $2, true)`,
    [viewer.orgIds.join(','), viewerIdSetting(viewer), role],
  );
}

async function demandJournalRow(sql: Sql): Promise<void> {
  await sql.query(`select set_config('app.reads_journal', '1', true)`);
  const rows = await sql.query('select 1 from journal where xid = pg_current_xact_id() limit 1');
  if (rows.length > 0) return;
  throw new AppError({
    code: 'act_not_journaled',
    message: 'cannot finish the act: it left no row in the journal',
  });
}
