'use client';

import { SourceSentence } from '@/components/coverage/source-sentence';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/state/empty-state';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { clearSessionFilters, isSessionFiltered, readSessionFilter } from '../session-filter';

/** No row: says what makes a session, what was searched, and whether the source was complete. */
export function NoSessions() {
  const { params, setParams, period } = useScope();
  const zone = useZone();
  const filtered = isSessionFiltered(readSessionFilter(params));
  return (
    <EmptyState
      title={filtered ? 'No session matches these filters' : 'No session in this period'}
      action={
        filtered ? (
          <Button onClick={() => setParams(clearSessionFilters(params))}>Clear the filters</Button>
        ) : undefined
      }
    >
      <p>
        Two changes of one act make a cascade; twenty of one actor, each at most 60 s after the one before,
        make a bulk task. Searched: {describePeriod(period, zone)}. <SourceSentence />
      </p>
    </EmptyState>
  );
}
