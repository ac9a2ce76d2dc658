import type { ControlsRun } from '@/lib/controls/run-controls';
import type { JobContext } from '@/lib/queue/job';
import { type ControlTarget, controlTargets, dueRun, runControlsOf } from '../pipeline-controls';
import { workerProduct } from './worker-product';

/** Every organisation whose run is due, one after the other; one that fails keeps no other waiting. */
export async function runDue(_payload: object, context: JobContext): Promise<void> {
  await each(context, async (target) => {
    const product = workerProduct();
    const due = await dueRun(product, { ...target, now: new Date() });
    if (due === null) return null;
    return runControlsOf(product, target, { kind: 'scheduled', due }, context);
  });
}

/** What somebody asked for, in one organisation or in all. */
export async function runAsked(
  payload: { readonly orgId?: string | undefined; readonly by: string | null },
  context: JobContext,
): Promise<void> {
  await each(context, async (target) =>
    payload.orgId === undefined || payload.orgId.toLowerCase() === target.orgId
      ? runControlsOf(workerProduct(), target, { kind: 'asked', by: payload.by }, context)
      : null,
  );
}

async function each(
  { signal, log }: JobContext,
  run: (target: ControlTarget & { readonly connectedAt: Date }) => Promise<ControlsRun | null>,
): Promise<void> {
  let failed: unknown = null;
  for (const target of await controlTargets(workerProduct(), { signal })) {
    if (signal.aborted) return;
    try {
      const done = await run(target);
      if (done !== null)
        log.info({ orgId: target.orgId, runId: done.run.id, ...done.run.counts }, 'controls were run');
    } catch (error) {
      failed ??= error;
    }
  }
  if (failed !== null) throw failed;
}
