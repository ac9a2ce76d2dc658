import { Readable } from 'node:stream';
import { handle } from '@/app/api/handle';
import { moveExportSchema } from '@/lib/divisions/contract';
import { exportMoves } from '@/lib/divisions/views/export-moves';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  pdf: 'application/pdf',
} as const;

export const GET = handle({
  permission: 'moves.export',
  summary:
    'The report of division moves as CSV, JSON lines or PDF, of the last 12 months unless asked otherwise',
  query: moveExportSchema,
  run: async ({ viewer, query }) => {
    const stream = await exportMoves(viewer, query);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': TYPES[query.format],
        'content-disposition': `attachment; filename="division-moves.${query.format}"`,
      },
    });
  },
});
