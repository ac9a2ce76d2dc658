import { handle } from '@/app/api/handle';
import { occurrencesAnswerSchema, occurrencesQuerySchema } from '@/lib/directory/contract/windows';
import { viewOccurrences } from '@/lib/directory/views/windows';

export const GET = handle({
  permission: 'metrics.read',
  summary:
    'When change windows and freezes are open in a range, as the calendar is known now or was at an instant',
  query: occurrencesQuerySchema,
  answer: occurrencesAnswerSchema,
  run: ({ viewer, query }) => viewOccurrences(viewer, query),
});
