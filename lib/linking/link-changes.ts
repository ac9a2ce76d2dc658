import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import type { Calendar } from '@/lib/directory/windows/calendar';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { EvaluationCause } from '@/lib/kernel/words';
import { log } from '@/lib/log/log';
import type { Vault } from '@/lib/vault/vault';
import { judgeBatch } from './judge-batch';
import { lookupDesk } from './look-up-citations';
import { citedBy } from './manual/words-of-people';
import type { PlanningPolicy } from './model/decide-planning';
import { FIRST_LOOK, type Occasion } from './model/evaluation-cause';
import { windowDesk, windowsOf } from './near-windows';
import { keepPatches, withMemory } from './remember-commits';
import type { LinkSources } from './sources';
import { readUncitedOfObjects } from './store/changes-of-calendar';
import {
  type ChangePlace,
  type ChangeToLink,
  readNotEvaluated,
  readUnlinked,
  readWorkList,
} from './store/changes-to-link';
import {
  neighboursOfStamps,
  readUnaskedMerges,
  readUnheardMerges,
  readUnstamped,
} from './store/commits/due-changes';
import { keptTickets } from './store/kept-tickets';

const BATCH = 500;
/** How far a sweep looks back for changes that a late ticket could still mend. */
export const RELINK_DAYS = 30;

const linkLog = log.child({ room: 'linking' });

export type LinkDependencies = {
  readonly db: Database;
  readonly sources: LinkSources;
  readonly policy: PlanningPolicy;
  /** Change windows and freezes; without it none are known. */
  readonly calendar?: Calendar;
  readonly now: () => Date;
  /** Where diffs of cited commits are kept; without it they are not. */
  readonly vault?: Pick<Vault, 'putOnce'>;
  /** A citation that could not be looked up is tried again after this long; at once when absent. */
  readonly retryAfterMs?: number;
  /** Asked to stop, a run ends after the batch it is in. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LinkProgress) => void;
};

export type LinkProgress = {
  /** Changes judged so far in this run. */
  readonly judged: number;
  readonly written: number;
  /** Event time the run has come to. */
  readonly at: Date;
};

export type LinkRun = {
  /** Changes judged in this run. */
  readonly judged: number;
  /** Those that cite anything. */
  readonly citing: number;
  readonly linked: number;
  /** Those whose citations could not be looked up; the next run tries them again. */
  readonly notEvaluated: number;
  /** Verdicts that differ from the one before and were written. */
  readonly written: number;
  /** Whether it was asked to stop before it came to the end. */
  readonly stopped: boolean;
  readonly sourcesDown: readonly { readonly system: string; readonly because: string }[];
};

/**
 * Judges every change on the work list of an organisation, then those that could not be evaluated before: reads their citations, looks them up
 * (outside transactions), and writes evaluation and linkage of a batch in one transaction. Safe to repeat and to overlap.
 *
 * A source that cannot be reached makes no link: the change stays unlinked with reason `not_evaluated` and is tried again.
 */
export function linkChanges(orgId: string, dependencies: LinkDependencies): Promise<LinkRun> {
  const triedBefore = addMs(dependencies.now(), -(dependencies.retryAfterMs ?? 0));
  const objects = dependencies.calendar === undefined ? [] : windowDesk(dependencies.calendar).objects;
  const pipelineClients = [...dependencies.policy.pipelineClients];
  return judgeLists(orgId, dependencies, FIRST_LOOK, [
    // Retries first: what this run itself could not evaluate is not tried twice in it.
    (sql, after) => readNotEvaluated(sql, { orgId, after, limit: BATCH, triedBefore }),
    (sql, after) => readUnheardMerges(sql, { orgId, after, limit: BATCH, triedBefore }),
    (sql, after) => readWorkList(sql, { orgId, after, limit: BATCH }),
    (sql, after) => readUncitedOfObjects(sql, { orgId, objects, after, limit: BATCH }),
    // What a pipeline did without a word may belong to a deployment that has one; those are known by now.
    (sql, after) => readUnstamped(sql, { orgId, after, limit: BATCH, pipelineClients }),
    neighboursOfStamps(orgId, pipelineClients, BATCH),
  ]);
}

