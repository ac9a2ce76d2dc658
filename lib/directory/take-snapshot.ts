import type pg from 'pg';
import { type Database, inTransaction, sqlOf } from '@/lib/db/connection';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import { log } from '@/lib/log/log';
import type { SnapshotOutcome } from './model/diff-snapshot';
import { directoryError } from './model/errors';
import { type DescribedItem, type DirectoryItem, describeItem, isUnread } from './model/item/describe-item';
import { type Reconciliation, reconcileTotals } from './model/reconcile-totals';
import { type SnapshotRun, worstOutcome } from './model/snapshot-run';
import { insertRun, loadNewestRun } from './store/snapshot-runs';
import { SnapshotStage } from './store/snapshot-stage';
import { lockKind } from './store/write-lock';
import { writeSnapshot } from './write-snapshot';

/** How often a kind is read again because its totals moved while it was read. */
const MAX_READINGS = 3;

/** One reading of one kind, as the Genesys room delivers it. `items` may be a stream. */
export type SnapshotListing = {
  readonly items: AsyncIterable<DirectoryItem> | Iterable<DirectoryItem>;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly expectedTotal?: number | null | undefined;
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  readonly readCount: number;
  readonly duplicates: number;
  readonly pages: number;
  readonly outcome: SnapshotOutcome;
  readonly because?: string | null | undefined;
  /** Remarks on what could not be read beside the main part. */
  readonly notes?: readonly string[] | undefined;
};

export type SnapshotProgress = {
  readonly kind: DirectoryKind;
  readonly stage: 'reading' | 'reading_again' | 'comparing' | 'done';
  /** Kinds finished and asked for, for a bar. */
  readonly kindsDone: number;
  readonly kindsTotal: number;
  readonly run?: SnapshotRun;
};

export type SnapshotResult = { readonly outcome: SnapshotOutcome; readonly runs: readonly SnapshotRun[] };

/**
 * Reads kinds of one organisation and keeps what became different, each kind in one transaction of its own with its run.
 *
 * `now` is the instant a kind's snapshot stands for, asked once per kind when its reading begins; it must not lie before the
 * kind's newest snapshot. Reading the same kind at the same instant again gives back the run that is there. A reader that
 * throws makes a failed run and the other kinds go on (an abort ends it all); a reading that is not complete closes nothing.
 */
export async function takeSnapshot(
  db: Database,
  options: {
    readonly orgId: string;
    readonly reader: (kind: DirectoryKind) => Promise<SnapshotListing>;
    readonly kinds?: readonly DirectoryKind[];
    readonly now: () => Date;
    readonly onProgress?: (progress: SnapshotProgress) => void;
  },
): Promise<SnapshotResult> {
  const { orgId, reader, kinds = DIRECTORY_KINDS, now, onProgress } = options;
  const runs: SnapshotRun[] = [];
  for (const kind of kinds) {
    const report = (stage: SnapshotProgress['stage'], run?: SnapshotRun) =>
      onProgress?.({
        kind,
        stage,
        kindsDone: runs.length,
        kindsTotal: kinds.length,
        ...(run ? { run } : {}),
      });
    const run = await db.withClient((client) =>
      readKind(client, { orgId, kind, reader, takenAt: now(), report }),
    );
    runs.push(run);
    report('done', run);
    log.info(
      {
        room: 'directory',
        orgId,
        kind,
        snapshotId: run.id,
        outcome: run.outcome,
        read: run.readCount,
        added: run.added,
        changed: run.changed,
        removed: run.removed,
      },
      'directory kind read',
    );
  }
  return { outcome: worstOutcome(runs.map((run) => run.outcome)), runs };
}

type KindReading = {
  readonly orgId: string;
  readonly kind: DirectoryKind;
  readonly takenAt: Date;
  readonly reader: (kind: DirectoryKind) => Promise<SnapshotListing>;
  readonly report: (stage: SnapshotProgress['stage']) => void;
};

