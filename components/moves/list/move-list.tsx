'use client';

import { useCallback, useMemo } from 'react';
import { LIVE_MS, useApi } from '@/components/api/use-api';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { DataTable } from '@/components/ui/data/data-table';
import { countOf, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, withCursor, withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { MoveDto, MoveSummaryDto } from '@/lib/divisions/contract';
import type { Page } from '@/lib/kernel/paging';
import { OPEN_MOVE, readMoveFilter } from '../filter/move-filter';
import { MoveFilterBar } from '../filter/move-filter-bar';
import { moveSummaryPath, movesPath } from '../paths';
import { MoveExportMenu } from './export-menu';
import { moveColumns, narrowMove } from './move-columns';
import { MoveFigures } from './move-figures';
import { MovePictures } from './move-pictures';
import { MoveSheet } from './move-sheet';
import { NoMoves } from './no-moves';

/** Division moves: figures, pictures, rows and the open move, all of it in the address. */
export function MoveList() {
  const scope = useScope();
  const { params, pathname, setParams } = scope;
  const { sort } = readMoveFilter(params);
  const cursor = params.get('cursor');
  const page = useApi<Page<MoveDto>>(movesPath(params, scope), { live: cursor === null, keep: true });
  const summary = useApi<MoveSummaryDto>(moveSummaryPath(params, scope), { live: LIVE_MS * 2, keep: true });

  const rows = page.data?.items ?? NO_ROWS;
  const openId = params.get(OPEN_MOVE);
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const hrefOf = (move: MoveDto) => addressOf(pathname, withOpen(params, OPEN_MOVE, move.id));
  const open = useCallback(
    (id: string, how: 'push' | 'replace' = 'push') => setParams(withOpen(params, OPEN_MOVE, id), how),
    [params, setParams],
  );
  const close = useCallback(
    () => setParams(withOpen(params, OPEN_MOVE, null), 'replace'),
    [params, setParams],
  );
  const current = useRowKeys({ keys, openKey: openId, onOpen: open, onClose: close });
  const flip = () => setParams(setValues(params, OPEN_MOVE, { sort: sort === 'newest' ? ['oldest'] : [] }));
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN_MOVE, next));
  const total = summary.data?.total;
  // Rows and their count are two answers; until both are of this filter, neither is told as final.
  const reading = page.isPlaceholderData || summary.isPlaceholderData;

  return (
    <>
      {summary.isError ? (
        <ErrorState
          doing="cannot count the division moves"
          error={summary.error}
          onRetry={() => void summary.refetch()}
        />
      ) : (
        <MoveFigures summary={summary.data} />
      )}
      {summary.data === undefined || summary.data.total === 0 ? null : (
        <MovePictures summary={summary.data} range={scope.range} />
      )}
      <div className="mt-6">
        <MoveFilterBar rows={rows} />
      </div>
      <div className="flex min-h-12 flex-wrap items-center gap-2 py-2">
        <p className="flex-1" aria-live="polite">
          {total === undefined ? 'Counting moves' : countOf(total, 'move')}
          {reading ? <span className="text-muted">, reading</span> : null}
        </p>
        <MoveExportMenu total={reading ? undefined : total} />
      </div>
      {page.isError ? (
        <ErrorState
          doing="cannot show the division moves"
          error={page.error}
          onRetry={() => void page.refetch()}
        />
      ) : page.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the division moves" />
      ) : rows.length === 0 ? (
        <NoMoves />
      ) : (
        <>
          <DataTable
            caption={`Division moves, ${sort} first`}
            columns={moveColumns({ hrefOf, sort, onSort: flip })}
            rows={rows}
            keyOf={(row) => row.id}
            narrow={(row) => narrowMove(row, hrefOf(row))}
            onOpen={(row) => open(row.id)}
            currentKey={current}
            openKey={openId}
          />
          <Pagination
            shown={rows.length}
            unit={plural(rows.length, 'move')}
            nextLabel={sort === 'newest' ? 'Older' : 'Newer'}
            nextHref={page.data.nextCursor === null ? null : pageHref(page.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
      <MoveSheet id={openId} ids={keys} onOpen={(id) => open(id, 'replace')} onClose={close} />
    </>
  );
}

const NO_ROWS: readonly MoveDto[] = [];
