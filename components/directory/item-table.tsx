'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { type Column, DataTable } from '@/components/ui/data/data-table';
import type { DirectoryItemDto } from '@/lib/directory/contract';
import { entityPath, useDirectory } from './use-directory';
import { KIND_WORDS } from './words';

type ItemTableProps<Item extends DirectoryItemDto> = {
  readonly caption: string;
  readonly items: readonly Item[];
  /** What is shown of an item where it has no name of its own: the holder of a grant. */
  readonly nameOf?: (item: Item) => string | null;
  /** Another column, such as what a snapshot did to it. */
  readonly extra?: { readonly header: string; readonly cell: (item: Item) => ReactNode };
};

/** Things by name with where they lived and how that is known. */
export function ItemTable<Item extends DirectoryItemDto>(props: ItemTableProps<Item>) {
  const { caption, items, nameOf, extra } = props;
  const { door } = useDirectory();
  const name = (item: Item) => (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <Link className="door wrap-anywhere" href={door(entityPath(item.kind, item.id))}>
        {nameOf?.(item) ?? item.name ?? <span className="font-mono text-xs">{item.id}</span>}
      </Link>
      {item.state === 'deleted' ? <Badge>Deleted</Badge> : null}
    </span>
  );
  const division = (item: Item) =>
    item.divisionName ?? item.divisionId ?? <span className="text-muted">none</span>;
  const columns: readonly Column<Item>[] = [
    { id: 'name', header: 'Name', cell: name },
    { id: 'kind', header: 'Kind', cell: (item) => KIND_WORDS[item.kind].one },
    { id: 'division', header: 'Division', cell: division },
    ...(extra === undefined ? [] : [{ id: 'extra', header: extra.header, cell: extra.cell }]),
    {
      id: 'known',
      header: 'How we know',
      cell: (item) => <span className="text-muted">{item.knownFrom.words}</span>,
    },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={items}
      keyOf={(item) => `${item.kind} ${item.id}`}
      density="compact"
      narrow={(item) => ({
        first: name(item),
        second: (
          <>
            {extra?.cell(item)} {division(item)}
          </>
        ),
      })}
    />
  );
}
