'use client';

import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { Definition } from '@/components/ui/data/definition';
import { countOf, formatCount, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { PageHead } from '@/components/ui/layout/page-head';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { Tabs } from '@/components/ui/tabs';
import type { SnapshotDto, SnapshotRunDto } from '@/lib/directory/contract';
import { DirectoryCrumbs } from './crumbs';
import { ItemTable } from './item-table';
import { SnapshotBadge } from './snapshot-badge';
import { useDirectory } from './use-directory';
import { KIND_WORDS } from './words';

const VERDICTS = ['added', 'changed', 'removed'] as const;

/** One reading: its totals, its outcome, and exactly what became different by it. */
export function SnapshotView({ id }: { readonly id: string }) {
  const { params, cursor, door } = useDirectory();
  const verdict = VERDICTS.find((one) => one === params.get('verdict')) ?? null;
  const found = useApi<SnapshotDto>(apiPath(`/api/v1/directory/snapshots/${id}`, { verdict, cursor }), {
    keep: true,
  });
  const hrefTo = (which: string | null, to: string | null = null) =>
    door(`/snapshots/${id}`, { verdict: which, cursor: to });
  if (found.isError)
    return (
      <ErrorState
        doing="cannot show this snapshot"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    );
  if (found.data === undefined) return <SkeletonRows rows={10} label="Reading this snapshot" />;
  const { run, items, nextCursor } = found.data;
  const figures = { added: run.added, changed: run.changed, removed: run.removed };
  return (
    <>
      <DirectoryCrumbs kind={run.kind} />
      <PageHead
        title={`${KIND_WORDS[run.kind].many}, snapshot`}
        scope={
          <>
            taken <Time at={run.takenAt} />
          </>
        }
      />
      <div className="flex flex-col gap-6">
        <Panel title="How it was read">
          <Reading run={run} />
        </Panel>
        <div>
          <Tabs
            shallow
            label="What became different"
            tabs={[
              { href: hrefTo(null), label: 'All', current: verdict === null },
              ...VERDICTS.map((one) => ({
                href: hrefTo(one),
                label: `${one.replace(/^./, (letter) => letter.toUpperCase())} ${formatCount(figures[one])}`,
                current: verdict === one,
              })),
            ]}
          />
          {items.length === 0 ? (
            <EmptyState title="Nothing became different.">What is unchanged writes nothing.</EmptyState>
          ) : (
            <>
              <ItemTable
                caption="What became different"
                items={items}
                extra={{ header: 'What', cell: (item) => <Badge>{item.verdict}</Badge> }}
              />
              <Pagination
                shown={items.length}
                unit={plural(items.length, 'difference')}
                nextLabel="More"
                nextHref={nextCursor === null ? null : hrefTo(verdict, nextCursor)}
                firstHref={cursor === null ? null : hrefTo(verdict)}
              />
            </>
          )}
        </div>
      </div>
    </>
  );
}

function Reading({ run }: { readonly run: SnapshotRunDto }) {
  const total = (value: number | null) => (value === null ? 'not given' : formatCount(value));
  return (
    <Definition
      rows={[
        {
          term: 'Outcome',
          value: (
            <>
              <SnapshotBadge outcome={run.outcome} /> {run.because}
            </>
          ),
        },
        {
          term: 'Read',
          value: (
            <>
              <Time at={run.startedAt} /> to <Time at={run.finishedAt} />, {countOf(run.pages, 'page')},{' '}
              {countOf(run.attempts, 'reading')}
            </>
          ),
        },
        {
          term: 'Entries',
          value: `${formatCount(run.readCount)}, ${run.duplicates === 0 ? 'none' : formatCount(run.duplicates)} of them twice`,
        },
        { term: 'Total before', value: total(run.totalBefore) },
        { term: 'Total after', value: total(run.totalAfter) },
        { term: 'Expected', value: total(run.expectedTotal) },
        { term: 'Present by it', value: formatCount(run.presentAfter) },
        { term: 'Id', value: <CopyableId id={run.id} label="snapshot id" full /> },
      ]}
    />
  );
}
