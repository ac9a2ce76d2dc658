import { applyLinkage } from '@/lib/changes/apply-linkage';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { type LookedUp, type LookupDesk, lookupDesk } from './look-up-citations';
import { type Cited, citedBy, type WordsOfPeople, wordsOfPeople } from './manual/words-of-people';
import type { Claim } from './model/claim';
import { decideLinkage } from './model/decide-linkage';
import { decidePlanning, type PlanningPolicy } from './model/decide-planning';
import { judgeClaim } from './model/judge-claim';
import { LINK_FORMULA_VERSION } from './model/link-formula';
import { carriedOver, sameness } from './model/stored-claim';
import type { LinkSources } from './sources';
import {
  type ChangePlace,
  type ChangeToLink,
  readNotEvaluated,
  readUnlinked,
  readWorkList,
} from './store/changes-to-link';
import { appendEvaluations, type Evaluation, lastEvaluations, lockEvaluations } from './store/evaluations';
import { keepCommits, keepLookups, keepTickets } from './store/sources-read';

const BATCH = 500;
/** How far a sweep looks back for changes that a late ticket could still mend. */
export const RELINK_DAYS = 30;
const RELINK_LIMIT = 50_000;

const NOT_ASKED = { kind: 'not_evaluated', because: 'not asked' } as const;
const linkLog = log.child({ room: 'linking' });

export type LinkDependencies = {
  readonly db: Database;
  readonly sources: LinkSources;
  readonly policy: PlanningPolicy;
  readonly now: () => Date;
  /** A citation that could not be looked up is tried again after this long; at once when absent. */
  readonly retryAfterMs?: number;
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
  return run(orgId, dependencies, [
    // Retries first: what this run itself could not evaluate is not tried twice in it.
    (sql, after) => readNotEvaluated(sql, { orgId, after, limit: BATCH, triedBefore }),
    (sql, after) => readWorkList(sql, { orgId, after, limit: BATCH }),
  ]);
}

/**
 * Judges again the unlinked changes from an instant on, since tickets are written and approved late: by default those of the last 30 days, at
 * most 50,000. After a source was added, give an earlier instant. A source that cannot be reached leaves the last verdict.
 */
export function relinkChanges(
  orgId: string,
  dependencies: LinkDependencies,
  options: { readonly from?: Date; readonly limit?: number } = {},
): Promise<LinkRun> {
  const from = options.from ?? addMs(dependencies.now(), -RELINK_DAYS * DAY_MS);
  let left = options.limit ?? RELINK_LIMIT;
  const next: NextBatch = async (sql, after) => {
    const changes =
      left <= 0 ? [] : await readUnlinked(sql, { orgId, from, after, limit: Math.min(BATCH, left) });
    left -= changes.length;
    return changes;
  };
  return run(orgId, dependencies, [next]);
}

/** Judges these changes now, whatever is known of them: something was decided about them. In order of batches. */
export function judgeChanges(
  orgId: string,
  dependencies: LinkDependencies,
  changes: readonly ChangeToLink[],
): Promise<LinkRun> {
  let at = 0;
  return run(orgId, dependencies, [
    async () => {
      const next = changes.slice(at, at + BATCH);
      at += BATCH;
      return next;
    },
  ]);
}

type NextBatch = (sql: Sql, after: ChangePlace | null) => Promise<ChangeToLink[]>;

async function run(
  orgId: string,
  dependencies: LinkDependencies,
  lists: readonly NextBatch[],
): Promise<LinkRun> {
  const desk = lookupDesk(dependencies.sources);
  const total = { judged: 0, citing: 0, linked: 0, notEvaluated: 0, written: 0 };
  for (const next of lists) {
    let after: ChangePlace | null = null;
    for (;;) {
      const changes: ChangeToLink[] = await next(dependencies.db.sql, after);
      const last = changes.at(-1);
      if (last === undefined) break;
      after = { eventDate: last.eventDate, id: last.id };
      const cited = await citedBy(dependencies.db.sql, orgId, changes);
      const looked = await desk.lookUp(cited.flatMap(({ citations }) => citations));
      const batch = await save(orgId, { dependencies, desk, cited, looked });
      total.judged += changes.length;
      for (const name of ['citing', 'linked', 'notEvaluated', 'written'] as const) total[name] += batch[name];
    }
  }
  const sourcesDown = [...desk.down].map(([system, because]) => ({ system, because }));
  for (const { system, because } of sourcesDown)
    linkLog.warn({ orgId, system, because }, 'source of links cannot be reached');
  linkLog.info({ orgId, ...total }, 'changes linked');
  return { ...total, sourcesDown };
}

