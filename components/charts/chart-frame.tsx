'use client';

import { ChartLine, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { keyOf } from '@/components/frame/shortcuts';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';

export type TwinColumn<Row> = {
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
};

type ChartFrameProps<Row> = {
  /** What the chart shows, with unit and zone: read out as the picture's name and printed as the table's caption. */
  readonly name: string;
  readonly height: number;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly TwinColumn<Row>[];
  readonly children: ReactNode;
  readonly note?: ReactNode;
};

/** A chart and the same data as a table, one key (`t`) or one press away. */
export function ChartFrame<Row>({
  name,
  height,
  rows,
  keyOf: rowKey,
  columns,
  children,
  note,
}: ChartFrameProps<Row>) {
  const [asTable, setAsTable] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keyOf(event) === 't') setAsTable((table) => !table);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <figure className="min-w-0">
      {asTable ? (
        <div className="overflow-auto border-y" style={{ maxHeight: Math.max(height, 240) }}>
          <TwinTable name={name} rows={rows} rowKey={rowKey} columns={columns} />
        </div>
      ) : (
        <div role="img" aria-label={`${name}. The same data as a table with the key t.`} style={{ height }}>
          {children}
        </div>
      )}
      <figcaption className="mt-1 flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
        <span>{note}</span>
        <Button
          look="quiet"
          size="small"
          onClick={() => setAsTable(!asTable)}
          aria-pressed={asTable}
          className="text-xs text-muted"
        >
          {asTable ? <ChartLine aria-hidden size={13} /> : <Table2 aria-hidden size={13} />}
          {asTable ? 'Chart' : 'Table'} (t)
        </Button>
      </figcaption>
    </figure>
  );
}

type TwinTableProps<Row> = {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly TwinColumn<Row>[];
};

function TwinTable<Row>({ name, rows, rowKey, columns }: TwinTableProps<Row>) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{name}</caption>
      <thead className="sticky top-0 bg-paper">
        <tr>
          {columns.map((column) => (
            <th
              key={column.header}
              scope="col"
              className={classes(
                'px-2 py-1 text-xs font-medium text-muted',
                column.numeric ? 'text-right' : 'text-left',
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="border-t">
            {columns.map((column) => (
              <td key={column.header} className={classes('px-2 py-1', column.numeric && 'text-right')}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