async function readKind(client: pg.PoolClient, reading: KindReading): Promise<SnapshotRun> {
  const { orgId, kind, takenAt, report } = reading;
  const before = await loadNewestRun(sqlOf(client), orgId, kind);
  if (before?.takenAt.getTime() === takenAt.getTime()) return before;
  refuseOlder(before, reading);
  const stage = new SnapshotStage(client);
  try {
    const { listing, attempts, verdict } = await readUntilStill(stage, reading);
    report('comparing');
    return await inTransaction(client, async (sql) => {
      await lockKind(sql, orgId, kind);
      // Another snapshot may have been taken while this one was read.
      const latest = await loadNewestRun(sql, orgId, kind);
      if (latest?.takenAt.getTime() === takenAt.getTime()) return latest;
      refuseOlder(latest, reading);
      const receivedAt = new Date();
      const id = newId('snapshot', receivedAt);
      const usable = verdict.outcome === 'complete' || verdict.outcome === 'partial';
      const counts = await writeSnapshot(sql, usable ? stage : null, {
        orgId,
        kind,
        takenAt,
        outcome: verdict.outcome,
        snapshotId: id,
        receivedAt,
      });
      const run: SnapshotRun = {
        id,
        kind,
        takenAt,
        startedAt: listing.startedAt,
        finishedAt: listing.finishedAt,
        outcome: verdict.outcome,
        because: verdict.because ?? remarkOf(listing),
        expectedTotal: listing.expectedTotal ?? null,
        totalBefore: listing.totalBefore,
        totalAfter: listing.totalAfter,
        readCount: listing.readCount,
        duplicates: listing.duplicates,
        pages: listing.pages,
        attempts,
        ...counts,
      };
      await insertRun(sql, orgId, run, receivedAt);
      return run;
    });
  } finally {
    await stage.close().catch(() => {}); // after a broken connection nothing is left to drop
  }
}

/** Reads a kind, again when its totals moved meanwhile, until they stand still or the last try. */
async function readUntilStill(
  stage: SnapshotStage,
  { kind, reader, takenAt, report }: KindReading,
): Promise<{ listing: SnapshotListing; attempts: number; verdict: Reconciliation }> {
  for (let attempt = 1; ; attempt++) {
    report(attempt === 1 ? 'reading' : 'reading_again');
    const read = await readOnce(stage, { kind, reader, takenAt });
    if (!read.verdict.moved || attempt === MAX_READINGS) return { ...read, attempts: attempt };
  }
}

async function readOnce(
  stage: SnapshotStage,
  { kind, reader, takenAt }: Pick<KindReading, 'kind' | 'reader' | 'takenAt'>,
): Promise<{ listing: SnapshotListing; verdict: Reconciliation }> {
  let listing: SnapshotListing;
  try {
    listing = await reader(kind);
  } catch (error) {
    if (isAbort(error)) throw error;
    const because = messageOf(error);
    return { listing: nothingRead(takenAt), verdict: { outcome: 'failed', because, moved: false } };
  }
  await stage.open();
  const seen: Seen = { withoutId: 0, failure: null };
  await stage.add(described(kind, listing.items, seen));
  if (seen.failure !== null) {
    return { listing, verdict: { outcome: 'failed', because: seen.failure, moved: false } };
  }
  const distinctCount = await stage.settle();
  const verdict = reconcileTotals({
    outcome: listing.outcome,
    because: listing.because ?? undefined,
    expectedTotal: listing.expectedTotal ?? null,
    totalBefore: listing.totalBefore,
    totalAfter: listing.totalAfter,
    distinctCount,
  });
  if (seen.withoutId > 0 && verdict.outcome === 'complete') {
    return {
      listing,
      verdict: { outcome: 'partial', because: `${seen.withoutId} entries have no id`, moved: false },
    };
  }
  return { listing, verdict };
}

type Seen = { withoutId: number; failure: string | null };

/** The objects as kept. A stream that breaks ends here and is told by `seen`, apart from what the database may throw. */
async function* described(
  kind: DirectoryKind,
  items: SnapshotListing['items'],
  seen: Seen,
): AsyncGenerator<DescribedItem> {
  try {
    for await (const item of items) {
      if (isUnread(kind, item)) continue;
      const found = describeItem(kind, item);
      if (found === null) seen.withoutId++;
      else yield found;
    }
  } catch (error) {
    seen.failure = messageOf(error);
  }
}

/** Whoever stopped the snapshot wants it to end, not a row that says a kind failed. */
function isAbort(error: unknown): boolean {
  return error instanceof AppError && error.code === 'aborted';
}

function remarkOf(listing: SnapshotListing): string | null {
  return listing.notes?.length ? listing.notes.join('; ') : null;
}

function refuseOlder(
  newest: SnapshotRun | null,
  { kind, takenAt }: Pick<KindReading, 'kind' | 'takenAt'>,
): void {
  if (newest === null || newest.takenAt < takenAt) return;
  throw directoryError(
    'snapshot_out_of_order',
    `cannot take a ${kind} snapshot as of ${toIso(takenAt)}: one of ${toIso(newest.takenAt)} is there already`,
    { hint: 'Snapshots are taken in the order of time; what is read now cannot describe the past.' },
  );
}

function nothingRead(at: Date): SnapshotListing {
  return {
    items: [],
    startedAt: at,
    finishedAt: at,
    totalBefore: null,
    totalAfter: null,
    readCount: 0,
    duplicates: 0,
    pages: 0,
    outcome: 'failed',
  };
}
