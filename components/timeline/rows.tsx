'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { RefObject } from 'react';
import { useApi } from '@/components/api/use-api';
import { changeColumns, WhatHappened } from '@/components/changes/columns/change-columns';
import { DEFAULT_COLUMNS } from '@/components/changes/columns/columns';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { DataTable } from '@/components/ui/data/data-table';
import { countOf, formatCount, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, withCursor, withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { ChangeDto, FacetsDto } from '@/lib/changes/contract';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import type { Page } from '@/lib/kernel/paging';
import type { Extent } from './geometry/extent';
import { OPEN_CHANGE, readBrush, readLane, rowCountsPath, withBrush, withLane } from './state';
import { extentWords, LANE_WORDS, missingWords } from './words';

type RowsProps = {
  readonly page: UseQueryResult<Page<ChangeDto>, Error>;
  readonly extent: Extent;
  readonly chart: TimelineDto | undefined;
  readonly currentKey: string | null;
  readonly openKey: string | null;
  readonly onOpen: (id: string) => void;
  readonly heading: RefObject<HTMLHeadingElement | null>;
};

/** The changes of the chart as a table: all of them, or those of the selection; the two totals are told side by side. */
export function Rows({ page, extent, chart, currentKey, openKey, onOpen, heading }: RowsProps) {
  const { params, pathname, orgs, setParams } = useScope();
  const counts = useApi<FacetsDto>(rowCountsPath(params, orgs, extent), { keep: true });
  const brush = readBrush(params);
  const lane = readLane(params);
  const rows = page.data?.items ?? [];
  const sort = params.get('sort') === 'oldest' ? 'oldest' : 'newest';
  const hrefOf = (change: ChangeDto) => addressOf(pathname, withOpen(params, OPEN_CHANGE, change.id));
  const reading = page.isPlaceholderData || counts.isPlaceholderData;
  return (
    <section aria-labelledby="timeline-rows" className="mt-6">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-2 border-t border-line-strong/60 pt-3 pb-2">
        <h2
          id="timeline-rows"
          ref={heading}
          tabIndex={-1}
          className="scroll-mt-28 text-base font-semibold outline-none"
        >
          {brush === null ? 'Changes in the chart' : 'Changes in the selection'}
        </h2>
        <p aria-live="polite" className="text-muted" data-total={reading ? undefined : counts.data?.total}>
          <TotalSentence
            total={counts.data?.total}
            chart={chart}
            narrowed={brush !== null || lane !== null}
          />
          {reading ? ', reading' : ''}
        </p>
        <div className="flex flex-wrap gap-1.5">
          {brush === null ? null : (
            <Chip removeLabel="Clear the selection" onRemove={() => setParams(withBrush(params, null, lane))}>
              {extentWords(brush)}
            </Chip>
          )}
          {lane === null ? null : (
            <Chip
              removeLabel={`Remove the lane ${LANE_WORDS[lane]}`}
              onRemove={() => setParams(withLane(params, null))}
            >
              {LANE_WORDS[lane]} only
            </Chip>
          )}
        </div>
      </div>
      {page.isError ? (
        <ErrorState doing="cannot show the changes" error={page.error} onRetry={() => void page.refetch()} />
      ) : page.data === undefined ? (
        <SkeletonRows rows={8} label="Reading the changes" />
      ) : rows.length === 0 ? (
        <EmptyState
          title={brush === null ? 'No row' : 'No high-risk change in the selection'}
          action={
            brush === null ? undefined : (
              <Button onClick={() => setParams(withBrush(params, null))}>
                <X aria-hidden size={14} /> Clear the selection
              </Button>
            )
          }
        >
          <p>
            Searched: {extentWords(brush ?? extent)}.{' '}
            {chart === undefined ? '' : `Of the period in sight: ${missingWords(chart.missingHours)}`}
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption={`High-risk changes, ${sort} first`}
            columns={changeColumns(DEFAULT_COLUMNS, {
              hrefOf,
              compact: true,
              sort,
              onSort: () =>
                setParams(setValues(params, OPEN_CHANGE, { sort: sort === 'newest' ? ['oldest'] : [] })),
            })}
            rows={rows}
            keyOf={(row) => row.id}
            narrow={(row) => ({
              first: <WhatHappened change={row} href={hrefOf(row)} />,
              second: (
                <>
                  <Time at={row.eventDate} precision="minute" />
                  <TallyMark status={row.linkage.status} />
                  <RiskBars risk={row.risk.level} />
                </>
              ),
            })}
            onOpen={(row) => onOpen(row.id)}
            currentKey={currentKey}
            openKey={openKey}
          />
          <Pagination
            shown={rows.length}
            unit={plural(rows.length, 'row')}
            nextLabel={sort === 'newest' ? 'Older' : 'Newer'}
            nextHref={
              page.data.nextCursor === null
                ? null
                : addressOf(pathname, withCursor(params, OPEN_CHANGE, page.data.nextCursor))
            }
            firstHref={
              params.get('cursor') === null
                ? null
                : addressOf(pathname, withCursor(params, OPEN_CHANGE, null))
            }
          />
        </>
      )}
    </section>
  );
}

/** `23 changes, as many as in the chart`, or how many of them. */
function TotalSentence({
  total,
  chart,
  narrowed,
}: {
  readonly total: number | undefined;
  readonly chart: TimelineDto | undefined;
  readonly narrowed: boolean;
}) {
  if (total === undefined) return 'Counting';
  const count = <strong className="font-medium text-ink">{formatCount(total)}</strong>;
  const noun = plural(total, 'change');
  if (chart === undefined)
    return (
      <>
        {count} {noun}
      </>
    );
  if (narrowed)
    return (
      <>
        {count} {noun} of {countOf(chart.total, 'change')} in the chart
      </>
    );
  return total === chart.total ? (
    <>
      {count} {noun}, as many as in the chart
    </>
  ) : (
    <>
      {count} {noun}; the chart is being drawn anew
    </>
  );
}
