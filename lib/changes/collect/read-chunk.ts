import type { Sql } from '@/lib/db/sql';
import { GenesysError, splittingMayHelp } from '@/lib/genesys/model/errors';
import type { Interval } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { BATCH_RECORDS, ingestBatch } from '../ingest/ingest-pages';
import type { OrgKnowledge } from '../ingest/org-knowledge';
import type { IncomingPage } from '../ingest/prepare-batch';
import { teachDirectory } from '../ingest/teach-directory';
import { appendReadings, type KnownId, knownIn, sightedBy } from '../store/coverage/readings';
import { advanceWatermark, endChunk, type Run, replaceChunk } from '../store/runs';
import { ALL_SERVICES, ChunkTally, unansweredReadings } from './chunk-tally';
import type { CollectDeps } from './collect-audits';
import { deriveCoverage } from './derive-coverage';
import { halvesOf } from './plan-run';

/** How a chunk ended: read, cut into smaller ones, given up as a gap, or a reason to stop the run. */
export type ChunkEnd =
  | { readonly kind: 'read' | 'split' | 'gap' }
  | { readonly kind: 'stop'; readonly state: 'failed' | 'interrupted'; readonly because: string };

type ChunkDeps = CollectDeps & { readonly clock: () => Date; readonly knowledge: OrgKnowledge };
type ChunkWork = {
  readonly run: Run;
  readonly chunk: Interval;
  readonly services: readonly string[];
  readonly signal?: AbortSignal;
};

/** Bytes of pages held before a batch is written. */
const BATCH_BYTES = BATCH_RECORDS * 1_500;

/** Reads one chunk to its end and commits it, or says why not. Errors of the database and the vault are thrown. */
export async function readChunk(deps: ChunkDeps, work: ChunkWork): Promise<ChunkEnd> {
  const { run, chunk } = work;
  const begunAt = deps.clock();
  const tally = new ChunkTally(chunk);
  let held: IncomingPage[] = [];
  let heldBytes = 0;
  let queryId: string;
  try {
    const answer = await deps.source.queryAudits({
      interval: chunk,
      ...(work.signal ? { signal: work.signal } : {}),
      onPage: async (page) => {
        held.push({ ...page, runId: run.id, asked: chunk });
        heldBytes += page.bytes.length;
        if (heldBytes < BATCH_BYTES) return;
        const pages = held;
        held = [];
        heldBytes = 0;
        await keep(deps, work, pages, tally);
      },
    });
    queryId = answer.queryId;
  } catch (thrown) {
    if (!(thrown instanceof GenesysError)) throw thrown;
    // Pages that came before the failure are real and are kept; the chunk is not read all the same.
    await keep(deps, work, held, tally);
    return unanswered(deps, work, { error: thrown, begunAt });
  }
  await keep(deps, work, held, tally, async (sql) => {
    const finishedAt = deps.clock();
    tally.addLost(await lostSince(sql, { orgId: run.orgId, chunk, tally }));
    const common = { orgId: run.orgId, source: 'pull', runId: run.id, queryId, begunAt, finishedAt } as const;
    const readings = tally.readings(work.services, common);
    await appendReadings(sql, run.orgId, readings, finishedAt);
    await deriveCoverage(sql, { orgId: run.orgId, source: 'pull', ...chunk, made: readings });
    await endChunk(sql, run.id, chunk, {
      state: 'done',
      queryId,
      at: finishedAt,
      message: null,
      ...counts(tally),
    });
    await advanceWatermark(sql, { orgId: run.orgId, source: 'pull', chunk, at: finishedAt });
  });
  return { kind: 'read' };
}

/** What a pull brought before and did not bring this time, though it lies in the asked interval. */
async function lostSince(
  sql: Sql,
  asked: { orgId: string; chunk: Interval; tally: ChunkTally },
): Promise<KnownId[]> {
  const { orgId, chunk, tally } = asked;
  const missing = (await knownIn(sql, { orgId, ...chunk })).filter((one) => !tally.has(one.id));
  const pulled = await sightedBy(sql, { orgId, paths: ['pull', 'file'], ids: missing.map((one) => one.id) });
  return missing.filter((one) => pulled.has(one.id));
}

async function keep(
  deps: ChunkDeps,
  { run }: ChunkWork,
  pages: readonly IncomingPage[],
  tally: ChunkTally,
  also?: (sql: Sql) => Promise<void>,
): Promise<void> {
  let counted = false;
  const ingested = await ingestBatch(
    { db: deps.db, vault: deps.vault, knowledge: deps.knowledge, now: deps.clock() },
    pages,
    async (sql, done) => {
      // A batch that had to be tried again is counted once.
      if (!counted) tally.add(done);
      counted = true;
      await also?.(sql);
    },
  );
  await teachDirectory(deps.db, { orgId: run.orgId, fresh: ingested.fresh, now: deps.clock() });
}

async function unanswered(
  deps: ChunkDeps,
  work: ChunkWork,
  failure: { error: GenesysError; begunAt: Date },
): Promise<ChunkEnd> {
  const { run, chunk } = work;
  const { error, begunAt } = failure;
  log.warn(
    { room: 'changes', runId: run.id, code: error.code, from: chunk.from, to: chunk.to },
    'audit query was not answered',
  );
  if (error.code === 'aborted') return { kind: 'stop', state: 'interrupted', because: error.message };
  // Pieces of an hour are not cut further: a platform that is down would be asked ten thousand times.
  const halves = splittingMayHelp(error.code) ? halvesOf(chunk) : null;
  if (halves !== null) {
    await deps.db.transaction((sql) => replaceChunk(sql, run, chunk, halves));
    return { kind: 'split' };
  }
  const finishedAt = deps.clock();
  const outcome = error.code === 'no_permission' ? 'no_permission' : 'failed';
  const common = {
    orgId: run.orgId,
    source: 'pull',
    runId: run.id,
    queryId: null,
    begunAt,
    finishedAt,
    outcome,
    because: error.message,
  } as const;
  const giveUp = splittingMayHelp(error.code);
  await deps.db.transaction(async (sql) => {
    await appendReadings(
      sql,
      run.orgId,
      unansweredReadings(chunk, work.services.length > 0 ? work.services : [ALL_SERVICES], common),
      finishedAt,
    );
    await deriveCoverage(sql, { orgId: run.orgId, source: 'pull', ...chunk });
    // What splitting could mend is given up for this run; what stands in the way of all chunks leaves them waiting.
    if (giveUp)
      await endChunk(sql, run.id, chunk, {
        state: 'failed',
        queryId: null,
        at: finishedAt,
        message: error.message,
        records: 0,
        newRecords: 0,
        quarantined: 0,
      });
  });
  if (giveUp) return { kind: 'gap' };
  const because = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  return { kind: 'stop', state: outcome === 'no_permission' ? 'failed' : 'interrupted', because };
}

function counts(tally: ChunkTally): { records: number; newRecords: number; quarantined: number } {
  return { records: tally.records, newRecords: tally.newRecords, quarantined: tally.quarantined };
}
