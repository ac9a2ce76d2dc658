'use client';

import { useCallback, useMemo } from 'react';
import { LIVE_MS, useApi } from '@/components/api/use-api';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { DataTable } from '@/components/ui/data/data-table';
import { plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, withCursor, withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { Page } from '@/lib/kernel/paging';
import type { SessionDto, SessionSummaryDto } from '@/lib/sessions/contract';
import { childrenQuery } from '../children-query';
import { sessionSummaryPath, sessionsPath } from '../paths';
import { OPEN_SESSION, readSessionFilter } from '../session-filter';
import { NoSessions } from './no-sessions';
import { narrowSession, sessionColumns } from './session-columns';
import { SessionFilterBar } from './session-filter-bar';
import { SessionSheet } from './session-sheet';
import { SessionSums } from './session-sums';

/** Sessions: what belongs together as one row each, with counts, filters, paging and the open one in the address. */
export function SessionList() {
  const scope = useScope();
  const { params, pathname, setParams, href } = scope;
  const { sort } = readSessionFilter(params);
  const cursor = params.get('cursor');
  const page = useApi<Page<SessionDto>>(sessionsPath(params, scope), { live: cursor === null, keep: true });
  const summary = useApi<SessionSummaryDto>(sessionSummaryPath(scope), { live: LIVE_MS * 2, keep: true });

  const rows = page.data?.items ?? NO_ROWS;
  const openId = params.get(OPEN_SESSION);
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const hrefOf = (session: SessionDto) => addressOf(pathname, withOpen(params, OPEN_SESSION, session.id));
  const open = useCallback(
    (id: string, how: 'push' | 'replace' = 'push') => setParams(withOpen(params, OPEN_SESSION, id), how),
    [params, setParams],
  );
  const close = useCallback(
    () => setParams(withOpen(params, OPEN_SESSION, null), 'replace'),
    [params, setParams],
  );
  const current = useRowKeys({ keys, openKey: openId, onOpen: open, onClose: close });
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN_SESSION, next));
  return (
    <>
      <SessionSums summary={summary.data} />
      <div className="mt-6 mb-3">
        <SessionFilterBar rows={rows} />
      </div>
      {page.isError ? (
        <ErrorState doing="cannot show the sessions" error={page.error} onRetry={() => void page.refetch()} />
      ) : page.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the sessions" />
      ) : rows.length === 0 ? (
        <NoSessions />
      ) : (
        <>
          <DataTable
            caption={`Sessions, ${sort} first`}
            columns={sessionColumns({
              hrefOf,
              childrenOf: (session) => href('/changes', childrenQuery(session)),
              sort,
              onSort: (next) =>
                setParams(setValues(params, OPEN_SESSION, { sort: next === 'largest' ? ['largest'] : [] })),
            })}
            rows={rows}
            keyOf={(row) => row.id}
            narrow={(row) => narrowSession(row, hrefOf(row))}
            onOpen={(row) => open(row.id)}
            currentKey={current}
            openKey={openId}
          />
          <Pagination
            shown={rows.length}
            unit={plural(rows.length, 'session')}
            nextLabel={sort === 'newest' ? 'Older' : 'Smaller'}
            nextHref={page.data.nextCursor === null ? null : pageHref(page.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
      <SessionSheet id={openId} ids={keys} onOpen={(id) => open(id, 'replace')} onClose={close} />
    </>
  );
}

const NO_ROWS: readonly SessionDto[] = [];
