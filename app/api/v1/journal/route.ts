import { handle } from '@/app/api/handle';
import { journalPageSchema, journalQuerySchema } from '@/lib/journal/contract';
import { readJournal } from '@/lib/journal/views';

export const GET = handle({
  permission: 'journal.read',
  summary: 'Who did, viewed, exported or configured what, newest first',
  query: journalQuerySchema,
  answer: journalPageSchema,
  run: ({ viewer, query }) => readJournal(viewer, query),
});
