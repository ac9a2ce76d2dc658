import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { messageOf } from '@/lib/kernel/errors';
import { sessionScope } from '@/lib/sessions/session-scope';
import type { LinkDependencies } from '../link-changes';
import { lookupDesk } from '../look-up-citations';
import { claimKey, type LinkDecision, standingOf } from '../model/manual/link-decision';
import { type ChangePlace, readChangesById } from '../store/changes-to-link';
import {
  type BatchWithProgress,
  batchById,
  changesOfBatch,
  keepProgress,
  type LeftOut,
  lockBatch,
} from '../store/manual/batch-rows';
import { type DecidableInSession, unlinkedInSessions } from '../store/manual/decidable-changes';
import { appendDecisions, decisionsOf, type NewDecision } from '../store/manual/link-decisions';
import { citationOf } from './attach-link';
import { askerOf, attachedOf, statementOf, wordOf } from './batch-words';
import { judgeWithin } from './judge-within';
import { mayDecide } from './may-decide';
import { citedBy } from './words-of-people';

const STEP = 100;
const CRITICAL = 4;

type MayAsk = (sql: Sql, change: DecidableInSession) => ReturnType<typeof mayDecide>;
/** A change and what is to be decided about it. */
type Target = { readonly id: string; readonly eventDate: Date; readonly decision: NewDecision };
type Step = {
  readonly targets: readonly Target[];
  readonly leftOut: readonly LeftOut[];
  readonly next: ChangePlace | null;
};

/**
 * Carries out a batch in bounded steps, each one transaction with its decisions, verdicts and progress. A killed run goes on: what
 * was decided already is not decided again. Idempotent. Gives the progress at the end; null where there is no such batch.
 */
export async function runBatch(
  batchId: string,
  world: {
    readonly db: Database;
    readonly dependenciesOf: (orgId: string) => Promise<LinkDependencies>;
  },
  options: { readonly signal?: AbortSignal } = {},
): Promise<Pick<BatchWithProgress, 'state' | 'done' | 'total'> | null> {
  const { db } = world;
  const found = await batchById(db.sql, batchId);
  if (found === null || found.state === 'done') return found;
  const dependencies = await world.dependenciesOf(found.orgId);
  const desk = lookupDesk(dependencies.sources);
  const leftOut: LeftOut[] = [];
  const done = new Set((await changesOfBatch(db.sql, batchId)).map((one) => one.changeId));
  let total = done.size;
  const progress = (state: 'running' | 'done' | 'failed', message: string | null) => ({
    state,
    total,
    done: done.size,
    leftOut,
    message,
    updatedAt: dependencies.now(),
  });
  const may = askedOnce(askerOf(found));
  let after: ChangePlace | null = null;
  try {
    for (;;) {
      if (options.signal?.aborted) return { ...found, state: 'running', done: done.size, total };
      const step: Step = await nextStep(db.sql, { batch: found, after, done, dependencies, may });
      leftOut.push(...step.leftOut);
      total += step.targets.length + step.leftOut.length;
      if (step.targets.length > 0) await carryOut(found, step.targets, { dependencies, desk });
      for (const target of step.targets) done.add(target.id);
      await keepProgress(db.sql, batchId, progress('running', null));
      if (step.next === null) break;
      after = step.next;
    }
    await db.transaction(async (sql) => {
      await keepProgress(sql, batchId, progress('done', null));
      await appendJournal(sql, {
        actor: askerOf(found),
        action: found.undoOf === null ? 'session.resolution_finished' : 'session.undo_finished',
        objectType: 'session',
        objectId: found.sessionId,
        orgId: found.orgId,
        detail: { batch: batchId, done: done.size, leftOut: leftOut.length },
        at: dependencies.now(),
      });
    });
    return progress('done', null);
  } catch (error) {
    await keepProgress(db.sql, batchId, progress('failed', messageOf(error)));
    throw error;
  }
}

/** Appends the decisions of a step and judges its changes; what a killed run decided is left as it is. */
async function carryOut(
  batch: BatchWithProgress,
  targets: readonly Target[],
  by: { readonly dependencies: LinkDependencies; readonly desk: ReturnType<typeof lookupDesk> },
): Promise<void> {
  const { dependencies, desk } = by;
  const { db } = dependencies;
  const rows = await readChangesById(
    db.sql,
    batch.orgId,
    targets.map((one) => one.id),
  );
  const attached = attachedOf(batch);
  const citation = attached === null ? null : citationOf(attached);
  const cited = (await citedBy(db.sql, batch.orgId, rows)).map((one) => {
    const known = citation === null || one.citations.some((other) => claimKey(other) === claimKey(citation));
    return known ? one : { ...one, citations: [...one.citations, citation] };
  });
  const looked = await desk.lookUp(cited.flatMap((one) => one.citations));
  await db.transaction(async (sql) => {
    await lockBatch(sql, batch.id);
    const already = new Set((await changesOfBatch(sql, batch.id)).map((one) => one.changeId));
    const fresh = targets.filter((one) => !already.has(one.id));
    await appendDecisions(
      sql,
      batch.orgId,
      fresh.map((one) => one.decision),
    );
    await judgeWithin(sql, batch.orgId, { dependencies, desk, cited, looked });
  });
}

