import { applyLinkage } from '@/lib/changes/apply-linkage';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import type { Vault } from '@/lib/vault/vault';
import { deploymentClaims, pipelineOf } from './deployment-claims';
import { type LookedUp, type LookupDesk, lookupDesk } from './look-up-citations';
import type { Citation } from './model/citation';
import type { Claim } from './model/claim';
import { decideLinkage } from './model/decide-linkage';
import { decidePlanning, type PlanningPolicy } from './model/decide-planning';
import { judgeClaim } from './model/judge-claim';
import { LINK_FORMULA_VERSION } from './model/link-formula';
import { readCitations } from './model/read-citations';
import { carriedOver, sameness } from './model/stored-claim';
import { keepPatches, withMemory } from './remember-commits';
import type { LinkSources } from './sources';
import {
  type ChangePlace,
  type ChangeToLink,
  readNotEvaluated,
  readUnlinked,
  readWorkList,
} from './store/changes-to-link';
import { type ChangeCommit, keepChangeCommits } from './store/commits/change-commits';
import {
  neighboursOfStamps,
  readUnaskedMerges,
  readUnheardMerges,
  readUnstamped,
} from './store/commits/due-changes';
import { keepMerges } from './store/commits/merges';
import { appendEvaluations, type Evaluation, lastEvaluations, lockEvaluations } from './store/evaluations';
import { keepCommits, keepLookups, keepTickets } from './store/sources-read';

const BATCH = 500;
/** How far a sweep looks back for changes that a late ticket could still mend. */
export const RELINK_DAYS = 30;
const RELINK_LIMIT = 50_000;

const linkLog = log.child({ room: 'linking' });

