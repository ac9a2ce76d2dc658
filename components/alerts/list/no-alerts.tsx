'use client';

import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { EmptyState } from '@/components/ui/state/empty-state';
import { describePeriod } from '@/components/url/period';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { AlertDelaysDto } from '@/lib/alerts/contract/alerts';
import { type AlertFilter, clearNarrowing, isNarrowed, viewOf, withView } from './alert-filter';

type NoAlertsProps = { readonly filter: AlertFilter; readonly delays: AlertDelaysDto | undefined };

/** No row: what was searched, and what lies behind the view that is open. */
export function NoAlerts({ filter, delays }: NoAlertsProps) {
  const { params, setParams, period } = useScope();
  const zone = useZone();
  const narrowed = isNarrowed(filter);
  const historic = delays?.byState.historic ?? 0;
  const closed = delays?.byState.closed ?? 0;
  const standing = viewOf(filter) === 'standing';
  return (
    <EmptyState
      title={
        narrowed ? 'No alert matches these filters' : standing ? 'No alert stands' : 'No alert of this kind'
      }
      action={
        <div className="flex flex-wrap gap-2">
          {narrowed ? (
            <Button onClick={() => setParams(clearNarrowing(params))}>Clear the filters</Button>
          ) : null}
          {standing && closed > 0 ? (
            <Button onClick={() => setParams(withView(params, 'closed'))}>
              Show {countOf(closed, 'closed alert')}
            </Button>
          ) : null}
          {standing && historic > 0 ? (
            <Button onClick={() => setParams(withView(params, 'historic'))}>
              Show {countOf(historic, 'historic alert')}
            </Button>
          ) : null}
        </div>
      }
    >
      Searched: {describePeriod(period, zone)}. An alert is raised within seconds of a record that a rule
      speaks of; the trust line says whether records are missing.
    </EmptyState>
  );
}
