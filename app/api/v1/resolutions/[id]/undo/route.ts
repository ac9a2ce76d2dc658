import { enqueueBatch } from '@/app/api/enqueue-batch';
import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { resolutionMadeSchema, undoSchema } from '@/lib/linking/contract/resolutions';
import { undoResolution } from '@/lib/linking/manual/resolve-session';

export const POST = handle({
  permission: 'links.decide',
  summary: 'Take back what one resolution of a session attached; carried out in the background',
  params: idParams,
  body: undoSchema,
  answer: resolutionMadeSchema,
  status: 202,
  async run({ tx, by, viewer, params, body, afterCommit }) {
    const made = await undoResolution(
      tx.sql,
      { orgIds: viewer.orgIds, id: params.id, reason: body.reason },
      by,
    );
    afterCommit(() => enqueueBatch(made.id));
    return made;
  },
});
