import { listSourceRows } from '@/lib/auth/store/source-rows';
import type { CollectAsk } from '@/lib/changes/collect/collect-audits';
import { AppError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import type { JobContext } from '@/lib/queue/job';
import { judgeOrganization, passOver, snapshotDirectory } from '../pipeline';
import { relinkOrganization, WHOLE_HISTORY } from '../pipeline-links';
import type { Connection } from '../wiring/connections';
import type { Product } from '../wiring/product';
import { snapshotIsDue } from '../wiring/snapshot-is-due';
import { followUp } from './follow-up';
import { workerProduct } from './worker-product';

const SINCE_LAST_NIGHT_MS = 26 * HOUR_MS;

type OneOrg = { readonly orgId?: string | undefined };

/** What is new for each organisation; the directory first where a day's snapshot is missing. */
export async function collectNew(
  payload: OneOrg & { readonly kind?: 'sync' | 'backfill' | undefined },
  context: JobContext,
): Promise<void> {
  await forEachOrganization(payload, context, async (product, connection) => {
    await pass(product, connection, { kind: payload.kind ?? 'sync' }, context);
  });
}

/** What is missing of the retention. */
export async function backfill(_payload: object, context: JobContext): Promise<void> {
  await collectNew({ kind: 'backfill' }, context);
}

/** The last days once more. */
export async function resweep(
  payload: OneOrg & { readonly days: number },
  context: JobContext,
): Promise<void> {
  const to = new Date();
  await forEachOrganization(payload, context, async (product, connection) => {
    await pass(
      product,
      connection,
      { kind: 'resweep', from: addMs(to, -payload.days * DAY_MS), to },
      context,
    );
  });
}

export async function snapshot(payload: OneOrg, context: JobContext): Promise<void> {
  await forEachOrganization(payload, context, async (product, connection) => {
    await snapshotDirectory(product, connection, { signal: context.signal });
  });
}

/** Late tickets. A source changed since the night before is asked about everything: the job that should have come may be lost. */
export async function relink(_payload: object, context: JobContext): Promise<void> {
  const since = addMs(new Date(), -SINCE_LAST_NIGHT_MS);
  await forEachOrganization({}, context, async (product, connection) => {
    const changed = (await listSourceRows(product.db.sql)).some(
      ({ kind, orgId, updatedAt }) =>
        updatedAt >= since && kind !== 'genesys' && (orgId === null || orgId === connection.orgId),
    );
    await relinkOrganization(product, connection, {
      ...(changed ? WHOLE_HISTORY : {}),
      signal: context.signal,
    });
    await followUp(await judgeOrganization(product, connection, context), context);
  });
}

/** Everything that is not linked, however old. */
export async function relinkEverything(payload: OneOrg, context: JobContext): Promise<void> {
  await forEachOrganization(payload, context, async (product, connection) => {
    await relinkOrganization(product, connection, { ...WHOLE_HISTORY, signal: context.signal });
    await followUp(await judgeOrganization(product, connection, context), context);
  });
}

async function pass(
  product: Product,
  connection: Connection,
  ask: CollectAsk,
  context: JobContext,
): Promise<void> {
  const { signal, log } = context;
  try {
    const due = await snapshotIsDue(product.db.sql, connection.orgId, new Date());
    const options = { ask, snapshot: due, signal, occasion: 'scheduled' } as const;
    await followUp((await passOver(product, connection, options)).judged, context);
  } catch (error) {
    // Another process collects for this organisation; what we would have read, it reads.
    if (error instanceof AppError && error.code === 'already_running')
      log.info({ orgId: connection.orgId }, 'collection runs elsewhere');
    else throw error;
  }
}

/** One organisation's failure does not keep the others waiting; the first is thrown at the end, so that the queue tries again. */
async function forEachOrganization(
  { orgId }: OneOrg,
  { signal, log }: JobContext,
  run: (product: Product, connection: Connection) => Promise<void>,
): Promise<void> {
  const product = workerProduct();
  const { connections, failures } = await product.connections.reach(signal);
  for (const failure of failures)
    log.warn({ sourceId: failure.sourceId, reason: failure.because }, 'source cannot be reached');
  let failed: unknown = null;
  for (const connection of connections.filter((one) => orgId === undefined || one.orgId === orgId)) {
    if (signal.aborted) return;
    try {
      await run(product, connection);
    } catch (error) {
      failed ??= error;
    }
  }
  if (failed !== null) throw failed;
}
