'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { EmptyState } from '@/components/ui/state/empty-state';
import { scopeQuery } from '@/components/url/page-scope';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { CoverageDto } from '@/lib/changes/contract';
import { type ChangeFilterState, clearFilters, isFiltered, setFilter } from './filter/change-filter';

type NoChangesProps = { readonly filter: ChangeFilterState; readonly hidden: number | undefined };

/** No row: says what was searched, and whether the source was complete, because an empty answer is no proven zero. */
export function NoChanges({ filter, hidden }: NoChangesProps) {
  const scope = useScope();
  const zone = useZone();
  const coverage = useApi<CoverageDto>(apiPath('/api/v1/coverage', scopeQuery(scope)));
  const filtered = isFiltered(filter);
  return (
    <EmptyState
      title={filtered ? 'No change matches these filters' : 'No accountable change in this period'}
      action={
        <div className="flex flex-wrap gap-2">
          {filtered ? (
            <Button onClick={() => scope.setParams(clearFilters(scope.params))}>Clear the filters</Button>
          ) : null}
          {hidden !== undefined && hidden > 0 && filter.accountable === 'true' ? (
            <Button onClick={() => scope.setParams(setFilter(scope.params, 'accountable', ['all']))}>
              Show {countOf(hidden, 'hidden record')}
            </Button>
          ) : null}
        </div>
      }
    >
      <p>
        Searched: {describePeriod(scope.period, zone)}. {sourceSentence(coverage.data)}
      </p>
    </EmptyState>
  );
}

function sourceSentence(coverage: CoverageDto | undefined): string {
  if (coverage === undefined) return 'Whether the source was complete is not known yet.';
  if (coverage.readTo === null) {
    return 'Nothing has been collected yet: connect an organisation in Settings, or wait for the first collection to finish.';
  }
  const { gap, not_evaluated, pending } = coverage.totals;
  if (gap + not_evaluated > 0) {
    return `The source was not complete: ${countOf(gap + not_evaluated, 'hour')} of it could not be read, so this is no proven zero.`;
  }
  return pending > 0
    ? `What was asked for was answered; ${countOf(pending, 'hour')} are still to come.`
    : 'The source was complete for the whole period.';
}
