'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { LIVE_MS, useApi } from '@/components/api/use-api';
import { ChangeSheet } from '@/components/changes/change-sheet';
import { keyOf } from '@/components/frame/shortcuts';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { SessionSheet } from '@/components/sessions/list/session-sheet';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { Skeleton } from '@/components/ui/state/skeleton';
import { withOpen } from '@/components/url/list-params';
import { useScope } from '@/components/url/use-scope';
import type { ChangeDto, FacetsDto } from '@/lib/changes/contract';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import type { Page } from '@/lib/kernel/paging';
import { CalendarList } from './calendar-list';
import { Legend } from './chart/legend';
import { TimelineChart } from './chart/timeline-chart';
import { FilterBar } from './filter-bar';
import { type Extent, lengthOf, zoomAround } from './geometry/extent';
import type { ChartItem } from './geometry/items';
import { useExtent } from './hooks/use-extent';
import { Rows } from './rows';
import {
  clearTimelineFilters,
  hiddenPath,
  isTimelineFiltered,
  OPEN_CHANGE,
  OPEN_SESSION,
  optionsPath,
  readBrush,
  readLane,
  readTimelineFilter,
  rowsPath,
  stripPath,
  timelinePath,
  withBrush,
  withLane,
} from './state';
import { Strip } from './strip/strip';
import { extentWords, missingWords } from './words';
import { ZoomBar } from './zoom-bar';

/** The timeline of high-risk changes: filters, chart, the year in small, and the same changes as a table. */
export function Timeline() {
  const scope = useScope();
  const { params, orgs, setParams } = scope;
  const { extent, settled, move, go } = useExtent();
  const chart = useApi<TimelineDto>(timelinePath(params, orgs, settled), { live: LIVE_MS, keep: true });
  const strip = useApi<TimelineDto>(stripPath(params, scope, new Date()), { keep: true });
  const facets = useApi<FacetsDto>(optionsPath(params, orgs, settled), { keep: true });
  const hidden = useApi<FacetsDto>(hiddenPath(params, orgs, settled), { keep: true });
  const page = useApi<Page<ChangeDto>>(rowsPath(params, orgs, settled), { keep: true });
  const brush = readBrush(params);
  const heading = useRef<HTMLHeadingElement>(null);
  useTableKey(heading);

  const openId = params.get(OPEN_CHANGE);
  const openSession = params.get(OPEN_SESSION);
  const open = useCallback(
    (id: string, how: 'push' | 'replace' = 'push') =>
      setParams(withOpen(withOpen(params, OPEN_SESSION, null), OPEN_CHANGE, id), how),
    [params, setParams],
  );
  const close = useCallback(
    () => setParams(withOpen(withOpen(params, OPEN_SESSION, null), OPEN_CHANGE, null), 'replace'),
    [params, setParams],
  );
  const onOpen = (item: ChartItem) => {
    if (item.type === 'mark' && item.mark.kind === 'session' && item.mark.session !== null)
      setParams(withOpen(withOpen(params, OPEN_CHANGE, null), OPEN_SESSION, item.mark.session.id));
    else if (item.type === 'mark') open(item.mark.change.id);
    else if (item.type === 'bin')
      setParams(
        withBrush(params, { from: Date.parse(item.bin.from), to: Date.parse(item.bin.to) }, item.lane),
      );
    else go(extentOfFold(item, extent));
  };
  const ids = useMemo(() => page.data?.items.map((row) => row.id) ?? [], [page.data]);
  const current = useRowKeys({ keys: ids, openKey: openId ?? openSession, onOpen: open, onClose: close });
  const data = chart.data;
  const select = (next: Extent | null) =>
    setParams(withBrush(params, next), brush === null ? 'push' : 'replace');

  return (
    <>
      <FilterBar facets={facets.data} hidden={hidden.data?.total} />
      <div className="mt-4 mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-sm text-muted" aria-live="polite">
          <span className="font-medium text-ink">{extentWords(extent)}</span>
          {data !== undefined && chart.isPlaceholderData ? ', reading' : ''}
        </p>
        <ZoomBar extent={extent} brush={brush} go={go} />
      </div>
      {chart.isError && data === undefined ? (
        <ErrorState
          doing="cannot draw the timeline"
          error={chart.error}
          onRetry={() => void chart.refetch()}
        />
      ) : data === undefined ? (
        <div role="status">
          <span className="sr-only">Reading the timeline</span>
          <Skeleton className="h-96 w-full" />
        </div>
      ) : (
        <>
          <TimelineChart
            data={data}
            extent={extent}
            brush={brush}
            lane={readLane(params)}
            openKey={openId ?? openSession}
            onOpen={onOpen}
            onBrush={select}
            onLane={(lane) => setParams(withLane(params, lane))}
            move={move}
            go={go}
          />
          <div className="mt-2">
            <Legend data={data} />
          </div>
        </>
      )}
      <Strip data={strip.data} extent={extent} move={move} go={go} />
      {data === undefined ? null : <CalendarList data={data} />}
      {data !== undefined && data.total === 0 && !chart.isPlaceholderData ? (
        <Nothing
          data={data}
          onWiden={() => go(zoomAround(extent, (extent.from + extent.to) / 2, 4, Date.now()))}
        />
      ) : (
        <Rows
          page={page}
          extent={settled}
          chart={chart.isPlaceholderData ? undefined : data}
          currentKey={current}
          openKey={openId}
          onOpen={open}
          heading={heading}
        />
      )}
      <ChangeSheet id={openId} ids={ids} onOpen={(id) => open(id, 'replace')} onClose={close} />
      <SessionSheet
        id={openId === null ? openSession : null}
        ids={[]}
        onOpen={() => undefined}
        onClose={close}
      />
    </>
  );
}

