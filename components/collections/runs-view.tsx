'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { formatCount, formatSpan, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';
import type { Page } from '@/lib/kernel/paging';
import { RunMark } from './run-mark';
import { RunProgress } from './run-progress';
import { StartCollection } from './start-collection';

const KIND_WORDS = { sync: 'Sync', backfill: 'Backfill', resweep: 'Re-sweep' } as const;
/** While one is running its progress is worth watching. */
const RUNNING_MS = 3_000;

/** Each collection with what it asked, how far it is, and what it found. */
export function RunsView() {
  const scope = useScope();
  const { params, pathname } = scope;
  const may = useMay('collections.run');
  const nameOf = useOrganizationName();
  const cursor = params.get('cursor');
  const answer = useApi<Page<CollectionRunDto>>(
    apiPath('/api/v1/collections', { org: scope.orgs, cursor, limit: 50 }),
    { live: RUNNING_MS, keep: true },
  );
  if (answer.isError) {
    return (
      <ErrorState
        doing="cannot show the collection runs"
        error={answer.error}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <SkeletonRows label="Reading the collection runs" />;
  const pageHref = (next: string | null) => {
    const changed = new URLSearchParams(params);
    changed.delete('cursor');
    if (next !== null) changed.set('cursor', next);
    return addressOf(pathname, changed);
  };
  return (
    <>
      {may ? <StartCollection /> : null}
      {answer.data.items.length === 0 ? (
        <EmptyState title="No collection has run yet">
          The first one starts by itself within minutes of connecting an organisation.
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Collection runs, newest first"
            columns={columnsOf(nameOf)}
            rows={answer.data.items}
            keyOf={(run) => run.id}
            narrow={(run) => ({
              first: (
                <>
                  {KIND_WORDS[run.kind]} of {nameOf(run.orgId)}
                  <RunProgress run={run} />
                </>
              ),
              second: (
                <>
                  <RunMark run={run} />
                  <Time at={run.startedAt} precision="minute" />
                  <span>{formatCount(run.newRecords)} new</span>
                </>
              ),
            })}
          />
          <Pagination
            shown={answer.data.items.length}
            unit={plural(answer.data.items.length, 'run')}
            nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
    </>
  );
}

function columnsOf(nameOf: (id: string) => string): Column<CollectionRunDto>[] {
  return [
    {
      id: 'what',
      header: 'Run',
      cell: (run) => (
        <>
          {KIND_WORDS[run.kind]} of {nameOf(run.orgId)}
          {run.message === null ? null : <span className="block text-xs text-muted">{run.message}</span>}
        </>
      ),
    },
    { id: 'state', header: 'State', cell: (run) => <RunMark run={run} /> },
    {
      id: 'asked',
      header: 'Asked for',
      cell: (run) => (
        <span className="whitespace-nowrap">
          <Time at={run.from} precision="minute" /> to <Time at={run.to} precision="minute" />
        </span>
      ),
    },
    { id: 'progress', header: 'Progress', cell: (run) => <RunProgress run={run} /> },
    { id: 'records', header: 'Records', cell: (run) => formatCount(run.records), align: 'right' },
    { id: 'new', header: 'New', cell: (run) => formatCount(run.newRecords), align: 'right' },
    { id: 'quarantined', header: 'Quarantined', cell: (run) => formatCount(run.quarantined), align: 'right' },
    { id: 'started', header: 'Started', cell: (run) => <Time at={run.startedAt} /> },
    {
      id: 'took',
      header: 'Took',
      cell: (run) =>
        run.finishedAt === null ? '' : formatSpan(Date.parse(run.finishedAt) - Date.parse(run.startedAt)),
      align: 'right',
      className: 'whitespace-nowrap',
    },
  ];
}
