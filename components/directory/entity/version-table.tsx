'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { Time } from '@/components/ui/data/time';
import type { DirectoryEntityDto, DirectoryVersionDto } from '@/lib/directory/contract';
import { entityPath, useDirectory } from '../use-directory';

/** Every version, newest first; each opens the page as of its beginning. */
export function VersionTable({ entity }: { readonly entity: DirectoryEntityDto }) {
  const { door } = useDirectory();
  const from = (row: DirectoryVersionDto) => (
    <Link className="door" href={door(entityPath(entity.kind, entity.id), { at: row.validFrom })}>
      <Time at={row.validFrom} precision="minute" />
    </Link>
  );
  const what = (row: DirectoryVersionDto) => (
    <span className="flex flex-wrap items-center gap-x-2">
      {row.name ?? <span className="text-muted">no name</span>}
      {row.state === 'deleted' ? <Badge>Deleted</Badge> : null}
      {row.inForce ? <Badge tone="accent">In force then</Badge> : null}
    </span>
  );
  const columns: readonly Column<DirectoryVersionDto>[] = [
    { id: 'from', header: 'From', cell: from },
    { id: 'what', header: 'Name', cell: what },
    { id: 'division', header: 'Division', cell: (row) => row.divisionName ?? row.divisionId ?? '' },
    { id: 'differs', header: 'Different', cell: (row) => row.differs.join(', ') },
    { id: 'known', header: 'How we know', cell: (row) => <Known row={row} /> },
  ];
  return (
    <DataTable
      caption="Versions, newest first"
      columns={columns}
      rows={entity.versions}
      keyOf={(row) => `${row.validFrom} ${row.knownFrom.snapshotId ?? row.knownFrom.changeId ?? ''}`}
      density="compact"
      narrow={(row) => ({
        first: what(row),
        second: (
          <>
            {from(row)} <Known row={row} />
          </>
        ),
      })}
    />
  );
}

function Known({ row }: { readonly row: DirectoryVersionDto }) {
  const { door, href } = useDirectory();
  const { snapshotId, changeId, words } = row.knownFrom;
  if (snapshotId !== null)
    return (
      <Link className="door" href={door(`/snapshots/${snapshotId}`)}>
        {words}
      </Link>
    );
  if (changeId !== null)
    return (
      <Link className="door" href={href(`/changes/${changeId}`)}>
        {words}
      </Link>
    );
  return <span className="text-muted">{words}</span>;
}
