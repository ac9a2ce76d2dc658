import { enqueueBatch } from '@/app/api/enqueue-batch';
import { handle } from '@/app/api/handle';
import { actorOf } from '@/lib/auth/viewer';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import { requestError } from '@/lib/kernel/errors';
import { changeIdParams } from '@/lib/linking/contract/manual';
import { resolutionMadeSchema, resolutionsSchema, resolveSchema } from '@/lib/linking/contract/resolutions';
import { firstUnlinked, resolveSession, vetResolution } from '@/lib/linking/manual/resolve-session';
import { openLinks } from '@/lib/linking/open-links';
import { viewResolutions } from '@/lib/linking/views/resolutions';

export const GET = handle({
  permission: 'sessions.read',
  summary: 'What is left to resolve in a session, and what was resolved together',
  params: changeIdParams,
  answer: resolutionsSchema,
  run: ({ viewer, params }) => viewResolutions(viewer, params),
});

export const POST = handle({
  permission: 'links.decide',
  summary: 'Attach one authorisation to all unlinked changes of a session; carried out in the background',
  params: changeIdParams,
  body: resolveSchema,
  answer: resolutionMadeSchema,
  status: 202,
  async prepare({ viewer, params, body }) {
    const db = database();
    const first = await firstUnlinked(db.sql, viewer.orgIds, params.id);
    if (first === null)
      throw requestError(
        'conflict',
        'cannot resolve the session: it has no unlinked change that you may see',
      );
    const dependencies = await openLinks({ db, env: env() }, { orgId: first.orgId, now: new Date() });
    await vetResolution(dependencies, { first, input: body, by: actorOf(viewer) });
    return first.orgId;
  },
  async run({ tx, by, params, body, prepared: orgId, afterCommit }) {
    const made = await resolveSession(tx.sql, { orgId, sessionId: params.id, input: body }, by);
    afterCommit(() => enqueueBatch(made.id));
    return made;
  },
});
