import { handle } from '@/app/api/handle';
import { apiKeyListSchema, createdApiKeySchema, newApiKeySchema } from '@/lib/auth/contract';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { readApiKeys, toApiKeyDto } from '@/lib/auth/views/people';

export const GET = handle({
  permission: 'api_keys.read',
  summary: 'API keys, without their secrets',
  answer: apiKeyListSchema,
  run: ({ viewer }) => readApiKeys(viewer),
});

export const POST = handle({
  permission: 'api_keys.manage',
  summary: 'Make an API key; it is in this answer and nowhere else',
  body: newApiKeySchema,
  answer: createdApiKeySchema,
  status: 201,
  async run({ tx, by, body }) {
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const wanted = { ...body, orgScope: body.orgScope ?? null, expiresAt };
    const { id, key, apiKey } = await createApiKey(tx.sql, wanted, by);
    return { id, key, apiKey: toApiKeyDto(apiKey) };
  },
});
