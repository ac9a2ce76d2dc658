import { setTimeout as sleep } from 'node:timers/promises';
import { progressOf, unfinishedRuns } from '@/lib/changes/store/runs';
import { AppError } from '@/lib/kernel/errors';
import { SECOND_MS } from '@/lib/kernel/instant';
import { eachConnection } from '../cli/commands/collect';
import { collectLine, snapshotLine } from '../cli/progress-lines';
import { passOver } from '../pipeline';
import { runControlsOf } from '../pipeline-controls';
import type { Connection } from '../wiring/connections';
import type { Product } from '../wiring/product';
import { snapshotIsDue } from '../wiring/snapshot-is-due';

const LOOK_AGAIN_MS = SECOND_MS;

/**
 * The first pass, in this process, so that its progress stands in the terminal; the pages show it as well. Where the worker's
 * own schedule was faster, its progress is told until it is done, and what it left is read here.
 */
export async function collectFirst(product: Product, say: (line: string) => void): Promise<void> {
  await eachConnection(product, async (connection) => {
    while (!(await passed(product, connection, say))) await watchOther(product, connection, say);
    const target = { orgId: connection.orgId, connection };
    const controls = await runControlsOf(product, target, { kind: 'asked', by: 'First collection' });
    if (controls !== null) {
      const { pass, fail, not_evaluated: dark } = controls.run.counts;
      say(`  controls: ${pass} pass, ${fail} fail, ${dark} not evaluated`);
    }
  });
}

/** Whether the pass was made; false while another process collects for this organisation. */
async function passed(
  product: Product,
  connection: Connection,
  say: (line: string) => void,
): Promise<boolean> {
  try {
    await passOver(product, connection, {
      ask: { kind: 'sync' },
      snapshot: await snapshotIsDue(product.db.sql, connection.orgId, new Date()),
      onCollect: (progress) => say(`  ${collectLine(progress)}`),
      onSnapshot: (progress) => progress.stage === 'done' && say(`  ${snapshotLine(progress)}`),
    });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'already_running') return false;
    throw error;
  }
}

/** Tells how far the other process is, once, and gives it a moment. */
async function watchOther(
  { db }: Product,
  { orgId }: Connection,
  say: (line: string) => void,
): Promise<void> {
  for (const run of await unfinishedRuns(db.sql, orgId)) {
    const progress = await progressOf(db.sql, run.id);
    say(`  ${collectLine({ ...progress, runId: run.id, kind: run.kind, chunk: null })}`);
  }
  await sleep(LOOK_AGAIN_MS);
}
