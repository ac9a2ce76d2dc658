'use client';

import { useCallback, useMemo } from 'react';
import { useApi } from '@/components/api/use-api';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { RiskBars } from '@/components/tally/risk-bars';
import { DataTable } from '@/components/ui/data/data-table';
import { plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { withCursor, withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { AlertDelaysDto, AlertDto } from '@/lib/alerts/contract/alerts';
import type { Page } from '@/lib/kernel/paging';
import { delaysPath } from '../paths';
import { AlertStateBadge } from '../state-badge';
import { useDetectionTitle } from '../use-detections';
import { AlertTitle, alertColumns } from './alert-columns';
import { alertsPath, readAlertFilter } from './alert-filter';
import { AlertSheet } from './alert-sheet';
import { DelaySummary } from './delay-summary';
import { AlertFilterBar } from './filter-bar';
import { NoAlerts } from './no-alerts';

/** The list of alerts: how quick we were, filters, rows, and the open alert, all of it in the address. */
export function AlertList() {
  const scope = useScope();
  const { params, pathname, setParams, href } = scope;
  const titleOf = useDetectionTitle();
  const cursor = params.get('cursor');
  const page = useApi<Page<AlertDto>>(alertsPath(params, scope), { live: cursor === null, keep: true });
  const delays = useApi<AlertDelaysDto>(delaysPath(scope), { live: true, keep: true });
  const filter = readAlertFilter(params);
  const rows = page.data?.items ?? NO_ROWS;
  const openId = params.get('alert');
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const open = useCallback(
    (id: string | null, how: 'push' | 'replace' = 'push') => setParams(withOpen(params, 'alert', id), how),
    [params, setParams],
  );
  const close = useCallback(() => open(null, 'replace'), [open]);
  const current = useRowKeys({ keys, openKey: openId, onOpen: open, onClose: close });
  const hrefOf = (alert: AlertDto) => addressOf(pathname, withOpen(params, 'alert', alert.id));
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, 'alert', next));

  return (
    <>
      <DelaySummary delays={delays.data} />
      <AlertFilterBar filter={filter} params={params} setParams={setParams} delays={delays.data} />
      <div className="pt-3">
        {page.isError ? (
          <ErrorState doing="cannot show the alerts" error={page.error} onRetry={() => void page.refetch()} />
        ) : page.data === undefined ? (
          <SkeletonRows rows={12} label="Reading the alerts" />
        ) : rows.length === 0 ? (
          <NoAlerts filter={filter} delays={delays.data} />
        ) : (
          <>
            <DataTable
              caption="Alerts, newest first"
              columns={alertColumns({ hrefOf, titleOf, door: href })}
              rows={rows}
              keyOf={(row) => row.id}
              onOpen={(row) => open(row.id)}
              currentKey={current}
              openKey={openId}
              narrow={(row) => ({
                first: <AlertTitle alert={row} href={hrefOf(row)} />,
                second: (
                  <>
                    <RiskBars risk={row.severity} />
                    <AlertStateBadge state={row.state} />
                    <Time at={row.lastEventAt} precision="minute" />
                  </>
                ),
              })}
            />
            <Pagination
              shown={rows.length}
              unit={plural(rows.length, 'alert')}
              nextLabel="Older"
              nextHref={page.data.nextCursor === null ? null : pageHref(page.data.nextCursor)}
              firstHref={cursor === null ? null : pageHref(null)}
            />
          </>
        )}
      </div>
      <AlertSheet id={openId} ids={keys} onOpen={(id) => open(id, 'replace')} onClose={close} />
    </>
  );
}

const NO_ROWS: readonly AlertDto[] = [];