function nextStep(
  sql: Sql,
  of: {
    readonly batch: BatchWithProgress;
    readonly after: ChangePlace | null;
    readonly done: ReadonlySet<string>;
    readonly dependencies: LinkDependencies;
    readonly may: MayAsk;
  },
): Promise<Step> {
  return of.batch.undoOf === null ? nextToAttach(sql, of) : nextToTakeBack(sql, of);
}

async function nextToAttach(
  sql: Sql,
  of: {
    readonly batch: BatchWithProgress;
    readonly after: ChangePlace | null;
    readonly done: ReadonlySet<string>;
    readonly dependencies: LinkDependencies;
    readonly may: MayAsk;
  },
): Promise<Step> {
  const { batch } = of;
  const scope = await sessionScope(sql, batch.sessionId);
  const attached = attachedOf(batch);
  if (scope === null || attached === null) return { targets: [], leftOut: [], next: null };
  const changes = await unlinkedInSessions(sql, {
    orgId: batch.orgId,
    sessionIds: scope.ids,
    from: scope.from,
    to: scope.to,
    after: of.after,
    limit: STEP,
  });
  const last = changes.at(-1);
  const todo = changes.filter((change) => !of.done.has(change.id));
  const said = await decisionsOf(
    sql,
    batch.orgId,
    todo.map((change) => change.id),
  );
  const key = { kind: attached.kind, reference: citationOf(attached)?.reference ?? attached.reference };
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  for (const change of todo) {
    const because = await whyNot(sql, { batch, change, key, said: said.get(change.id) ?? [], may: of.may });
    if (because !== null) leftOut.push({ id: change.id, label: change.label, because });
    else
      targets.push({
        id: change.id,
        eventDate: change.eventDate,
        decision: wordOf(batch, change, {
          what: 'attached',
          ...key,
          ofDecision: null,
          statement: attached.kind === 'manual' ? statementOf(attached) : null,
          at: of.dependencies.now(),
        }),
      });
  }
  return { targets, leftOut, next: last === undefined ? null : { eventDate: last.eventDate, id: last.id } };
}

async function nextToTakeBack(
  sql: Sql,
  of: {
    readonly batch: BatchWithProgress;
    readonly after: ChangePlace | null;
    readonly done: ReadonlySet<string>;
    readonly dependencies: LinkDependencies;
  },
): Promise<Step> {
  const { batch, done } = of;
  const decided = await changesOfBatch(sql, batch.undoOf ?? '');
  const todo = decided.filter((one) => !done.has(one.changeId) && one.changeId > (of.after?.id ?? ''));
  const step = [...todo].sort((a, b) => (a.changeId < b.changeId ? -1 : 1)).slice(0, STEP);
  const ids = step.map((one) => one.changeId);
  const rows = new Map((await readChangesById(sql, batch.orgId, ids)).map((row) => [row.id, row]));
  const said = await decisionsOf(sql, batch.orgId, ids);
  const targets: Target[] = [];
  const leftOut: LeftOut[] = [];
  for (const { changeId, decisionId } of step) {
    const row = rows.get(changeId);
    const standing = standingOf(said.get(changeId) ?? []).attached.find((one) => one.id === decisionId);
    if (row === undefined || standing === undefined) {
      leftOut.push({ id: changeId, label: changeId, because: 'somebody took it back before' });
      continue;
    }
    const { kind, reference } = standing;
    const word = {
      what: 'taken_back' as const,
      kind,
      reference,
      ofDecision: decisionId,
      statement: null,
      at: of.dependencies.now(),
    };
    targets.push({ id: changeId, eventDate: row.eventDate, decision: wordOf(batch, row, word) });
  }
  const last = step.at(-1);
  return {
    targets,
    leftOut,
    next: last === undefined ? null : { eventDate: new Date(0), id: last.changeId },
  };
}

/** Why the batch leaves a change out; null where it does not. */
async function whyNot(
  sql: Sql,
  of: {
    readonly batch: BatchWithProgress;
    readonly change: DecidableInSession;
    readonly key: { readonly kind: string; readonly reference: string };
    readonly said: readonly LinkDecision[];
    readonly may: MayAsk;
  },
): Promise<string | null> {
  const { batch, change } = of;
  if (change.risk >= CRITICAL && !batch.withCritical) return 'critical risk: to be decided by itself';
  const standing = standingOf(of.said);
  if (standing.struck.some((one) => claimKey(one) === claimKey(of.key)))
    return 'this authorisation was struck from it';
  if (standing.attached.some((one) => claimKey(one) === claimKey(of.key))) return 'it has this one already';
  const may = await of.may(sql, change);
  return may.allowed ? null : (may.because ?? 'not yours to decide');
}

/** Whether the asker may decide about changes of one actor and client, asked once: a session has few of them. */
function askedOnce(asker: JournalActor): MayAsk {
  const known = new Map<string, ReturnType<typeof mayDecide>>();
  return (sql, change) => {
    const key = `${change.orgId} ${change.actorId} ${change.clientId}`;
    const answer = known.get(key) ?? mayDecide(sql, change, asker);
    known.set(key, answer);
    return answer;
  };
}
