'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo } from 'react';
import { useApi } from '@/components/api/use-api';
import { keyOf } from '@/components/frame/shortcuts';
import { useOrganizationName } from '@/components/frame/use-organizations';
import { useRowKeys } from '@/components/hooks/use-row-keys';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { DataTable } from '@/components/ui/data/data-table';
import { formatCount, plural } from '@/components/ui/data/format';
import { Pagination } from '@/components/ui/data/pagination';
import { PageHead } from '@/components/ui/layout/page-head';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { setValues, withCursor } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { InboxDto, InboxItemDto } from '@/lib/alerts/contract/alerts';
import { InboxRow } from './inbox-row';
import { inboxPath } from './paths';
import { newestOf, useMarkRead } from './use-inbox';

const OPEN = 'item';

/** What was sent to this person, newest first: j and k walk, Enter opens, m marks read or unread. */
export function InboxList() {
  const { params, pathname, setParams, href } = useScope();
  const router = useRouter();
  const nameOf = useOrganizationName();
  const mark = useMarkRead();
  const cursor = params.get('cursor');
  const onlyUnread = params.get('show') === 'unread';
  const answer = useApi<InboxDto>(inboxPath(params), { live: cursor === null, keep: true });
  const items = answer.data?.items ?? NO_ITEMS;
  const keys = useMemo(() => items.map((item) => item.id), [items]);
  const follow = (item: InboxItemDto) => {
    if (item.readAt === null) mark.mutate({ ids: [item.id], read: true });
  };
  const open = useCallback(
    (id: string) => {
      const item = items.find((one) => one.id === id);
      if (item === undefined) return;
      if (item.readAt === null) mark.mutate({ ids: [item.id], read: true });
      router.push(href(item.path));
    },
    [items, mark.mutate, router, href],
  );
  const current = useRowKeys({ keys, openKey: null, onOpen: open, onClose: nothing });
  const flip = useCallback(
    (item: InboxItemDto) => mark.mutate({ ids: [item.id], read: item.readAt === null }),
    [mark.mutate],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const item = items.find((one) => one.id === current);
      if (keyOf(event) !== 'm' || item === undefined) return;
      event.preventDefault();
      flip(item);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [items, current, flip]);
  const newest = newestOf(items);
  const unread = answer.data?.unread ?? 0;
  const pageHref = (next: string | null) => addressOf(pathname, withCursor(params, OPEN, next));
  return (
    <>
      <PageHead title="Inbox" scope="What was sent to you, by rule and by role">
        {unread > 0 && newest !== null && cursor === null ? (
          <Button busy={mark.isPending} onClick={() => mark.mutate({ allBefore: newest })}>
            Mark all read
          </Button>
        ) : null}
      </PageHead>
      <div className="mb-3 flex flex-wrap items-center gap-1.5">
        <Chip pressed={!onlyUnread} onPress={() => setParams(setValues(params, OPEN, { show: [] }))}>
          All
        </Chip>
        <Chip pressed={onlyUnread} onPress={() => setParams(setValues(params, OPEN, { show: ['unread'] }))}>
          Unread
          {answer.data === undefined ? null : <span className="text-muted">{formatCount(unread)}</span>}
        </Chip>
      </div>
      {mark.isError ? <ErrorState doing="cannot mark it" error={mark.error} /> : null}
      {answer.isError ? (
        <ErrorState
          doing="cannot show the inbox"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the inbox" />
      ) : items.length === 0 ? (
        <EmptyState title={onlyUnread ? 'Everything is read' : 'No message yet'}>
          A message comes when a routing rule tells your role or you of an alert. Alerts that were older than
          a day when they were found are listed under Alerts and sent to nobody.
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Inbox, newest first"
            rows={items}
            keyOf={(item) => item.id}
            onOpen={(item) => open(item.id)}
            currentKey={current}
            columns={[
              {
                id: 'what',
                header: 'What',
                className: 'w-3/4',
                cell: (item) => <InboxRow item={item} onFollow={follow} />,
              },
              {
                id: 'org',
                header: 'Organisation',
                className: 'whitespace-nowrap',
                cell: (item) => nameOf(item.orgId),
              },
              {
                id: 'read',
                header: '',
                align: 'right',
                cell: (item) => <FlipRead item={item} onFlip={flip} />,
              },
            ]}
            narrow={(item) => ({
              first: <InboxRow item={item} onFollow={follow} />,
              second: <FlipRead item={item} onFlip={flip} />,
            })}
          />
          <Pagination
            shown={items.length}
            unit={plural(items.length, 'message')}
            nextLabel="Older"
            nextHref={answer.data.nextCursor === null ? null : pageHref(answer.data.nextCursor)}
            firstHref={cursor === null ? null : pageHref(null)}
          />
        </>
      )}
    </>
  );
}

type FlipReadProps = { readonly item: InboxItemDto; readonly onFlip: (item: InboxItemDto) => void };

function FlipRead({ item, onFlip }: FlipReadProps) {
  return (
    <Button
      look="quiet"
      size="small"
      onClick={(event) => {
        event.stopPropagation();
        onFlip(item);
      }}
    >
      {item.readAt === null ? 'Mark read' : 'Mark unread'}
    </Button>
  );
}

const NO_ITEMS: readonly InboxItemDto[] = [];
const nothing = () => undefined;
