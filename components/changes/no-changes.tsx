'use client';

import { SourceSentence } from '@/components/coverage/source-sentence';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { EmptyState } from '@/components/ui/state/empty-state';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { type ChangeFilterState, clearFilters, isFiltered, setFilter } from './filter/change-filter';

type NoChangesProps = { readonly filter: ChangeFilterState; readonly hidden: number | undefined };

/** No row: says what was searched, and whether the source was complete, because an empty answer is no proven zero. */
export function NoChanges({ filter, hidden }: NoChangesProps) {
  const scope = useScope();
  const zone = useZone();
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
        Searched: {describePeriod(scope.period, zone)}. <SourceSentence />
      </p>
    </EmptyState>
  );
}
