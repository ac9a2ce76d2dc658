'use client';

import { RunsView } from '@/components/collections/runs-view';
import { PageHead } from '@/components/ui/layout/page-head';
import { Tabs } from '@/components/ui/tabs';
import { describePeriod } from '@/components/url/period';
import { addressOf, useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import { CalendarView } from './calendar-view';
import { readView, VIEW_WORDS, VIEWS, withView } from './coverage-paths';
import { LedgerView } from './ledger-view';
import { ObservationsView } from './observations-view';
import { QuarantineView } from './quarantine-view';

/** What was looked at, hour by hour, and what became of what could not be read. */
export function Coverage() {
  const { params, pathname, period } = useScope();
  const zone = useZone();
  const view = readView(params);
  return (
    <>
      <PageHead title="Coverage" scope={describePeriod(period, zone)} />
      <Tabs
        label="Coverage"
        shallow
        tabs={VIEWS.map((one) => ({
          href: addressOf(pathname, withView(params, one)),
          label: VIEW_WORDS[one],
          current: one === view,
        }))}
      />
      <div className="pt-5">
        {view === 'calendar' ? <CalendarView /> : null}
        {view === 'runs' ? <RunsView /> : null}
        {view === 'quarantine' ? <QuarantineView /> : null}
        {view === 'observations' ? <ObservationsView /> : null}
        {view === 'ledger' ? <LedgerView /> : null}
      </div>
    </>
  );
}
