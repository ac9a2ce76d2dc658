'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { blindSpans } from '@/components/charts/blind-spans';
import { LanesChart } from '@/components/charts/lanes-chart';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { PLANNING_WORDS } from '@/components/tally/words';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { Range } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import type { ChangeDto, CoverageDto, FacetsDto } from '@/lib/changes/contract';
import { floorToDay } from '@/lib/kernel/instant';
import type { Page } from '@/lib/kernel/paging';
import { coveragePath, HIGH_RISK, HIGH_RISK_SHOWN, highRiskFacetsPath, highRiskPath } from './paths';

/** Rows under the small timeline. */
const LISTED = 8;
const LIVE_MS = 20_000;

/** High and critical changes: planned above, ad-hoc below on a small timeline, the newest ad-hoc ones listed first. */
export function HighRisk() {
  const scope = useScope();
  const list = useApi<Page<ChangeDto>>(highRiskPath(scope), { live: LIVE_MS, keep: true });
  const facets = useApi<FacetsDto>(highRiskFacetsPath(scope), { live: LIVE_MS * 2, keep: true });
  const coverage = useApi<CoverageDto>(coveragePath(scope), { keep: true });
  const door = (query: Readonly<Record<string, string>>) =>
    scope.href('/changes', { risk: HIGH_RISK, accountable: 'all', ...query });
  const hrefOf = (change: ChangeDto) => door({ change: change.id });
  const total = facets.data?.total;
  const adHoc = facets.data?.facets.planning.find((one) => one.value === 'ad_hoc')?.count ?? 0;
  return (
    <Panel
      title="High-risk changes"
      aside={
        total === undefined ? null : (
          <>
            <Link className="door" href={door({ planning: 'ad_hoc' })}>
              {formatCount(adHoc)} ad-hoc
            </Link>{' '}
            of{' '}
            <Link className="door" href={door({})}>
              {countOf(total, 'high-risk change')}
            </Link>
          </>
        )
      }
    >
      {list.isError ? (
        <ErrorState
          doing="cannot show high-risk changes"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : list.data === undefined ? (
        <SkeletonRows rows={6} label="Reading high-risk changes" />
      ) : list.data.items.length === 0 ? (
        <EmptyState title="No high-risk change in this period">
          Searched: changes of high or critical risk, accountable or not. The trust line says whether the
          source was complete.
        </EmptyState>
      ) : (
        <>
          <LanesChart
            changes={list.data.items}
            range={drawn(list.data, scope.range)}
            hrefOf={hrefOf}
            blind={blindSpans(coverage.data?.hours ?? [])}
            note={
              list.data.nextCursor === null
                ? undefined
                : `the newest ${HIGH_RISK_SHOWN}, from the oldest of them on`
            }
          />
          <ul className="mt-3 divide-y border-y">
            {firstAdHoc(list.data.items).map((change) => (
              <li key={change.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2">
                <Link
                  href={hrefOf(change)}
                  dir="auto"
                  className="min-w-0 flex-1 basis-80 hover:text-accent hover:underline"
                >
                  {change.sentence}
                </Link>
                <span className="text-sm text-muted">{PLANNING_WORDS[change.planning]}</span>
                <TallyMark status={change.linkage.status} className="text-sm" />
                <RiskBars risk={change.risk.level} className="text-sm" />
                <Time at={change.eventDate} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** Where not all are drawn the axis begins at the oldest that is: an empty stretch means that nothing happened. */
function drawn({ items, nextCursor }: Page<ChangeDto>, range: Range): Range {
  const oldest = items.at(-1);
  if (nextCursor === null || oldest === undefined) return range;
  return { from: floorToDay(new Date(oldest.eventDate)), to: range.to };
}

/** Ad-hoc ones first, newest first within each. */
function firstAdHoc(changes: readonly ChangeDto[]): readonly ChangeDto[] {
  const adHoc = changes.filter((change) => change.planning === 'ad_hoc');
  const others = changes.filter((change) => change.planning !== 'ad_hoc');
  return [...adHoc, ...others].slice(0, LISTED);
}
