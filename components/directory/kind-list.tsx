'use client';

import { useState } from 'react';
import { apiPath } from '@/components/api/api-key';
import { useApi } from '@/components/api/use-api';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { Input } from '@/components/ui/input';
import { PageHead } from '@/components/ui/layout/page-head';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { DirectoryItemDto } from '@/lib/directory/contract';
import type { Page } from '@/lib/kernel/paging';
import type { DirectoryKind } from '@/lib/kernel/words';
import { AsOfField } from './as-of-field';
import { DirectoryCrumbs } from './crumbs';
import { ItemTable } from './item-table';
import { useDirectory } from './use-directory';
import { KIND_WORDS, manyOf } from './words';

const PER_PAGE = 50;

/** Things of one kind as they were, found by any name they ever had. */
export function KindList({ kind }: { readonly kind: DirectoryKind }) {
  const { at, org, cursor, params, setParams, door } = useDirectory();
  const q = params.get('q') ?? '';
  const deleted = params.get('deleted') === 'true';
  const list = useApi<Page<DirectoryItemDto>>(
    apiPath(`/api/v1/directory/${kind}`, {
      at,
      org,
      q,
      deleted: deleted ? 'true' : null,
      cursor,
      limit: PER_PAGE,
    }),
    { keep: true },
  );
  const words = KIND_WORDS[kind];
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params);
    next.delete('cursor');
    next.delete(name);
    if (value !== null && value !== '') next.set(name, value);
    setParams(next);
  };
  const hrefTo = (to: string | null) =>
    door(`/${kind}`, { q: q === '' ? null : q, deleted: deleted ? 'true' : null, cursor: to });
  return (
    <>
      <DirectoryCrumbs />
      <PageHead
        title={words.many}
        scope={
          at === null ? (
            'as of now'
          ) : (
            <>
              as of <Time at={at} />
            </>
          )
        }
      >
        <AsOfField />
      </PageHead>
      <Search key={q} q={q} words={manyOf(kind)} onSearch={(text) => set('q', text)}>
        <Checkbox
          label="Deleted ones too"
          checked={deleted || q !== ''}
          disabled={q !== ''}
          onChange={(event) => set('deleted', event.currentTarget.checked ? 'true' : null)}
        />
      </Search>
      {list.isError ? (
        <ErrorState
          doing={`cannot list the ${manyOf(kind)}`}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : list.data === undefined ? (
        <SkeletonRows rows={12} label={`Reading the ${manyOf(kind)}`} />
      ) : list.data.items.length === 0 ? (
        <EmptyState
          title={
            q === '' ? `No ${words.one} was known by then.` : `No ${words.one} ever had such a name or id.`
          }
        >
          Names are known from the first snapshot on; before it only from audit records.
        </EmptyState>
      ) : (
        <>
          <ItemTable caption={words.many} items={list.data.items} />
          <Pagination
            shown={list.data.items.length}
            unit={manyOf(kind)}
            nextLabel="More"
            nextHref={list.data.nextCursor === null ? null : hrefTo(list.data.nextCursor)}
            firstHref={cursor === null ? null : hrefTo(null)}
          />
        </>
      )}
    </>
  );
}

type SearchProps = {
  readonly q: string;
  readonly words: string;
  readonly onSearch: (text: string) => void;
  readonly children: React.ReactNode;
};

function Search({ q, words, onSearch, children }: SearchProps) {
  const [text, setText] = useState(q);
  return (
    <search>
      <form
        className="mb-3 flex flex-wrap items-center gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(text.trim());
        }}
      >
        <div className="w-80 max-w-full">
          <Input
            type="search"
            aria-label={`Search ${words} by id or any name ever held`}
            placeholder="Id, or any name ever held"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <Button type="submit">Search</Button>
        {children}
      </form>
    </search>
  );
}
