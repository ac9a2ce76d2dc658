import { judgeBatch } from '../judge-batch';
import type { LinkDependencies } from '../link-changes';
import { absentFinding } from '../look-up-citations';
import { type Citation, withFound } from '../model/citation';
import type { Finding } from '../model/claim';
import { readCitations } from '../model/read-citations';
import { type Windows, windowsOf } from '../near-windows';
import { readCiting } from '../store/changes-to-link';
import { itemCitations } from '../store/citations';
import { type DueTicket, moveDue, nextDue } from '../store/due-tickets';
import { isNotFound, keptTickets } from '../store/kept-tickets';

/** Larger than a batch that asks others: nothing is asked here, and each batch is one transaction. */
const BATCH = 1_000;

export type Drained = {
  /** Tickets whose changes were all judged again. */
  readonly tickets: number;
  readonly judged: number;
  readonly written: number;
  readonly stopped: boolean;
};

/**
 * Judges again exactly the changes that cite a ticket which is due, ticket by ticket, batch by batch. Asks nobody outside: the
 * ticket is what was kept of it, and what else a change cites came to what it came to before. A batch and the place it came to
 * commit together, so that whatever ends this, the next run goes on from there.
 */
export async function drainDue(orgId: string, dependencies: LinkDependencies): Promise<Drained> {
  const { db, signal } = dependencies;
  const isStopped = (): boolean => signal?.aborted === true;
  const windows = windowsOf(dependencies);
  const total = { tickets: 0, judged: 0, written: 0 };
  while (!isStopped()) {
    const due = await nextDue(db.sql, orgId);
    if (due === null) break;
    const finding = await findingOf(orgId, due, dependencies);
    let next: DueTicket | null = due;
    while (next !== null && !isStopped()) {
      const batch: { judged: number; written: number; next: DueTicket | null } = await judgeNext(
        orgId,
        { due: next, finding, windows },
        dependencies,
      );
      total.judged += batch.judged;
      total.written += batch.written;
      next = batch.next;
      if (next?.after)
        dependencies.onProgress?.({ judged: total.judged, written: total.written, at: next.after.eventDate });
    }
    if (next === null) total.tickets += 1;
  }
  return { ...total, stopped: isStopped() };
}

async function judgeNext(
  orgId: string,
  {
    due,
    finding,
    windows,
  }: { readonly due: DueTicket; readonly finding: Finding; readonly windows: Windows },
  { db, policy, now }: LinkDependencies,
): Promise<{ judged: number; written: number; next: DueTicket | null }> {
  const { system: kind, key: reference, after } = due;
  const { changes, last } = await readCiting(db.sql, { orgId, kind, reference, after, limit: BATCH });
  const ids = changes.map((change) => change.id);
  const items = await itemCitations(db.sql, orgId, ids);
  const isDue = (one: Citation): boolean => one.kind === kind && one.reference === reference;
  const { written } = await db.transaction(async (sql) => {
    const batch =
      changes.length === 0
        ? { written: 0 }
        : await judgeBatch(sql, {
            orgId,
            cited: changes.map((change) => ({
              change,
              citations: withFound(readCitations(change.citableText), items.get(change.id) ?? []),
            })),
            findingOf: (one) => (isDue(one) ? finding : UNTOUCHED),
            looked: null,
            policy,
            windows,
            now: now(),
            occasion: { cause: 'ticket_changed', ticket: reference },
          });
    await moveDue(sql, { orgId, due, to: last });
    return batch;
  });
  return { judged: changes.length, written, next: last === null ? null : { ...due, after: last } };
}

/** What the other citations of a change came to stands: a claim that is not evaluated now is replaced by the last one. */
const UNTOUCHED: Finding = { kind: 'not_evaluated', because: 'not looked at again' };

async function findingOf(orgId: string, due: DueTicket, { db }: LinkDependencies): Promise<Finding> {
  const { system, key } = due;
  const kept = (await keptTickets(db.sql, { orgId, system, keys: [key] })).get(key);
  if (kept === undefined || (await isNotFound(db.sql, { orgId, system, key }))) return absentFinding(kept);
  return { kind: 'ticket', ticket: kept.ticket };
}
