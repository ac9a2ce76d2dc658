import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { env } from '@/lib/env/env';
import { changeDiffSchema } from '@/lib/linking/contract/closed-loop';
import { viewChangeDiff } from '@/lib/linking/views/closed-loop';
import { openVault } from '@/lib/vault/vault';

export const GET = handle({
  permission: 'changes.read',
  summary: 'The Git diff of the commit behind a change, file by file',
  params: changeIdSchema,
  answer: changeDiffSchema,
  run: ({ viewer, params }) => viewChangeDiff(openVault(env().vault), viewer, params),
});
