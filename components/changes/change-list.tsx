'use client';

import { useCallback, useMemo } from 'react';
import { LIVE_MS, useApi } from '@/components/api/use-api';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { useStored } from '@/components/hooks/use-stored';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { DataTable } from '@/components/ui/data/data-table';
import { formatCount, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { withCursor, withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { ChangeDto, FacetsDto } from '@/lib/changes/contract';
import type { Page } from '@/lib/kernel/paging';
import { ChangeSheet } from './change-sheet';
import { changeColumns, WhatHappened } from './columns/change-columns';
import { ColumnChooser } from './columns/column-chooser';
import { type ColumnId, readColumns, writeColumns } from './columns/columns';
import { ExportMenu } from './export-menu';
import { changeQuery, readChangeFilter, setFilter, toggleFilter } from './filter/change-filter';
import { FacetSidebar } from './filter/facet-sidebar';
import { FilterBar } from './filter/filter-bar';
import { NoChanges } from './no-changes';
import { facetsPath, hiddenPath, listPath } from './paths';

/** The list of changes: filters, rows, paging and the open change, all of it in the address. */
export function ChangeList() {
  const scope = useScope();
  const { params, pathname, setParams } = scope;
  const filter = readChangeFilter(params);
  const query = changeQuery(filter, scope);
  const cursor = params.get('cursor');
  const page = useApi<Page<ChangeDto>>(listPath(params, scope), { live: cursor === null, keep: true });
  const facets = useApi<FacetsDto>(facetsPath(params, scope), {
    live: LIVE_MS * 2,
    keep: true,
  });
  const hidden = useApi<FacetsDto>(hiddenPath(params, scope), {
    keep: true,
  });

  const rows = page.data?.items ?? NO_ROWS;
  const openId = params.get('change');
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const hrefOf = (change: ChangeDto) => addressOf(pathname, withOpen(params, 'change', change.id));
  const open = useCallback(
    (id: string, how: 'push' | 'replace' = 'push') => setParams(withOpen(params, 'change', id), how),
    [params, setParams],
  );
  const close = useCallback(
    () => setParams(withOpen(params, 'change', null), 'replace'),
    [params, setParams],
  );
  const current = useRowKeys({ keys, openKey: openId, onOpen: open, onClose: close });

  const [columns, setColumns, density, setDensity] = useView(params, setParams);
  const flip = () => setParams(setFilter(params, 'sort', filter.sort === 'newest' ? ['oldest'] : []));
  const total = facets.data?.total;
  // Rows and their count are two answers; until both are of this filter, neither is told as final.
  const reading = page.isPlaceholderData || facets.isPlaceholderData;

  return (
    <div className="flex gap-8">
      <aside aria-label="Filters" className="hidden w-56 shrink-0 lg:block">
        <FacetSidebar
          facets={facets.data}
          filter={filter}
          onToggle={(name, value) => setParams(toggleFilter(params, name, value))}
        />
      </aside>
      <div className="min-w-0 flex-1">
        <FilterBar
          filter={filter}
          params={params}
          setParams={setParams}
          facets={facets.data}
          hidden={hidden.data?.total}
        />
        <div className="flex min-h-12 flex-wrap items-center gap-2 py-2">
          <p className="flex-1" aria-live="polite">
            {total === undefined ? '' : <strong className="font-medium">{formatCount(total)}</strong>}{' '}
            {total === undefined
              ? 'Counting'
              : plural(total, filter.accountable === 'true' ? 'change' : 'record')}
            {reading ? <span className="text-muted">, reading</span> : null}
          </p>
          <ColumnChooser columns={columns} onChange={setColumns} density={density} onDensity={setDensity} />
          <ExportMenu query={query} filter={filter} total={total} settled={!reading} />
        </div>
        {page.isError ? (
          <ErrorState
            doing="cannot show the changes"
            error={page.error}
            onRetry={() => void page.refetch()}
          />
        ) : page.data === undefined ? (
          <SkeletonRows rows={12} label="Reading the changes" />
        ) : rows.length === 0 ? (
          <NoChanges filter={filter} hidden={hidden.data?.total} />
        ) : (
          <>
            <DataTable
              caption={`Changes, ${filter.sort} first`}
              columns={changeColumns(columns, {
                hrefOf,
                compact: density === 'compact',
                sort: filter.sort,
                onSort: flip,
              })}
              rows={rows}
              keyOf={(row) => row.id}
              narrow={(row) => narrowRow(row, hrefOf(row))}
              onOpen={(row) => open(row.id)}
              currentKey={current}
              openKey={openId}
              density={density}
            />
            <Pagination
              shown={rows.length}
              unit={plural(rows.length, 'row')}
              nextLabel={filter.sort === 'newest' ? 'Older' : 'Newer'}
              nextHref={
                page.data.nextCursor === null
                  ? null
                  : addressOf(pathname, withCursor(params, 'change', page.data.nextCursor))
              }
              firstHref={cursor === null ? null : addressOf(pathname, withCursor(params, 'change', null))}
            />
          </>
        )}
      </div>
      <ChangeSheet id={openId} ids={keys} onOpen={(id) => open(id, 'replace')} onClose={close} />
    </div>
  );
}

const NO_ROWS: readonly ChangeDto[] = [];

function narrowRow(row: ChangeDto, href: string) {
  return {
    first: <WhatHappened change={row} href={href} />,
    second: (
      <>
        <Time at={row.eventDate} precision="minute" />
        <TallyMark status={row.linkage.status} />
        <RiskBars risk={row.risk.level} />
      </>
    ),
  };
}

/** Columns and density: in the address for whoever gets the link, remembered here for next time. */
function useView(
  params: URLSearchParams,
  setParams: (next: URLSearchParams, how?: 'push' | 'replace') => void,
) {
  const [storedColumns, storeColumns] = useStored('changes.columns', '');
  const [storedDensity, storeDensity] = useStored('changes.density', 'normal');
  const columns = readColumns(params.get('columns'), storedColumns);
  const setColumns = (next: readonly ColumnId[]) => {
    const text = writeColumns(next);
    storeColumns(text);
    const changed = new URLSearchParams(params);
    changed.delete('columns');
    if (text !== null) changed.set('columns', text);
    setParams(changed, 'replace');
  };
  const density: 'normal' | 'compact' = storedDensity === 'compact' ? 'compact' : 'normal';
  return [columns, setColumns, density, storeDensity] as const;
}
