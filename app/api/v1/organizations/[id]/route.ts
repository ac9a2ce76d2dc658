import { handle } from '@/app/api/handle';
import { authorise } from '@/lib/auth/can';
import { idParams, organizationChangeSchema, organizationSchema } from '@/lib/auth/contract';
import { changeOrganizationState } from '@/lib/auth/settings/organizations';
import { toOrganizationDto } from '@/lib/auth/views/people';

export const PATCH = handle({
  permission: 'sources.write',
  summary: 'Pause or resume the collection of an organisation',
  params: idParams,
  body: organizationChangeSchema,
  answer: organizationSchema,
  async run({ tx, by, params, body, viewer }) {
    authorise(viewer, 'sources.write', { orgId: params.id });
    return toOrganizationDto(await changeOrganizationState(tx.sql, { id: params.id, ...body }, by));
  },
});
