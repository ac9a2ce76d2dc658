import type { Database } from '@/lib/db/connection';
import { renamedSince } from '@/lib/directory/renamed-since';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS, HOUR_MS, type Interval } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import type { Vault } from '@/lib/vault/vault';
import { enrichChanges } from '../ingest/enrich-changes';
import { loadKnowledge } from '../ingest/load-knowledge';
import {
  endRun,
  insertRun,
  progressOf,
  type Run,
  type RunProgress,
  unfinishedRuns,
  waitingChunks,
  watermarkOf,
} from '../store/runs';
import type { AuditSource } from './audit-source';
import { planBackfill, planResweep, planSync, type RunPlan } from './plan-run';
import { type ChunkEnd, readChunk } from './read-chunk';
import { refreshMapping } from './refresh-mapping';

export type CollectErrorCode = 'already_running';

/** What to read: what is new, what is missing of the retention, or an interval once more. */
export type CollectAsk =
  | { readonly kind: 'sync' }
  | { readonly kind: 'backfill'; readonly since?: Date }
  | { readonly kind: 'resweep'; readonly from: Date; readonly to: Date };

/** The daily re-reading: the last 48 hours, by then complete. */
export const DAILY_RESWEEP_MS = 48 * HOUR_MS;
/** The weekly one. */
export const WEEKLY_RESWEEP_MS = 30 * DAY_MS;

export type CollectProgress = RunProgress & {
  readonly runId: string;
  readonly kind: Run['kind'];
  readonly chunk: Interval | null;
};

export type Collected = RunProgress & {
  readonly runs: readonly string[];
  readonly state: 'done' | 'failed' | 'interrupted' | 'nothing_to_do';
  readonly message: string | null;
};

export type CollectDeps = {
  readonly db: Database;
  readonly vault: Pick<Vault, 'putOnce' | 'get'>;
  readonly source: AuditSource;
  readonly clock?: () => Date;
};

/**
 * Reads audit records of one organisation from the platform: what an earlier, killed run left unread, and what is asked; what is
 * new first. A first sync is a backfill of the retention. Each chunk commits its last records, its readings (also for zero) and
 * the watermark together, so that a kill anywhere loses no record and no coverage.
 *
 * Throws `already_running` while another process collects for this organisation, and what the database or vault throw; the
 * platform's failures are in the result, and as gaps in the coverage.
 */
export async function collectAudits(
  deps: CollectDeps,
  ask: CollectAsk & {
    readonly orgId: string;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: CollectProgress) => void;
  },
): Promise<Collected> {
  return withOrgLock(deps.db, ask.orgId, async () => {
    const clock = deps.clock ?? (() => new Date());
    const mapping = await refreshMapping(deps, ask.orgId, ask.signal);
    const ended: { run: Run; end: RunEnd }[] = [];
    const resume = async (runs: readonly Run[]): Promise<void> => {
      for (const run of runs) ended.push({ run, end: await runToEnd(deps, run, { ...ask, clock, mapping }) });
    };
    const unfinished = await unfinishedRuns(deps.db.sql, ask.orgId);
    // What cannot go on must not keep what is new waiting; before anything was read, the unfinished backfill is what was asked.
    const newFirst = ask.kind === 'sync' && (await watermarkOf(deps.db.sql, ask.orgId, 'pull')) !== null;
    if (!newFirst) await resume(unfinished);
    if (ended.every((one) => one.end.state === 'done')) {
      for (
        let plan = await planOf(deps.db, ask, clock());
        plan !== null;
        plan = await nextPlan(deps.db, ask, plan, clock())
      ) {
        const run: Run = {
          id: newId('run', clock()),
          orgId: ask.orgId,
          kind: plan.kind,
          state: 'running',
          from: plan.from,
          to: plan.to,
          startedAt: clock(),
        };
        await deps.db.transaction((sql) => insertRun(sql, run, plan?.chunks ?? []));
        ended.push({ run, end: await runToEnd(deps, run, { ...ask, clock, mapping }) });
      }
    }
    if (newFirst && ended.every((one) => one.end.state === 'done')) await resume(unfinished);
    return summary(deps.db, ended);
  });
}

type RunEnd = { readonly state: 'done' | 'failed' | 'interrupted'; readonly message: string | null };

type RunContext = {
  readonly orgId: string;
  readonly clock: () => Date;
  readonly mapping: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
};

async function planOf(db: Database, ask: CollectAsk & { orgId: string }, now: Date): Promise<RunPlan | null> {
  if (ask.kind === 'resweep') return planResweep(ask, now);
  const watermark = await watermarkOf(db.sql, ask.orgId, 'pull');
  if (ask.kind === 'backfill') return planBackfill(watermark, now, ask.since ?? null);
  return watermark === null ? planBackfill(null, now) : planSync(watermark, now);
}

