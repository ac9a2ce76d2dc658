import { handle } from '@/app/api/handle';
import { journalFacetsSchema } from '@/lib/journal/contract';
import { readJournalFacets } from '@/lib/journal/views';

export const GET = handle({
  permission: 'journal.read',
  summary: 'Actors and actions that occur in the journal',
  answer: journalFacetsSchema,
  run: ({ viewer }) => readJournalFacets(viewer),
});
