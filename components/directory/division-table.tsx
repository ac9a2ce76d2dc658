'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Count } from '@/components/ui/data/count';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import { wordsOf } from '@/components/ui/data/format';
import type { DivisionAtDto } from '@/lib/directory/contract';
import { entityPath, useDirectory } from './use-directory';

/** The divisions of that instant with what lived in them. */
export function DivisionTable({ divisions }: { readonly divisions: readonly DivisionAtDto[] }) {
  const { door } = useDirectory();
  const name = (row: DivisionAtDto) => (
    <Link className="door" href={door(entityPath('division', row.id))}>
      {row.name.name ?? row.id}
    </Link>
  );
  const count = (row: DivisionAtDto, kind: 'user' | 'queue' | 'flow') => (
    <Count value={row.members[kind] ?? 0} href={door(entityPath('division', row.id), { members: kind })} />
  );
  const columns: readonly Column<DivisionAtDto>[] = [
    { id: 'name', header: 'Division', cell: name },
    { id: 'tag', header: 'Region', cell: (row) => <Tag row={row} /> },
    { id: 'user', header: 'People', align: 'right', cell: (row) => count(row, 'user') },
    { id: 'queue', header: 'Queues', align: 'right', cell: (row) => count(row, 'queue') },
    { id: 'flow', header: 'Flows', align: 'right', cell: (row) => count(row, 'flow') },
  ];
  if (divisions.length === 0) return <p className="text-muted">No division was known by then.</p>;
  return (
    <DataTable
      caption="Divisions with people, queues and flows in them"
      columns={columns}
      rows={divisions}
      keyOf={(row) => row.id}
      density="compact"
      narrow={(row) => ({
        first: (
          <span className="flex justify-between gap-3">
            {name(row)} {count(row, 'user')}
          </span>
        ),
        second: <Tag row={row} />,
      })}
    />
  );
}

function Tag({ row }: { readonly row: DivisionAtDto }) {
  if (row.tag === null) return <span className="text-muted">not tagged</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {row.tag.region ?? 'no region'}
      {row.tag.sensitivity === 'normal' ? null : <Badge tone="warn">{wordsOf(row.tag.sensitivity)}</Badge>}
    </span>
  );
}