/**
 * Judges again every change from an instant on that is not linked, since tickets are written and approved late: by default those of the
 * last 30 days, all of them. After a source was added, give an earlier instant. A source that cannot be reached leaves the last verdict.
 */
export function relinkChanges(
  orgId: string,
  dependencies: LinkDependencies,
  options: { readonly from?: Date; readonly cause?: EvaluationCause } = {},
): Promise<LinkRun> {
  const from = options.from ?? addMs(dependencies.now(), -RELINK_DAYS * DAY_MS);
  const unlinked: NextBatch = (sql, after) => readUnlinked(sql, { orgId, from, after, limit: BATCH });
  // A host that was configured since may know how commits came in that were linked without it.
  const asksHosts = (dependencies.sources.reviewHosts ?? []).length > 0;
  const unasked: NextBatch = (sql, after) => readUnaskedMerges(sql, { orgId, after, limit: BATCH });
  return judgeLists(
    orgId,
    dependencies,
    { cause: options.cause ?? 'sweep', ticket: null },
    asksHosts ? [unlinked, unasked] : [unlinked],
  );
}

/** Judges these changes now, whatever is known of them: something was decided about them. In batches, in their order. */
export function judgeChanges(
  orgId: string,
  dependencies: LinkDependencies,
  occasion: Occasion,
  changes: readonly ChangeToLink[],
): Promise<LinkRun> {
  let at = 0;
  return judgeLists(orgId, dependencies, occasion, [
    async () => {
      const next = changes.slice(at, at + BATCH);
      at += BATCH;
      return next;
    },
  ]);
}

/** Gives the next changes to judge after a place; none ends it. */
export type NextBatch = (sql: Sql, after: ChangePlace | null) => Promise<ChangeToLink[]>;

/** Judges every change of the lists, batch by batch, each list to its end or until it is asked to stop. */
export async function judgeLists(
  orgId: string,
  dependencies: LinkDependencies,
  occasion: Occasion,
  lists: readonly NextBatch[],
): Promise<LinkRun> {
  const { db, signal } = dependencies;
  const { git, vault } = remembering(orgId, dependencies);
  const desk = lookupDesk(
    { ...dependencies.sources, git },
    { keptOf: (system, keys) => keptTickets(db.sql, { orgId, system, keys }) },
  );
  const windows = windowsOf(dependencies);
  const total = { judged: 0, citing: 0, linked: 0, notEvaluated: 0, written: 0 };
  for (const next of lists) {
    let after: ChangePlace | null = null;
    while (signal?.aborted !== true) {
      const changes: ChangeToLink[] = await next(db.sql, after);
      const last = changes.at(-1);
      if (last === undefined) break;
      after = { eventDate: last.eventDate, id: last.id };
      const cited = await citedBy(db.sql, orgId, changes);
      const looked = await desk.lookUp(cited.flatMap(({ citations }) => citations));
      if (git !== null && vault !== undefined)
        await keepPatches(looked.commits, { sql: db.sql, orgId, now: dependencies.now, git, vault });
      const batch = await db.transaction((sql) =>
        judgeBatch(sql, {
          orgId,
          cited,
          findingOf: desk.findingOf,
          looked,
          policy: dependencies.policy,
          windows,
          now: dependencies.now(),
          occasion,
        }),
      );
      total.judged += changes.length;
      for (const name of ['citing', 'linked', 'notEvaluated', 'written'] as const) total[name] += batch[name];
      dependencies.onProgress?.({ judged: total.judged, written: total.written, at: last.eventDate });
    }
  }
  const sourcesDown = [...desk.down].map(([system, because]) => ({ system, because }));
  for (const { system, because } of sourcesDown)
    linkLog.warn({ orgId, system, because }, 'source of links cannot be reached');
  linkLog.info({ orgId, ...total, cause: occasion.cause }, 'changes linked');
  return { ...total, stopped: signal?.aborted === true, sourcesDown };
}

/** The repositories, asked only for what is not kept of a commit. */
function remembering(
  orgId: string,
  { db, sources, now, vault }: LinkDependencies,
): { readonly git: LinkSources['git']; readonly vault: LinkDependencies['vault'] } {
  const git = sources.git === null ? null : withMemory(sources.git, { sql: db.sql, orgId, now });
  return { git, vault };
}
