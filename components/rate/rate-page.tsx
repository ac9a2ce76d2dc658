'use client';

import { useRouter } from 'next/navigation';
import { useApi } from '@/components/api/use-api';
import { blindSpans } from '@/components/charts/blind-spans';
import { RatePartsChart } from '@/components/charts/rate-parts-chart';
import { coveragePath } from '@/components/overview/paths';
import { RateCounts } from '@/components/overview/rate-counts';
import { PageHead } from '@/components/ui/layout/page-head';
import { Panel } from '@/components/ui/layout/panel';
import { Select } from '@/components/ui/select';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues } from '@/components/url/list-params';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { CoverageDto } from '@/lib/changes/contract';
import type { RateDto } from '@/lib/linking/contract';
import type { BreakdownDto } from '@/lib/linking/contract/rate-breakdown';
import { Breakdown, BreakdownTabs } from './breakdown';
import { Formula } from './formula';
import { breakdownPath, wholeRatePath } from './paths';
import { COUNTED, NOT_LINKED, RateFigures } from './rate-figures';
import { RateFilterBar } from './rate-filter-bar';
import { bucketsFor, doorQuery, type RateState, readRateState } from './rate-state';
import { BUCKET_WORDS } from './words';

/** The unlinked change rate from the number down to its rows: figures, series, breakdown and the recipe. */
export function RatePage() {
  const scope = useScope();
  const zone = useZone();
  const state = readRateState(scope.params, scope.range);
  const live = state.asOf === null;
  const answer = useApi<RateDto>(wholeRatePath(state, scope), { live, keep: true });
  const broken = useApi<BreakdownDto>(breakdownPath(state, scope), { live, keep: true });
  const rate = answer.data;
  return (
    <>
      <PageHead title="Unlinked change rate" scope={describePeriod(scope.period, zone)} />
      <RateFilterBar state={state} items={broken.data?.items ?? []} />
      {answer.isError ? (
        <ErrorState doing="cannot show the rate" error={answer.error} onRetry={() => void answer.refetch()} />
      ) : rate === undefined ? (
        <SkeletonRows rows={8} label="Reading the rate" />
      ) : rate.total === 0 ? (
        <>
          <EmptyState title="No changes">
            No accountable change of this period fits the filter, so there is no rate. The trust line says
            whether the source was complete.
          </EmptyState>
          <RateCounts rate={rate} within={doorQuery(state)} />
        </>
      ) : (
        <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-8">
            <RateFigures rate={rate} state={state} />
            <Series rate={rate} state={state} />
            <Panel title="Broken down">
              <BreakdownTabs state={state} />
              {broken.isError ? (
                <ErrorState
                  doing="cannot break the rate down"
                  error={broken.error}
                  onRetry={() => void broken.refetch()}
                />
              ) : broken.data === undefined || broken.data.by !== state.by ? (
                <SkeletonRows rows={8} label="Reading the breakdown" />
              ) : (
                <Breakdown answer={broken.data} state={state} />
              )}
            </Panel>
          </div>
          <Formula rate={rate} state={state} />
        </div>
      )}
    </>
  );
}

function Series({ rate, state }: { readonly rate: RateDto; readonly state: RateState }) {
  const { params, setParams, href, range, ...scope } = useScope();
  const router = useRouter();
  const coverage = useApi<CoverageDto>(coveragePath({ ...scope, range }), { keep: true });
  const blind = blindSpans(coverage.data?.hours ?? []);
  return (
    <Panel
      title="Over time"
      aside={
        <Select
          label="Points of the chart"
          className="w-28"
          value={state.bucket}
          options={bucketsFor(range).map((bucket) => ({ value: bucket, label: BUCKET_WORDS[bucket] }))}
          onChange={(bucket) => setParams(setValues(params, 'cursor', { bucket: [bucket] }))}
        />
      }
    >
      <RatePartsChart
        series={rate.series}
        bucket={rate.bucket}
        blind={blind}
        onOpen={(address) => router.push(address)}
        hrefOf={(point, figure) =>
          href('/changes', doorQuery(state, { from: point.from, to: point.to, ...FIGURES[figure] }))
        }
      />
      {blind.length === 0 ? null : (
        <PartialNote>
          Parts of this period were not seen, so changes may be missing from both sides of the division.
        </PartialNote>
      )}
    </Panel>
  );
}

const FIGURES = {
  all: { linkage: COUNTED },
  not_linked: { linkage: NOT_LINKED },
  bypass: { bypass: 'true', linkage: COUNTED },
  unlinked: { linkage: 'unlinked' },
  mismatch: { linkage: 'mismatch' },
  outside_window: { linkage: 'outside_window' },
  late_approval: { linkage: 'late_approval' },
} as const;
