import type pg from 'pg';
import type { z } from 'zod';
import { exportView } from '@/lib/auth/export-as-viewer';
import { copyOut } from '@/lib/db/copy';
import { requestError } from '@/lib/kernel/errors';
import type { changeExportSchema } from '../contract-lists';
import { whereOf } from '../store/read/change-filter';
import {
  DEFAULT_EXPORT_COLUMNS,
  EXPORT_COLUMNS,
  type ExportColumn,
  formulaSafe,
  isExportColumn,
  JSONL_COLUMNS,
} from '../store/read/export-columns';
import { inlined } from '../store/read/inline-values';
import { linkageAt } from '../store/read/judgeable';
import { checkedFilter, searchOf } from './list-changes';

export type ChangeExport = z.output<typeof changeExportSchema>;

/** Signs that JSON text never holds, so that COPY's CSV form writes JSON as it is. */
const RAW_LINES = `with (format csv, quote e'\\x01', delimiter e'\\x02')`;

/**
 * Exactly the changes under the filter, in the list's order, as a stream from the database's own COPY: CSV safe to open in a
 * spreadsheet, or JSON lines with every value as it is. The journal row is written first.
 */
export const exportChanges = exportView<ChangeExport>(
  {
    permission: 'changes.export',
    journal: ({ format, columns, sort, bom: _bom, ...filter }) => ({
      objectType: 'change',
      detail: { format, columns: columns ?? 'default', sort: sort ?? 'newest', filter },
    }),
  },
  async function* ({ client, sql }, input) {
    const columns = chosenColumns(input.columns);
    const filter = checkedFilter(input);
    const where = whereOf(filter, await searchOf(sql, filter));
    const direction = input.sort === 'oldest' ? 'asc' : 'desc';
    const asOf = filter.asOf;
    const columnOf = (name: ExportColumn): string =>
      name === 'linkage' && asOf !== undefined ? linkageAt(client.escapeLiteral(asOf)) : EXPORT_COLUMNS[name];
    const tail = `from change c where ${inlined(client, where)} order by c.event_date ${direction}, c.id ${direction}`;
    if (input.format === 'jsonl') {
      const members = columns
        .map((name) => `${JSONL_COLUMNS[name] ?? columnOf(name)} as "${name}"`)
        .join(', ');
      yield* stream(client, `select row_to_json(x)::text from (select ${members} ${tail}) x`, RAW_LINES);
      return;
    }
    if (input.bom === 'true') yield '\ufeff';
    yield* stream(
      client,
      `select ${columns.map((name) => `${formulaSafe(columnOf(name))} as "${name}"`).join(', ')} ${tail}`,
      'with (format csv, header)',
    );
  },
);

function chosenColumns(asked: readonly string[] | undefined): readonly ExportColumn[] {
  if (asked === undefined || asked.length === 0) return DEFAULT_EXPORT_COLUMNS;
  return asked.map((name) => {
    if (isExportColumn(name)) return name;
    throw requestError(
      'bad_request',
      `cannot export the column ${JSON.stringify(name)}: there is none of that name`,
      {
        hint: `Columns are ${Object.keys(EXPORT_COLUMNS).join(', ')}.`,
      },
    );
  });
}

function stream(client: pg.ClientBase, statement: string, format: string): AsyncIterable<Buffer> {
  return copyOut(client, statement, format);
}