/** A batch that was looked up, to be judged and written. */
export type Batch = {
  readonly dependencies: Pick<LinkDependencies, 'policy' | 'now'>;
  readonly desk: LookupDesk;
  readonly cited: readonly Cited[];
  readonly looked: LookedUp;
};
export type Saved = Omit<LinkRun, 'judged' | 'sourcesDown'>;

function save(
  orgId: string,
  batch: Batch & { readonly dependencies: Pick<LinkDependencies, 'db'> },
): Promise<Saved> {
  return batch.dependencies.db.transaction((sql) => judgeWithin(sql, orgId, batch));
}

/** Judges a batch and writes evaluation and linkage, in the transaction that it is given. */
export async function judgeWithin(sql: Sql, orgId: string, batch: Batch): Promise<Saved> {
  const { dependencies, desk, looked } = batch;
  const now = dependencies.now();
  await lockEvaluations(sql, orgId);
  await keepTickets(sql, { orgId, tickets: looked.tickets, receivedAt: now });
  await keepCommits(sql, { orgId, commits: looked.commits, receivedAt: now });
  await keepLookups(sql, { orgId, lookups: looked.lookups, at: now });
  const last = await lastEvaluations(
    sql,
    orgId,
    batch.cited.map(({ change }) => change.id),
  );
  const words = await wordsOfPeople(
    sql,
    orgId,
    batch.cited.map(({ change }) => change),
  );
  const judged = batch.cited.map((one) =>
    judge(one, {
      dependencies,
      desk,
      words,
      now,
      lastClaims: one.change.judged ? (last.get(one.change.id)?.claims ?? []) : null,
      kept: last.get(one.change.id)?.claims ?? [],
    }),
  );
  const written = judged.filter((one) => {
    const before = last.get(one.changeId);
    // What cites nothing and never did is what it was born as: unlinked. A row would say nothing new.
    if (before === undefined) return one.claims.length > 0 || one.excuseRule !== null;
    return sameness(before) !== sameness(one);
  });
  await appendEvaluations(sql, {
    orgId,
    decidedAt: now,
    formula: LINK_FORMULA_VERSION,
    evaluations: written,
  });
  await applyLinkage(sql, {
    orgId,
    verdicts: judged.map((one) => ({
      changeId: one.changeId,
      eventDate: one.eventDate,
      linkage: one.linkage,
      planning: one.planning,
      reason: one.reason,
      decidedAt: now,
      excused: one.excuseRule !== null,
    })),
  });
  return {
    citing: judged.filter((one) => one.claims.length > 0).length,
    linked: judged.filter((one) => one.linkage === 'linked').length,
    notEvaluated: judged.filter((one) => one.reason === 'not_evaluated').length,
    written: written.length,
  };
}

function judge(
  { change, citations }: Cited,
  by: {
    dependencies: Batch['dependencies'];
    desk: LookupDesk;
    words: WordsOfPeople;
    now: Date;
    lastClaims: readonly Claim[] | null;
    /** The claims of the last verdict, whatever was known of the change when the batch was read. */
    kept: readonly Claim[];
  },
): Evaluation {
  const { dependencies, desk, words, now } = by;
  const target = {
    at: change.eventDate,
    entityId: change.entityId,
    entityType: change.entityType,
    entityNames: change.entityNames,
  };
  const claims = citations.flatMap((citation) => {
    if (!words.counts(change, citation)) return [];
    const found = desk.findingOf(citation);
    // What a person attached was there when they did: where it cannot be told now, the last verdict stays.
    const finding = found ?? (words.isAttached(change, citation) ? NOT_ASKED : null);
    const claim = finding === null ? null : judgeClaim(citation, finding, { change: target, now });
    return claim === null ? [] : [claim];
  });
  const verdict = decideLinkage(
    words.claimsOf({ change, target, last: by.kept }, carriedOver(claims, by.lastClaims)),
  );
  const excuseRule = words.excuseOf(change);
  if (excuseRule !== null)
    return {
      changeId: change.id,
      eventDate: change.eventDate,
      linkage: 'not_applicable',
      planning: 'not_applicable',
      reason: 'excused',
      claims: verdict.claims,
      excuseRule,
    };
  return {
    excuseRule: null,
    changeId: change.id,
    eventDate: change.eventDate,
    linkage: verdict.linkage,
    planning: decidePlanning(
      verdict,
      {
        at: change.eventDate,
        actorId: change.actorId,
        clientId: change.clientId,
        actorKind: change.actorKind,
      },
      dependencies.policy,
    ),
    reason: verdict.claims.length === 0 && words.anythingStruck(change) ? 'struck' : verdict.reason,
    claims: verdict.claims,
  };
}
