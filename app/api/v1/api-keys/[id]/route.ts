import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { revokeApiKey } from '@/lib/auth/keys/api-keys';

export const DELETE = handle({
  permission: 'api_keys.manage',
  summary: 'Revoke an API key, at once and for ever',
  params: idParams,
  run: ({ tx, by, params }) => revokeApiKey(tx.sql, params.id, by),
});