export type LinkDependencies = {
  readonly db: Database;
  readonly sources: LinkSources;
  readonly policy: PlanningPolicy;
  readonly now: () => Date;
  /** Where diffs of cited commits are kept; without it they are not. */
  readonly vault?: Pick<Vault, 'putOnce'>;
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
  const pipelineClients = [...dependencies.policy.pipelineClients];
  return run(orgId, dependencies, [
    // Retries first: what this run itself could not evaluate is not tried twice in it.
    (sql, after) => readNotEvaluated(sql, { orgId, after, limit: BATCH, triedBefore }),
    (sql, after) => readUnheardMerges(sql, { orgId, after, limit: BATCH, triedBefore }),
    (sql, after) => readWorkList(sql, { orgId, after, limit: BATCH }),
    // What a pipeline did without a word may belong to a deployment that has one; those are known by now.
    (sql, after) => readUnstamped(sql, { orgId, after, limit: BATCH, pipelineClients }),
    neighboursOfStamps(orgId, pipelineClients, BATCH),
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
  // A host that was configured since may know how commits came in that were linked without it.
  const asksHosts = (dependencies.sources.reviewHosts ?? []).length > 0;
  const unasked: NextBatch = (sql, after) => readUnaskedMerges(sql, { orgId, after, limit: BATCH });
  return run(orgId, dependencies, asksHosts ? [next, unasked] : [next]);
}

type NextBatch = (sql: Sql, after: ChangePlace | null) => Promise<ChangeToLink[]>;

async function run(
  orgId: string,
  dependencies: LinkDependencies,
  lists: readonly NextBatch[],
): Promise<LinkRun> {
  const remembering = { sql: dependencies.db.sql, orgId, now: dependencies.now };
  const git = dependencies.sources.git === null ? null : withMemory(dependencies.sources.git, remembering);
  const desk = lookupDesk({ ...dependencies.sources, git });
  const total = { judged: 0, citing: 0, linked: 0, notEvaluated: 0, written: 0 };
  for (const next of lists) {
    let after: ChangePlace | null = null;
    for (;;) {
      const changes: ChangeToLink[] = await next(dependencies.db.sql, after);
      const last = changes.at(-1);
      if (last === undefined) break;
      after = { eventDate: last.eventDate, id: last.id };
      const cited = changes.map((change) => ({ change, citations: readCitations(change.citableText) }));
      const looked = await desk.lookUp(cited.flatMap(({ citations }) => citations));
      if (git !== null && dependencies.vault !== undefined)
        await keepPatches(looked.commits, { ...remembering, git, vault: dependencies.vault });
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

type Cited = { readonly change: ChangeToLink; readonly citations: readonly Citation[] };

async function save(
  orgId: string,
  batch: { dependencies: LinkDependencies; desk: LookupDesk; cited: readonly Cited[]; looked: LookedUp },
): Promise<Omit<LinkRun, 'judged' | 'sourcesDown'>> {
  const { dependencies, desk, looked } = batch;
  const now = dependencies.now();
  return dependencies.db.transaction(async (sql) => {
    await lockEvaluations(sql, orgId);
    await keepTickets(sql, { orgId, tickets: looked.tickets, receivedAt: now });
    await keepCommits(sql, { orgId, commits: looked.commits, receivedAt: now });
    await keepMerges(sql, { orgId, commits: looked.commits, receivedAt: now });
    await keepLookups(sql, { orgId, lookups: looked.lookups, at: now });
    await keepChangeCommits(
      sql,
      orgId,
      batch.cited.flatMap((one) => commitsOf(one, dependencies, desk)),
    );
    const changes = batch.cited.map(({ change }) => change);
    const deployed = await deploymentClaims(sql, { orgId, changes, policy: dependencies.policy });
    const last = await lastEvaluations(
      sql,
      orgId,
      batch.cited.map(({ change }) => change.id),
    );
    const judged = batch.cited.map((one) =>
      judge(one, {
        dependencies,
        desk,
        now,
        deployed: deployed.get(one.change.id) ?? [],
        lastClaims: one.change.judged ? (last.get(one.change.id)?.claims ?? []) : null,
      }),
    );
    const written = judged.filter((one) => {
      const before = last.get(one.changeId);
      // What cites nothing and never did is what it was born as: unlinked. A row would say nothing new.
      if (before === undefined) return one.claims.length > 0;
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
      })),
    });
    return {
      citing: judged.filter((one) => one.claims.length > 0).length,
      linked: judged.filter((one) => one.linkage === 'linked').length,
      notEvaluated: judged.filter((one) => one.reason === 'not_evaluated').length,
      written: written.length,
    };
  });
}

/** The commits a change cites and a repository has. */
function commitsOf(
  { change, citations }: Cited,
  { policy }: LinkDependencies,
  desk: LookupDesk,
): ChangeCommit[] {
  return citations.flatMap((citation) => {
    const finding = desk.findingOf(citation);
    if (finding?.kind !== 'commit') return [];
    const { hash, repository } = finding.commit;
    const byPipeline = pipelineOf(change, policy) === null ? null : change.actorId;
    const { id: changeId, eventDate } = change;
    return [{ changeId, eventDate, hash, repository, reference: citation.reference, byPipeline }];
  });
}

function judge(
  { change, citations }: Cited,
  by: {
    dependencies: LinkDependencies;
    desk: LookupDesk;
    now: Date;
    deployed: readonly Claim[];
    lastClaims: readonly Claim[] | null;
  },
): Evaluation {
  const { dependencies, desk, now } = by;
  const target = {
    at: change.eventDate,
    entityId: change.entityId,
    entityType: change.entityType,
    entityNames: change.entityNames,
  };
  const claims = citations.flatMap((citation) => {
    const finding = desk.findingOf(citation);
    const claim = finding === null ? null : judgeClaim(citation, finding, { change: target, now });
    return claim === null ? [] : [claim];
  });
  const verdict = decideLinkage([...carriedOver(claims, by.lastClaims), ...by.deployed]);
  return {
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
    reason: verdict.reason,
    claims: verdict.claims,
  };
}
