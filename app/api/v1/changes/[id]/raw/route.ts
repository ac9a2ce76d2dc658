import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { viewRawRecord } from '@/lib/changes/views/change-detail';
import { env } from '@/lib/env/env';
import { openVault } from '@/lib/vault/vault';

export const GET = handle({
  permission: 'changes.raw',
  summary: 'The record exactly as it was received, byte for byte',
  params: changeIdSchema,
  run: async ({ viewer, params }) => {
    const raw = await viewRawRecord(openVault(env().vault), viewer, params);
    return new Response(new Uint8Array(raw.bytes), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-record-sha256': raw.sha256,
        'x-page-sha256': raw.pageSha256,
      },
    });
  },
});
