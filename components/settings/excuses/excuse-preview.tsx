'use client';

import { countOf, formatCount, formatRate } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { ExcusePreviewDto } from '@/lib/linking/contract/excuses';

/** What a rule would have excused, and where the rate would stand. */
export function ExcusePreview({ preview }: { readonly preview: ExcusePreviewDto }) {
  return (
    <div role="status" className="rounded-md border px-3 py-2 text-sm">
      <table className="w-full tabular-nums">
        <thead>
          <tr className="text-left text-muted">
            <th scope="col" className="font-normal">
              Last
            </th>
            <th scope="col" className="text-right font-normal">
              Excused
            </th>
            <th scope="col" className="text-right font-normal">
              Rate now
            </th>
            <th scope="col" className="text-right font-normal">
              Rate then
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.days.map((row) => (
            <tr key={row.days}>
              <th scope="row" className="text-left font-normal">
                {row.days} days
              </th>
              <td className="text-right">{formatCount(row.excused)}</td>
              <td className="text-right">{formatRate(row.before.rate)}</td>
              <td className="text-right">{formatRate(row.after.rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-muted">
        Between its own dates: {countOf(preview.inPeriod, 'change')} so far.
        {preview.tooRisky === 0
          ? ''
          : ` ${countOf(preview.tooRisky, 'change')} of high or critical risk would stay accountable.`}
      </p>
      {preview.examples.length === 0 ? null : (
        <ul className="mt-1">
          {preview.examples.slice(0, 5).map((one) => (
            <li key={one.id} className="flex gap-x-2">
              <Time at={one.at} precision="minute" />
              <span dir="auto" className="min-w-0 truncate">
                {one.what}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
