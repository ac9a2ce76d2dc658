import { handle } from '@/app/api/handle';
import { endedSessionsSchema, idParams } from '@/lib/auth/contract';
import { signOutEverywhere } from '@/lib/auth/people/change-user';

export const DELETE = handle({
  permission: 'users.manage',
  summary: 'End every session of a person at once',
  params: idParams,
  answer: endedSessionsSchema,
  run: async ({ tx, by, params }) => ({ ended: await signOutEverywhere(tx.sql, params.id, by) }),
});
