'use client';

import Link from 'next/link';
import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { Count } from '@/components/ui/data/count';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { PageHead } from '@/components/ui/layout/page-head';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { DirectoryDto, DirectoryKindDto } from '@/lib/directory/contract';
import { AsOfField } from './as-of-field';
import { DivisionTable } from './division-table';
import { SnapshotBadge } from './snapshot-badge';
import { SnapshotTable } from './snapshot-table';
import { useDirectory } from './use-directory';
import { KIND_WORDS } from './words';

/** What the organisation had at an instant, and how its snapshots went. */
export function OrganisationView() {
  const { at, org } = useDirectory();
  const state = useApi<DirectoryDto>(apiPath('/api/v1/directory', { at, org }), { keep: true });
  const nameOf = useOrganizationName();
  return (
    <>
      <PageHead
        title="Directory"
        scope={
          state.data === undefined || state.data.orgId === null ? (
            'What things were called, where they lived and who held which role'
          ) : (
            <>
              {nameOf(state.data.orgId)} as of <Time at={state.data.at} />
            </>
          )
        }
      >
        <AsOfField />
      </PageHead>
      {state.isError ? (
        <ErrorState
          doing="cannot show the directory"
          error={state.error}
          onRetry={() => void state.refetch()}
        />
      ) : state.data === undefined ? (
        <SkeletonRows rows={14} label="Reading the directory" />
      ) : state.data.orgId === null ? (
        <EmptyState title="No organisation is connected.">
          Connect one on the Settings page; its first snapshot fills this page.
        </EmptyState>
      ) : (
        <Found state={state.data} />
      )}
    </>
  );
}

function Found({ state }: { readonly state: DirectoryDto }) {
  const { door } = useDirectory();
  const columns: readonly Column<DirectoryKindDto>[] = [
    {
      id: 'kind',
      header: 'Kind',
      cell: (row) => (
        <Link className="door" href={door(`/${row.kind}`)}>
          {KIND_WORDS[row.kind].many}
        </Link>
      ),
    },
    { id: 'present', header: 'Present', align: 'right', cell: (row) => <Present row={row} /> },
    { id: 'snapshot', header: 'Known from', cell: (row) => <KnownFrom row={row} /> },
  ];
  return (
    <div className="flex flex-col gap-8">
      <div className="grid gap-8 xl:grid-cols-2">
        <Panel title="Kinds">
          <DataTable
            caption="Kinds of things with how many were present"
            columns={columns}
            rows={state.kinds}
            keyOf={(row) => row.kind}
            density="compact"
            narrow={(row) => ({
              first: (
                <span className="flex justify-between gap-3">
                  <Link className="door" href={door(`/${row.kind}`)}>
                    {KIND_WORDS[row.kind].many}
                  </Link>
                  <Present row={row} />
                </span>
              ),
              second: <KnownFrom row={row} />,
            })}
          />
        </Panel>
        <Panel title="Divisions" aside={countOf(state.divisions.length, 'division')}>
          <DivisionTable divisions={state.divisions} />
        </Panel>
      </div>
      <Panel title="Latest snapshots">
        <SnapshotTable runs={state.snapshots} />
      </Panel>
    </div>
  );
}

function Present({ row }: { readonly row: DirectoryKindDto }) {
  const { door } = useDirectory();
  if (row.present === null) return <span className="text-muted">not read by then</span>;
  return <Count value={row.present} href={door(`/${row.kind}`)} />;
}

function KnownFrom({ row }: { readonly row: DirectoryKindDto }) {
  if (row.snapshot === null) return <span className="text-muted">no snapshot by then</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Time at={row.snapshot.takenAt} precision="minute" />
      <SnapshotBadge outcome={row.snapshot.outcome} />
      {row.snapshot.because === null ? null : <span className="text-muted">{row.snapshot.because}</span>}
    </span>
  );
}
