import { Readable } from 'node:stream';
import { handle } from '@/app/api/handle';
import { rateExportSchema } from '@/lib/linking/contract/rate-breakdown';
import { exportRate } from '@/lib/linking/views/export-rate';

export const GET = handle({
  permission: 'changes.export',
  summary:
    'The numerator or the denominator of the unlinked change rate as CSV, with formula, period and filter in each row',
  query: rateExportSchema,
  run: async ({ viewer, query }) => {
    const stream = await exportRate(viewer, query);
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="unlinked-change-rate-${query.list}.csv"`,
      },
    });
  },
});
