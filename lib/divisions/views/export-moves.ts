import { Readable } from 'node:stream';
import type pg from 'pg';
import { exportView } from '@/lib/auth/export-as-viewer';
import { formulaSafe } from '@/lib/changes/store/read/export-columns';
import { inlined } from '@/lib/changes/store/read/inline-values';
import { copyOut } from '@/lib/db/copy';
import { toIso } from '@/lib/kernel/instant';
import type { MoveExport } from '../contract';
import { MOVES_READ, whereMoves } from '../store/move-filter';
import { REPORT_JSON, reportColumns } from '../store/report-columns';
import { checkedMoves } from './list-moves';
import { typesetMoves } from './typeset-moves';

/** Signs that JSON text never holds, so that COPY's CSV form writes JSON as it is. */
const RAW_LINES = `with (format csv, quote e'\\x01', delimiter e'\\x02')`;

/**
 * The report: who, what, when, from where and why of every move under the filter, of the last 12 months unless asked otherwise,
 * newest first. CSV safe to open in a spreadsheet, JSON lines with values as they are, or PDF of at most 5,000 moves. The
 * journal row is written first.
 */
export async function exportMoves(...asked: Parameters<typeof openReport>): Promise<Readable> {
  const stream = await openReport(...asked);
  if (asked[1].format !== 'pdf') return stream;
  // A document is made whole before it is sent, so that a refusal is an answer and not a broken download.
  return Readable.from([Buffer.concat(await stream.toArray())], { objectMode: false });
}

const openReport = exportView<MoveExport>(
  {
    permission: 'moves.export',
    journal: ({ format, bom: _bom, ...filter }) => ({
      objectType: 'division_move',
      detail: { format, filter },
    }),
  },
  async function* ({ client, sql, viewer, now }, { format, bom, ...asked }) {
    const filter = { ...asked, ...reportPeriod(checkedMoves(asked), now) };
    const where = whereMoves(filter, now);
    if (format === 'pdf') {
      yield await typesetMoves(sql, { where, filter, now, madeFor: viewer.name, orgIds: viewer.orgIds });
      return;
    }
    const tail = `from ${MOVES_READ} where ${inlined(client, where)} order by m.at desc, m.id desc`;
    const columns = Object.entries(reportColumns(`${client.escapeLiteral(now.toISOString())}::timestamptz`));
    if (format === 'jsonl') {
      const members = columns.map(([name, sqlOf]) => `${REPORT_JSON[name] ?? sqlOf} as "${name}"`).join(', ');
      yield* stream(client, `select row_to_json(x)::text from (select ${members} ${tail}) x`, RAW_LINES);
      return;
    }
    if (bom === 'true') yield '\ufeff';
    const safe = columns.map(([name, sqlOf]) => `${formulaSafe(sqlOf)} as "${name}"`).join(', ');
    yield* stream(client, `select ${safe} ${tail}`, 'with (format csv, header)');
  },
);

/** The period asked for, else the last 12 months up to now. */
export function reportPeriod(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
): { readonly from: string; readonly to: string } {
  const to = asked.to ?? toIso(now);
  if (asked.from !== undefined) return { from: asked.from, to };
  const from = new Date(to);
  from.setUTCFullYear(from.getUTCFullYear() - 1);
  return { from: toIso(from), to };
}

function stream(client: pg.ClientBase, statement: string, format: string): AsyncIterable<Buffer> {
  return copyOut(client, statement, format);
}
