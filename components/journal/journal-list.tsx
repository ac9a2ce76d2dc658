'use client';

import { useCallback, useMemo } from 'react';
import { useApi } from '@/components/api/use-api';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { Button } from '@/components/ui/button';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { DataTable } from '@/components/ui/data/data-table';
import { plural, wordsOf } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { Time } from '@/components/ui/data/time';
import { PageHead } from '@/components/ui/layout/page-head';
import { Select } from '@/components/ui/select';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { describePeriod } from '@/components/url/period';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { JournalEntryDto, JournalFacetsDto, JournalPageDto } from '@/lib/journal/contract';
import { journalPath } from './journal-path';
import { JournalSheet } from './journal-sheet';
import { ACTOR_WORDS, journalSentence } from './journal-words';

const ALL = 'all';
const FILTERS = ['actor', 'action', 'object'] as const;

/** Who did, looked at, exported or configured what, in this product. */
export function JournalList() {
  const scope = useScope();
  const { params, pathname, setParams } = scope;
  const zone = useZone();
  const cursor = params.get('cursor');
  const answer = useApi<JournalPageDto>(journalPath(scope, params), { live: cursor === null, keep: true });
  const rows = answer.data?.items ?? NO_ROWS;
  const openId = params.get('entry');
  const keys = useMemo(() => rows.map((row) => row.id), [rows]);
  const open = useCallback(
    (id: string | null, how: 'push' | 'replace' = 'push') => setParams(withParam(params, 'entry', id), how),
    [params, setParams],
  );
  const close = useCallback(() => open(null, 'replace'), [open]);
  const current = useRowKeys({ keys, openKey: openId, onOpen: open, onClose: close });
  const hrefOf = (entry: JournalEntryDto) => addressOf(pathname, withParam(params, 'entry', entry.id));
  const filtered = FILTERS.some((name) => params.has(name));
  const pageHref = (next: string | null) =>
    addressOf(pathname, withParam(withParam(params, 'entry', null), 'cursor', next));

  return (
    <>
      <PageHead
        title="Journal"
        scope={`What was done in this product · ${describePeriod(scope.period, zone)}`}
      />
      <JournalFilters params={params} setParams={setParams} />
      {answer.isError ? (
        <ErrorState
          doing="cannot show the journal"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={12} label="Reading the journal" />
      ) : rows.length === 0 ? (
        <EmptyState
          title={filtered ? 'No entry matches these filters' : 'No entry in this period'}
          action={
            filtered ? (
              <Button onClick={() => setParams(withoutFilters(params))}>Clear the filters</Button>
            ) : undefined
          }
        >
          Searched: {describePeriod(scope.period, zone)}. The journal is written with each act, so nothing is
          missing from it.
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Journal, newest first"
            rows={rows}
            keyOf={(entry) => entry.id}
            onOpen={(entry) => open(entry.id)}
            currentKey={current}
            openKey={openId}
            columns={[
              {
                id: 'what',
                header: 'What was done',
                className: 'w-2/5',
                cell: (entry) => (
                  <ShallowLink href={hrefOf(entry)} dir="auto" className="hover:text-accent hover:underline">
                    {journalSentence(entry)}
                  </ShallowLink>
                ),
              },
              { id: 'when', header: 'When', cell: (entry) => <Time at={entry.at} /> },
              {
                id: 'who',
                header: 'As',
                cell: (entry) => ACTOR_WORDS[entry.actor.kind],
                className: 'whitespace-nowrap',
              },
              {
                id: 'object',
                header: 'Object',
                cell: (entry) => (
                  <span className="whitespace-nowrap">
                    {wordsOf(entry.object.type)}{' '}
                    {entry.object.id === null ? null : <CopyableId id={entry.object.id} label="object id" />}
                  </span>
                ),
              },
              {
                id: 'action',
                header: 'Action',
                cell: (entry) => <span className="font-mono">{entry.action}</span>,
              },
              {
                id: 'org',
                header: 'Organisation',
                cell: (entry) => <OrganizationName id={entry.orgId} />,
                className: 'whitespace-nowrap',
              },
              {
                id: 'from',
                header: 'From',
                cell: (entry) => <span className="font-mono">{entry.actor.ip ?? ''}</span>,
              },
            ]}
            narrow={(entry) => ({
              first: (
                <ShallowLink href={hrefOf(entry)} dir="auto">
                  {journalSentence(entry)}
                </ShallowLink>
              ),
              second: (
                <>
                  <Time at={entry.at} precision="minute" />
                  <span className="font-mono">{entry.action}</span>
                </>
              ),
            })}
          />
          <Pagination
            shown={rows.length}
            unit={plural(rows.length, 'entry')}
            nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
      <JournalSheet entry={rows.find((row) => row.id === openId)} open={openId !== null} onClose={close} />
    </>
  );
}

const NO_ROWS: readonly JournalEntryDto[] = [];

function OrganizationName({ id }: { readonly id: string | null }) {
  return <>{useOrganizationName()(id)}</>;
}

function JournalFilters({
  params,
  setParams,
}: {
  readonly params: URLSearchParams;
  readonly setParams: (next: URLSearchParams) => void;
}) {
  const facets = useApi<JournalFacetsDto>('/api/v1/journal/facets');
  const set = (name: 'actor' | 'action', value: string) =>
    setParams(
      withParam(
        withParam(withParam(params, 'entry', null), 'cursor', null),
        name,
        value === ALL ? null : value,
      ),
    );
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      <Select
        label="Actor"
        className="w-auto! max-w-72"
        value={params.get('actor') ?? ALL}
        onChange={(value) => set('actor', value)}
        options={[
          { value: ALL, label: 'Everybody' },
          ...(facets.data?.actors ?? []).map((actor) => ({ value: actor.id, label: actor.name })),
        ]}
      />
      <Select
        label="Action"
        className="w-auto! max-w-72"
        value={params.get('action') ?? ALL}
        onChange={(value) => set('action', value)}
        options={[
          { value: ALL, label: 'Every action' },
          ...(facets.data?.actions ?? []).map((action) => ({ value: action, label: action })),
        ]}
      />
      {FILTERS.some((name) => params.has(name)) ? (
        <Button look="quiet" onClick={() => setParams(withoutFilters(params))}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}

function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(name);
  if (value !== null) next.set(name, value);
  return next;
}

function withoutFilters(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...FILTERS, 'cursor', 'entry']) next.delete(name);
  return next;
}
