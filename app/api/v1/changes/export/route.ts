import { Readable } from 'node:stream';
import { handle } from '@/app/api/handle';
import { changeExportSchema } from '@/lib/changes/contract-lists';
import { exportChanges } from '@/lib/changes/views/export-changes';

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

export const GET = handle({
  permission: 'changes.export',
  summary: 'Exactly the changes under a filter as CSV or JSON lines',
  query: changeExportSchema,
  run: async ({ viewer, query }) => {
    const stream = await exportChanges(viewer, query);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': TYPES[query.format],
        'content-disposition': `attachment; filename="changes.${query.format}"`,
      },
    });
  },
});
