'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { blindSpans } from '@/components/charts/blind-spans';
import { HalvesRow } from '@/components/charts/halves-row';
import { RateChart } from '@/components/charts/rate-chart';
import { Count } from '@/components/ui/data/count';
import { countOf, formatRate } from '@/components/ui/data/format';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { PartialNote } from '@/components/ui/state/partial-note';
import { Skeleton } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { CoverageDto } from '@/lib/changes/contract';
import { parseInstant } from '@/lib/kernel/instant';
import type { RateDto, RatePointDto } from '@/lib/linking/contract';
import { coveragePath, ratePath } from './paths';
import { RateAsOf } from './rate-as-of';
import { RateCounts } from './rate-counts';
import { RateTrend } from './rate-trend';

/** Not linked, whatever the reason: the numerator. */
export const NOT_LINKED = ['late_approval', 'outside_window', 'mismatch', 'unlinked'] as const;

/** The unlinked change rate: the number, how it moved, what it counts and what it leaves out; each number a door. */
export function RateCard() {
  const scope = useScope();
  const at = parseInstant(scope.params.get('at'));
  const answer = useApi<RateDto>(ratePath(scope, at), { live: true, keep: true });
  const coverage = useApi<CoverageDto>(coveragePath(scope), { keep: true });
  if (answer.isError) {
    return (
      <Panel title="Unlinked change rate">
        <ErrorState doing="cannot show the rate" error={answer.error} onRetry={() => void answer.refetch()} />
      </Panel>
    );
  }
  const rate = answer.data;
  if (rate === undefined) {
    return (
      <Panel title="Unlinked change rate">
        <div role="status">
          <span className="sr-only">Reading the rate</span>
          <Skeleton className="h-11 w-40" />
          <Skeleton className="mt-4 h-10 w-full" />
          <Skeleton className="mt-4 h-45 w-full" />
        </div>
      </Panel>
    );
  }
  const blind = blindSpans(coverage.data?.hours ?? []);
  const hrefOf = (point: RatePointDto) => scope.href('/changes', { from: point.from, to: point.to });
  return (
    <Panel
      title="Unlinked change rate"
      aside={
        <>
          <span title="Accountable changes whose authorisation is anything but linked, divided by all accountable changes">
            formula <span className="font-mono">{rate.formula}</span>, UTC
          </span>
          {' · '}
          <Link className="door" href={scope.href('/overview/rate')}>
            Break it down
          </Link>
        </>
      }
    >
      <RateAsOf asOf={rate.asOf} />
      {rate.total === 0 ? (
        <EmptyState title="No changes">
          No accountable change was collected for this period, so there is no rate. The trust line says
          whether the source was complete.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
            <span className="font-serif text-4xl">{formatRate(rate.rate)}</span>
            <RateTrend rate={rate} />
            <span className="text-lg">
              <Count value={rate.unlinked} href={scope.href('/changes', { linkage: NOT_LINKED })} /> of{' '}
              <Link className="door" href={scope.href('/changes')}>
                {countOf(rate.total, 'change')}
              </Link>
            </span>
          </div>
          <div className="mt-4">
            <HalvesRow points={rate.series.slice(-31)} blind={blind} hrefOf={hrefOf} bucket={rate.bucket} />
          </div>
          <RateCounts rate={rate} />
          {blind.length === 0 ? null : (
            <PartialNote>
              Parts of this period were not seen, so changes may be missing from both sides of the division.{' '}
              <Link className="door" href={scope.href('/coverage')}>
                See which hours
              </Link>
            </PartialNote>
          )}
          <div className="mt-4">
            <RateChart series={rate.series} bucket={rate.bucket} blind={blind} hrefOf={hrefOf} />
          </div>
        </>
      )}
    </Panel>
  );
}
