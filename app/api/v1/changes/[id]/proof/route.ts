import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { viewProof } from '@/lib/changes/views/change-detail';

export const GET = handle({
  permission: 'changes.read',
  summary: 'Where the change stands in the ledger; 409 not_sealed_yet until it is sealed',
  params: changeIdSchema,
  run: ({ viewer, params }) => viewProof(viewer, params),
});
