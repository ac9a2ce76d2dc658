import { handle } from '@/app/api/handle';
import { pagedQuerySchema } from '@/lib/changes/contract';
import { startCollectionSchema } from '@/lib/changes/contract-lists';
import { collectSync, resweepDaily } from '@/lib/changes/jobs';
import { viewCollections } from '@/lib/changes/views/collection';
import { requestError } from '@/lib/kernel/errors';
import { enqueue } from '@/lib/queue/enqueue';

const RESWEEP_DAYS = 3;

export const GET = handle({
  permission: 'collections.read',
  summary: 'Collections in progress and done',
  query: pagedQuerySchema,
  run: ({ viewer, query }) => viewCollections(viewer, query),
});

export const POST = handle({
  permission: 'collections.run',
  summary: 'Asks for a collection; a worker takes it',
  body: startCollectionSchema,
  status: 202,
  run: async ({ viewer, body, journal, afterCommit }) => {
    const { kind, orgId } = body;
    if (orgId !== undefined && !viewer.orgIds.includes(orgId))
      throw requestError(
        'not_found',
        'cannot start a collection: there is no such organisation that you may see',
      );
    const one = orgId === undefined ? {} : { orgId };
    await journal({
      action: 'collection.requested',
      objectType: 'collection',
      orgId: orgId ?? null,
      detail: { kind },
    });
    afterCommit(async () => {
      if (kind === 'resweep') await enqueue(resweepDaily, { ...one, days: RESWEEP_DAYS });
      else await enqueue(collectSync, { ...one, kind }, { onceKey: `${orgId ?? 'all'}-${kind}` });
    });
    return { state: 'asked', kind, orgId: orgId ?? null };
  },
});
