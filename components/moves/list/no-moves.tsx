'use client';

import { SourceSentence } from '@/components/coverage/source-sentence';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/state/empty-state';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { clearMoveFilters, isMoveFiltered, readMoveFilter } from '../filter/move-filter';

/** No row: says what was searched, and whether the source was complete, because an empty answer is no proven zero. */
export function NoMoves() {
  const scope = useScope();
  const zone = useZone();
  const filtered = isMoveFiltered(readMoveFilter(scope.params));
  return (
    <EmptyState
      title={filtered ? 'No division move matches these filters' : 'No division move in this period'}
      action={
        filtered ? (
          <Button onClick={() => scope.setParams(clearMoveFilters(scope.params))}>Clear the filters</Button>
        ) : undefined
      }
    >
      <p>
        Searched: {describePeriod(scope.period, zone)}, audit records of every kind of object, and what
        differs between two snapshots. <SourceSentence />
      </p>
    </EmptyState>
  );
}
