import { handle } from '@/app/api/handle';
import { controlRunAskedSchema, controlRunAskSchema, controlRunListSchema } from '@/lib/controls/contract';
import { runAskedControls } from '@/lib/controls/jobs';
import { viewControlRuns } from '@/lib/controls/views/control-runs';
import { requestError } from '@/lib/kernel/errors';
import { enqueue } from '@/lib/queue/enqueue';

export const GET = handle({
  permission: 'controls.read',
  summary: 'Runs of the controls, the newest first',
  query: controlRunListSchema,
  run: ({ viewer, query }) => viewControlRuns(viewer, query),
});

export const POST = handle({
  permission: 'controls.run',
  summary: 'Asks for a run of the controls; a worker takes it',
  body: controlRunAskSchema,
  answer: controlRunAskedSchema,
  status: 202,
  run: async ({ viewer, body, journal, afterCommit }) => {
    const orgId = body.org?.toLowerCase() ?? null;
    if (orgId !== null && !viewer.orgIds.includes(orgId))
      throw requestError(
        'not_found',
        'cannot run the controls: there is no such organisation that you may see',
      );
    await journal({ action: 'control_run.requested', objectType: 'control_run', orgId, detail: {} });
    // Whoever may not see every organisation runs the controls of those they see, one job for each.
    const asked = orgId === null ? viewer.orgIds : [orgId];
    afterCommit(async () => {
      for (const one of asked)
        await enqueue(runAskedControls, { orgId: one, by: viewer.name }, { onceKey: one });
    });
    return { state: 'asked', orgId };
  },
});
