import { handle } from '@/app/api/handle';
import { divisionTagsSchema, divisionTagsSetSchema } from '@/lib/divisions/contract';
import { tagDivisions } from '@/lib/divisions/tag-divisions';
import { viewDivisionTags } from '@/lib/divisions/views/division-tags';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Divisions with region, sensitivity and rank as they hold now',
  run: ({ viewer }) => viewDivisionTags(viewer, undefined),
});

export const PUT = handle({
  permission: 'settings.write',
  summary: 'Tag the divisions of an organisation from now on; those left out lose their tags',
  body: divisionTagsSchema,
  answer: divisionTagsSetSchema,
  run: ({ tx, by, body, viewer }) => tagDivisions(tx.sql, body, { ...by, orgIds: viewer.orgIds }),
});
