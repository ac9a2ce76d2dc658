import { isConnectorError } from '@/lib/connectors/errors';
import type { TicketSystem } from '@/lib/connectors/model/ticket';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { type LinkDependencies, RELINK_DAYS } from '../link-changes';
import { keysToSweep, readWatch, sweptTo } from '../store/watch';
import { type Drained, drainDue } from './drain-due';
import { fillCitations } from './fill-citations';
import { readAgain } from './follow-tickets';

/** As many as ServiceNow answers in a few queries; Jira is asked for them one by one. */
const PAGE = 120;

const sweepLog = log.child({ room: 'linking' });

export type SweepRun = Drained & {
  /** Tickets read again. */
  readonly read: number;
  /** Those that are other than what was kept, appeared, or are gone. */
  readonly changed: number;
  readonly sourcesDown: readonly { readonly system: TicketSystem; readonly because: string }[];
};

/**
 * Reads every ticket again that changes of the last 30 days cite, whatever the source said was updated, and judges again what
 * cites one that became other: an update may be missed, and of a ticket that is deleted no source says so. A sweep that was
 * stopped goes on where it was.
 */
export async function sweepTickets(
  orgId: string,
  dependencies: LinkDependencies,
  options: { readonly from?: Date } = {},
): Promise<SweepRun> {
  const { db, sources, now, signal } = dependencies;
  const from = options.from ?? addMs(now(), -RELINK_DAYS * DAY_MS);
  await fillCitations(orgId, dependencies);
  const total = { read: 0, changed: 0 };
  const sourcesDown: { system: TicketSystem; because: string }[] = [];
  for (const system of ['jira', 'servicenow'] as const) {
    const source = sources[system];
    if (source === null) continue;
    let after = (await readWatch(db.sql, { orgId, system })).sweptTo ?? '';
    try {
      while (signal?.aborted !== true) {
        const keys = await keysToSweep(db.sql, { orgId, system, from, after, limit: PAGE });
        const last = keys.at(-1);
        if (last === undefined) {
          await sweptTo(db.sql, { orgId, system }, { to: null, endedAt: now() });
          break;
        }
        total.changed += await readAgain(orgId, { source, keys }, dependencies);
        total.read += keys.length;
        after = last;
        await sweptTo(db.sql, { orgId, system }, { to: last });
      }
    } catch (thrown) {
      if (!isConnectorError(thrown)) throw thrown;
      sourcesDown.push({ system, because: thrown.message });
      sweepLog.warn({ orgId, system, because: thrown.message }, 'cited tickets cannot be read again');
    }
  }
  const drained = await drainDue(orgId, dependencies);
  sweepLog.info(
    { orgId, ...total, judged: drained.judged, written: drained.written },
    'cited tickets read again',
  );
  return { ...total, ...drained, sourcesDown };
}
