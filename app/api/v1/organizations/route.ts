import { handle } from '@/app/api/handle';
import { organizationListSchema } from '@/lib/auth/contract';
import { readOrganizations } from '@/lib/auth/views/people';

export const GET = handle({
  permission: 'self.read',
  summary: 'Organisations the viewer may see',
  answer: organizationListSchema,
  run: ({ viewer }) => readOrganizations(viewer),
});
