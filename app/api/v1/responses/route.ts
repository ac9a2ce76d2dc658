import { handle } from '@/app/api/handle';
import { responseListSchema, responseRequestSchema } from '@/lib/alerts/contract/responses';
import { askResponse } from '@/lib/alerts/responses/ask-response';
import { viewResponses } from '@/lib/alerts/views/responses';

export const GET = handle({
  permission: 'responses.read',
  summary: 'Responses proposed, waiting, done and refused, newest first',
  query: responseListSchema,
  run: ({ viewer, query }) => viewResponses(viewer, query),
});

export const POST = handle({
  permission: 'responses.decide',
  summary: 'Asks for a response to a finding; another person must approve it',
  body: responseRequestSchema,
  status: 201,
  run: async ({ viewer, body, tx, by }) => {
    const { id, state } = await askResponse(tx.sql, body, { viewer, ...by });
    return { id, state };
  },
});
