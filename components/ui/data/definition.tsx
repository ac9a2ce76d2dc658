import type { ReactNode } from 'react';

type Row = { readonly term: string; readonly value: ReactNode };

/** Facts as term and value; terms in a narrow column, values beside them. */
export function Definition({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
      {rows.map((row) => (
        <div key={row.term} className="contents">
          <dt className="pt-0.5 text-sm wrap-anywhere text-muted">{row.term}</dt>
          <dd className="mb-1.5 min-w-0 wrap-anywhere sm:mb-0">{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
