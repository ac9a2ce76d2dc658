import { handle } from '@/app/api/handle';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import {
  attachPreviewAnswerSchema,
  attachPreviewSchema,
  changeIdParams,
} from '@/lib/linking/contract/manual';
import { previewAttach } from '@/lib/linking/manual/open-decision';
import { previewDto } from '@/lib/linking/views/change-decisions';

export const POST = handle({
  permission: 'links.decide',
  summary:
    'What naming a ticket, commit or paper as the authorisation of a change would come to; changes nothing',
  params: changeIdParams,
  body: attachPreviewSchema,
  answer: attachPreviewAnswerSchema,
  prepare: ({ viewer, params, body }) =>
    previewAttach(
      { db: database(), env: env() },
      { viewer, id: params.id, attached: body.attached, now: new Date() },
    ),
  run: async ({ params, body, prepared, journal }) => {
    await journal({
      action: 'link.previewed',
      objectType: 'change',
      objectId: params.id,
      detail: { kind: body.attached.kind, reference: body.attached.reference },
    });
    return previewDto(prepared);
  },
});
