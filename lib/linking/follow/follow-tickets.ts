import { connectorError, isConnectorError } from '@/lib/connectors/errors';
import type { MovedTicket } from '@/lib/connectors/model/moved-ticket';
import type { TicketSystem } from '@/lib/connectors/model/ticket';
import type { TicketSource } from '@/lib/connectors/ticket-source';
import { addMs, DAY_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import type { LinkDependencies } from '../link-changes';
import { citedAmong } from '../store/citations';
import { noteDue } from '../store/due-tickets';
import { lockEvaluations } from '../store/evaluations';
import { keepLookups, keepTickets, type Lookup, type TicketToKeep } from '../store/sources-read';
import { couldNotFollow, firstLookedUp, followedTo, readWatch } from '../store/watch';
import { namedObjectsDue } from '../store/watched-objects';
import { type Drained, drainDue } from './drain-due';
import { fillCitations } from './fill-citations';

/** Search indexes trail the tickets themselves by minutes, and clocks differ. */
const OVERLAP_MS = 15 * MINUTE_MS;
/** Further back a source is not asked what moved: the sweep reads every cited ticket again. */
const LONGEST_MS = 30 * DAY_MS;

const followLog = log.child({ room: 'linking' });

export type FollowRun = Drained & {
  /** Tickets the sources named as updated, whatever they are about. */
  readonly updated: number;
  /** Those of them that changes cite. */
  readonly cited: number;
  /** Those of the cited ones that became other than what was kept. */
  readonly changed: number;
  readonly sourcesDown: readonly { readonly system: TicketSystem; readonly because: string }[];
};

/**
 * Asks each source of tickets what was updated since the last time, keeps what became other, and judges again exactly the
 * changes which cite it. Also tickets that were not there before, and such as are there no more.
 *
 * What is kept makes its changes due in the same transaction; the watermark moves when everything due is done. Killed at any
 * place, the next run goes on where this one was. A source that cannot be asked leaves verdicts and watermark as they are.
 */
export async function followTickets(orgId: string, dependencies: LinkDependencies): Promise<FollowRun> {
  const { db, sources, now, signal } = dependencies;
  await fillCitations(orgId, dependencies);
  const left = await drainDue(orgId, dependencies);
  const sourcesDown: { system: TicketSystem; because: string }[] = [];
  const total = { updated: 0, cited: 0, changed: 0 };
  const reached: { system: TicketSystem; at: Date }[] = [];
  for (const system of ['jira', 'servicenow'] as const) {
    const source = sources[system];
    if (source === null || signal?.aborted === true) continue;
    const begunAt = now();
    try {
      const asked = await askWhatMoved(orgId, { source, at: begunAt }, dependencies);
      for (const name of ['updated', 'cited', 'changed'] as const) total[name] += asked[name];
      if (asked.complete) reached.push({ system, at: begunAt });
    } catch (thrown) {
      if (!isConnectorError(thrown)) throw thrown;
      await couldNotFollow(db.sql, { orgId, system }, { at: begunAt, because: thrown.message });
      sourcesDown.push({ system, because: thrown.message });
      followLog.warn(
        { orgId, system, because: thrown.message },
        'source of tickets cannot be asked what moved',
      );
    }
  }
  const drained = await drainDue(orgId, dependencies);
  if (!drained.stopped) for (const { system, at } of reached) await followedTo(db.sql, { orgId, system }, at);
  const run = {
    ...total,
    tickets: left.tickets + drained.tickets,
    judged: left.judged + drained.judged,
    written: left.written + drained.written,
    stopped: drained.stopped,
  };
  if (run.changed > 0 || run.judged > 0) followLog.info({ orgId, ...run }, 'tickets followed');
  return { ...run, sourcesDown };
}

async function askWhatMoved(
  orgId: string,
  asked: { readonly source: TicketSource; readonly at: Date },
  dependencies: LinkDependencies,
): Promise<{ updated: number; cited: number; changed: number; complete: boolean }> {
  const { db, signal } = dependencies;
  const { source, at } = asked;
  const { system } = source;
  const total = { updated: 0, cited: 0, changed: 0 };
  const since = await sinceWhen(orgId, { system, at }, dependencies);
  // Nothing was ever looked up in it: what the first look reads is as new as can be.
  if (since === null) return { ...total, complete: true };
  for await (const page of source.updatedSince(since, at)) {
    if (signal?.aborted === true) return { ...total, complete: false };
    const keys = [...new Set(page.map((one) => one.key))];
    const references = await citedAmong(db.sql, orgId, { kind: system, references: keys });
    total.updated += keys.length;
    total.cited += references.length;
    total.changed += await readAgain(orgId, { source, keys: references }, dependencies);
    await namedObjectsDue(db.sql, orgId, page.flatMap(platformIds));
  }
  return { ...total, complete: true };
}

/** Ids of its configuration item as the platform writes them: other systems drop the dashes. */
function platformIds({ itemIds }: MovedTicket): string[] {
  return [
    ...new Set(
      itemIds.map((id) =>
        id
          .toLowerCase()
          .replace(/^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/, '$1-$2-$3-$4-$5'),
      ),
    ),
  ];
}

/** From the watermark on, with an overlap; the first time from the first look-up on. */
async function sinceWhen(
  orgId: string,
  { system, at }: { readonly system: TicketSystem; readonly at: Date },
  { db }: LinkDependencies,
): Promise<Date | null> {
  const begun =
    (await readWatch(db.sql, { orgId, system })).followedTo ??
    (await firstLookedUp(db.sql, { orgId, system }));
  if (begun === null) return null;
  return new Date(Math.max(addMs(begun, -OVERLAP_MS).getTime(), addMs(at, -LONGEST_MS).getTime()));
}

/**
 * Reads cited tickets again and keeps what became other, with its changes due, in one transaction. Returns how many tickets
 * became other, appeared or are gone. Throws a connector error where one of them could not be read.
 */
export async function readAgain(
  orgId: string,
  asked: { readonly source: TicketSource; readonly keys: readonly string[] },
  { db, now }: LinkDependencies,
): Promise<number> {
  const { source, keys } = asked;
  if (keys.length === 0) return 0;
  const { system } = source;
  const answers = await source.findTickets(keys);
  const tickets: TicketToKeep[] = [];
  const lookups: Lookup[] = [];
  let failure: string | null = null;
  for (const [key, answer] of answers) {
    if (answer.kind === 'not_evaluated') {
      failure ??= answer.because;
      lookups.push({ system, key, outcome: { failed: answer.because } });
    } else if (answer.value === null) lookups.push({ system, key, outcome: 'not_found' });
    else {
      tickets.push(answer.value);
      lookups.push({ system, key, outcome: 'found' });
    }
  }
  const at = now();
  const changed = await db.transaction(async (sql) => {
    await lockEvaluations(sql, orgId);
    const versions = await keepTickets(sql, { orgId, tickets, receivedAt: at });
    const outcomes = await keepLookups(sql, { orgId, lookups, at });
    const names = [...versions, ...outcomes];
    await noteDue(sql, { orgId, tickets: names, at });
    return new Set(names.map((one) => one.key)).size;
  });
  if (failure !== null) throw connectorError('unreachable', failure);
  return changed;
}
