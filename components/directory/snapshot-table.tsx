'use client';

import { Count } from '@/components/ui/data/count';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import type { SnapshotRunDto } from '@/lib/directory/contract';
import { SnapshotBadge } from './snapshot-badge';
import { useDirectory } from './use-directory';
import { KIND_WORDS } from './words';

/** Readings with their totals: what the source named, what was read, what became different by it. */
export function SnapshotTable({ runs }: { readonly runs: readonly SnapshotRunDto[] }) {
  const { door } = useDirectory();
  const figure = (row: SnapshotRunDto, verdict: 'added' | 'changed' | 'removed') => (
    <Count
      value={row[verdict]}
      {...(row[verdict] === 0 ? {} : { href: door(`/snapshots/${row.id}`, { verdict }) })}
    />
  );
  const columns: readonly Column<SnapshotRunDto>[] = [
    { id: 'taken', header: 'Taken', cell: (row) => <Time at={row.takenAt} precision="minute" /> },
    { id: 'kind', header: 'Kind', cell: (row) => KIND_WORDS[row.kind].many },
    { id: 'outcome', header: 'Outcome', cell: (row) => <Outcome run={row} /> },
    {
      id: 'read',
      header: 'Entries read',
      align: 'right',
      cell: (row) => formatCount(row.readCount - row.duplicates),
    },
    { id: 'total', header: 'Of', align: 'right', cell: totalOf },
    { id: 'present', header: 'Present', align: 'right', cell: (row) => formatCount(row.presentAfter) },
    { id: 'added', header: 'Added', align: 'right', cell: (row) => figure(row, 'added') },
    { id: 'changed', header: 'Changed', align: 'right', cell: (row) => figure(row, 'changed') },
    { id: 'removed', header: 'Removed', align: 'right', cell: (row) => figure(row, 'removed') },
  ];
  if (runs.length === 0)
    return <p className="text-muted">No snapshot has been taken. The worker takes one every day.</p>;
  return (
    <DataTable
      caption="Snapshots, newest first"
      columns={columns}
      rows={runs}
      keyOf={(row) => row.id}
      density="compact"
      narrow={(row) => ({
        first: (
          <span className="flex justify-between gap-3">
            {KIND_WORDS[row.kind].many} <Outcome run={row} />
          </span>
        ),
        second: (
          <>
            <Time at={row.takenAt} precision="minute" /> read {formatCount(row.readCount - row.duplicates)} of{' '}
            {totalOf(row)}, +{formatCount(row.added)} ~{formatCount(row.changed)} -{formatCount(row.removed)}
          </>
        ),
      })}
    />
  );
}

function Outcome({ run }: { readonly run: SnapshotRunDto }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <SnapshotBadge outcome={run.outcome} />
      {run.because === null ? null : <span className="text-muted">{run.because}</span>}
    </span>
  );
}

function totalOf(run: SnapshotRunDto): string {
  const total = run.expectedTotal ?? run.totalAfter;
  return total === null ? 'no total given' : formatCount(total);
}
