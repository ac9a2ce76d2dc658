'use client';

import { FlowChart } from '@/components/charts/flow/flow-chart';
import { MovesChart } from '@/components/charts/moves-chart';
import type { Range } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import type { MoveSummaryDto } from '@/lib/divisions/contract';

/** From where to where, and how many when; both under the filter of the list. */
export function MovePictures({
  summary,
  range,
}: {
  readonly summary: MoveSummaryDto;
  readonly range: Range;
}) {
  const { href, params } = useScope();
  const hrefOf = (from: string, to: string) =>
    href('/division-moves', {
      ...Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)])),
      cursor: null,
      move: null,
      from,
      to,
    });
  return (
    <div className="mt-5 grid gap-x-10 gap-y-4 lg:grid-cols-2">
      <FlowChart
        name="Division moves from division to division, by the names of their moment"
        flows={summary.flows}
        others={summary.others}
        unknown="unresolved"
      />
      <MovesChart series={summary.series} range={range} hrefOf={hrefOf} />
    </div>
  );
}