/** A long backfill leaves hours behind its edge: a sync that was asked for is then still due. */
async function nextPlan(
  db: Database,
  ask: CollectAsk & { orgId: string },
  done: RunPlan,
  now: Date,
): Promise<RunPlan | null> {
  if (ask.kind !== 'sync' || done.kind !== 'backfill' || addMs(done.to, HOUR_MS) > now) return null;
  const watermark = await watermarkOf(db.sql, ask.orgId, 'pull');
  return watermark === null ? null : planSync(watermark, now);
}

/** Failures of the shortest pieces in a row after which asking on makes no sense. */
const MAX_FAILURES_IN_A_ROW = 3;

async function runToEnd(deps: CollectDeps, run: Run, context: RunContext): Promise<RunEnd> {
  const { db } = deps;
  const { clock, signal } = context;
  let failures = 0;
  let stopped: RunEnd | null = null;
  const report = async (chunk: Interval | null): Promise<void> => {
    context.onProgress?.({ ...(await progressOf(db.sql, run.id)), runId: run.id, kind: run.kind, chunk });
  };
  await endRun(db.sql, run.id, { state: 'running', at: null, message: null });
  await report(null);
  const knowledge = await loadKnowledge(db.sql, run.orgId, clock());
  while (stopped === null) {
    const waiting = await waitingChunks(db.sql, run.id);
    // A backfill goes backwards, so that recent days are there first; the others forwards, so that the watermark can follow.
    const chunk = run.kind === 'backfill' ? waiting[0] : waiting.at(-1);
    if (chunk === undefined) break;
    if (signal?.aborted) stopped = { state: 'interrupted', message: 'stopped before its end' };
    else {
      const end: ChunkEnd = await readChunk(
        { ...deps, clock, knowledge },
        { run, chunk, services: context.mapping, ...(signal ? { signal } : {}) },
      );
      failures = end.kind === 'gap' ? failures + 1 : 0;
      if (end.kind === 'stop') stopped = { state: end.state, message: end.because };
      else if (failures >= MAX_FAILURES_IN_A_ROW)
        // The chunks that were not tried stay waiting, and the next collection takes them up.
        stopped = { state: 'interrupted', message: 'the platform did not answer several times in a row' };
      await report(chunk);
    }
  }
  const progress = await progressOf(db.sql, run.id);
  const end =
    stopped ??
    (progress.failed > 0
      ? { state: 'failed' as const, message: `${progress.failed} parts were asked and not answered` }
      : { state: 'done' as const, message: null });
  await enrichChanges(deps.db, { orgId: run.orgId, from: run.from, to: run.to, now: clock() });
  // A record of a renaming is read with, before or after records that come after it: their names follow once all is read.
  const naming = await renamedSince(db.sql, run.orgId, run.startedAt);
  if (naming.length > 0)
    await enrichChanges(deps.db, { orgId: run.orgId, from: run.from, to: clock(), now: clock(), naming });
  await endRun(db.sql, run.id, { ...end, at: end.state === 'interrupted' ? null : clock() });
  log.info(
    {
      room: 'changes',
      runId: run.id,
      state: end.state,
      records: progress.records,
      newRecords: progress.newRecords,
    },
    'collection run ended',
  );
  return end;
}

async function summary(db: Database, ended: readonly { run: Run; end: RunEnd }[]): Promise<Collected> {
  const totals = { chunksTotal: 0, chunksDone: 0, failed: 0, records: 0, newRecords: 0, quarantined: 0 };
  for (const { run } of ended) {
    const progress = await progressOf(db.sql, run.id);
    for (const key of [
      'chunksTotal',
      'chunksDone',
      'failed',
      'records',
      'newRecords',
      'quarantined',
    ] as const)
      totals[key] += progress[key];
  }
  const worst = ended.find((one) => one.end.state !== 'done') ?? ended.at(-1);
  return {
    ...totals,
    runs: ended.map((one) => one.run.id),
    state: worst?.end.state ?? 'nothing_to_do',
    message: worst?.end.message ?? null,
  };
}

/** One collector per organisation over all processes: the lock belongs to a connection and goes with it. */
async function withOrgLock<T>(db: Database, orgId: string, run: () => Promise<T>): Promise<T> {
  return db.withClient(async (client) => {
    const key = `tally.collect:${orgId}`;
    const got = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [key],
    );
    if (!got.rows[0]?.held) {
      throw new AppError<CollectErrorCode>({
        code: 'already_running',
        message: 'cannot collect: another collection of this organisation is running',
        status: 409,
        retryable: true,
      });
    }
    try {
      return await run();
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((thrown) => {
        log.warn({ room: 'changes', reason: messageOf(thrown) }, 'collection lock went with its connection');
      });
    }
  });
}
