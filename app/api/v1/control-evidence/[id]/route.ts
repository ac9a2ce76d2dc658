import { handle } from '@/app/api/handle';
import { evidenceIdSchema } from '@/lib/controls/contract';
import { viewControlEvidence } from '@/lib/controls/views/control-runs';

export const GET = handle({
  permission: 'controls.export',
  summary: 'One answer that a result rests on, without secrets, with its hash',
  params: evidenceIdSchema,
  run: ({ viewer, params }) => viewControlEvidence(viewer, params),
});