/** Nothing happened, as far as one could see: an empty answer is no proven zero. */
function Nothing({ data, onWiden }: { readonly data: TimelineDto; readonly onWiden: () => void }) {
  const { params, setParams } = useScope();
  const filtered = isTimelineFiltered(readTimelineFilter(params));
  const span = extentWords({ from: Date.parse(data.from), to: Date.parse(data.to) });
  return (
    <EmptyState
      title={filtered ? 'No high-risk change matches these filters' : 'No high-risk change in this period'}
      action={
        <div className="flex gap-2">
          {filtered ? (
            <Button onClick={() => setParams(clearTimelineFilters(params))}>Clear the filters</Button>
          ) : null}
          <Button onClick={onWiden}>Look at a longer period</Button>
        </div>
      }
    >
      <p>
        Searched: {span}. {missingWords(data.missingHours)}
        {data.missingHours > 0 ? ' So this is no proven zero.' : ''}
      </p>
    </EmptyState>
  );
}

/** So near that the folded marks have room: the stretch they lie in, with some air. */
function extentOfFold(item: Extract<ChartItem, { type: 'fold' }>, extent: Extent): Extent {
  const times = item.marks.flatMap((mark) => [Date.parse(mark.at), Date.parse(mark.until)]);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const middle = (from + to) / 2;
  const length = Math.min(Math.max((to - from) * 1.4, 600_000), lengthOf(extent) / 2);
  return { from: middle - length / 2, to: middle + length / 2 };
}

/** `t` goes to the table, which holds the same as the chart, and back. */
function useTableKey(heading: React.RefObject<HTMLHeadingElement | null>) {
  const before = useRef<Element | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keyOf(event) !== 't' || event.defaultPrevented) return;
      const { current } = heading;
      if (current === null) return;
      if (document.activeElement === current) {
        const back = before.current ?? document.querySelector('[data-item][tabindex="0"]');
        if (back instanceof HTMLElement || back instanceof SVGElement) back.focus();
      } else {
        before.current = document.activeElement?.closest('[data-item]') ?? null;
        current.focus();
        current.scrollIntoView({ block: 'start' });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [heading]);
}
