'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';

export type Column<Row> = {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'right';
  readonly className?: string;
  /** Set on the columns the list can be ordered by. */
  readonly sort?: { readonly direction: 'ascending' | 'descending' | null; readonly onSort: () => void };
};

type DataTableProps<Row> = {
  /** What the rows are, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** At 390 px: what happened, then who and when. */
  readonly narrow: (row: Row) => { readonly first: ReactNode; readonly second: ReactNode };
  readonly onOpen?: (row: Row) => void;
  readonly currentKey?: string | null;
  readonly openKey?: string | null;
  readonly density?: 'normal' | 'compact';
};

/** A dense table with a sticky header; two-line rows on a phone. Rows open on click, keys are the list's own affair. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return (
    <>
      <WideTable {...props} />
      <ul aria-label={props.caption} className="divide-y border-y md:hidden">
        {props.rows.map((row) => {
          const lines = props.narrow(row);
          const key = props.keyOf(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the row's own link opens it by keyboard
            <li
              key={key}
              onClick={() => props.onOpen?.(row)}
              className={classes('py-2.5', props.openKey === key && 'bg-accent-soft')}
            >
              <div className="min-w-0">{lines.first}</div>
              <div className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm text-muted">
                {lines.second}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Up to so many columns fit on a wide screen, and the header can stay in sight; more of them scroll sideways instead. */
const STICKY_COLUMNS = 8;

function WideTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  onOpen,
  currentKey,
  openKey,
  density = 'normal',
}: DataTableProps<Row>) {
  return (
    <div
      className={classes(
        'relative hidden md:block',
        columns.length > STICKY_COLUMNS ? 'overflow-x-auto' : 'max-xl:overflow-x-auto',
      )}
    >
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sticky={columns.length <= STICKY_COLUMNS} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <tr
                key={key}
                data-row={key}
                aria-current={currentKey === key ? 'true' : undefined}
                onClick={onOpen === undefined ? undefined : () => onOpen(row)}
                className={classes(
                  'border-b align-top transition-colors',
                  onOpen !== undefined && 'cursor-default hover:bg-sunken',
                  openKey === key && 'bg-accent-soft hover:bg-accent-soft',
                  currentKey === key && 'shadow-[inset_2px_0_0_var(--accent)]',
                )}
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={classes(
                      'px-2 first:pl-2 last:pr-2',
                      density === 'compact' ? 'h-7 py-0.5' : 'h-9 py-1.5',
                      column.align === 'right' && 'text-right',
                      column.className,
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell<Row>({ column, sticky }: { readonly column: Column<Row>; readonly sticky: boolean }) {
  const sort = column.sort;
  const look = classes(
    'bg-paper shadow-[inset_0_-1px_0_var(--line-strong)] px-2 py-1.5 text-xs font-medium whitespace-nowrap text-muted',
    // In a box that scrolls, sticky would keep its distance from the box and cover the first rows.
    sticky && 'top-19 z-10 xl:sticky',
    column.align === 'right' ? 'text-right' : 'text-left',
  );
  if (sort === undefined) {
    return (
      <th scope="col" className={look}>
        {column.header}
      </th>
    );
  }
  return (
    <th scope="col" aria-sort={sort.direction ?? 'none'} className={look}>
      <button
        type="button"
        onClick={sort.onSort}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
      >
        {column.header}
        {sort.direction === 'ascending' ? <ArrowUp aria-hidden size={12} /> : null}
        {sort.direction === 'descending' ? <ArrowDown aria-hidden size={12} /> : null}
      </button>
    </th>
  );
}
