'use client';

import { Bell } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useApi } from '@/components/api/use-api';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Popover } from '@/components/ui/overlay/popover';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { InboxDto } from '@/lib/alerts/contract/alerts';
import { InboxRow } from './inbox-row';
import { BELL_PATH } from './paths';
import { bellCount, newestOf, useMarkRead } from './use-inbox';

/** How many messages are unread, on every page; the newest ones at a press. */
export function InboxBell() {
  const [open, setOpen] = useState(false);
  const inbox = useApi<InboxDto>(BELL_PATH, { live: true });
  const unread = inbox.data?.unread ?? 0;
  return (
    <Popover
      label="Inbox"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          look="quiet"
          size="icon"
          className="relative"
          aria-label={
            inbox.data === undefined
              ? 'Inbox'
              : unread === 0
                ? 'Inbox, nothing unread'
                : `Inbox, ${countOf(unread, 'unread message')}`
          }
        >
          <Bell aria-hidden size={17} />
          {unread === 0 ? null : (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-mono text-[10px] leading-4 text-on-accent"
            >
              {bellCount(unread)}
            </span>
          )}
        </Button>
      }
    >
      <Newest inbox={inbox.data} error={inbox.error} onLeave={() => setOpen(false)} />
    </Popover>
  );
}

type NewestProps = {
  readonly inbox: InboxDto | undefined;
  readonly error: Error | null;
  readonly onLeave: () => void;
};

function Newest({ inbox, error, onLeave }: NewestProps) {
  const { href } = useScope();
  const mark = useMarkRead();
  const newest = newestOf(inbox?.items ?? []);
  return (
    <div className="w-96 max-w-full">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="font-serif text-lg">Inbox</h2>
        {inbox === undefined || inbox.unread === 0 || newest === null ? null : (
          <Button
            look="quiet"
            size="small"
            busy={mark.isPending}
            onClick={() => mark.mutate({ allBefore: newest })}
          >
            Mark all read
          </Button>
        )}
      </div>
      {error !== null ? (
        <ErrorState doing="cannot show the inbox" error={error} />
      ) : inbox === undefined ? (
        <SkeletonRows rows={3} label="Reading the inbox" />
      ) : inbox.items.length === 0 ? (
        <p className="text-muted">
          No message yet. What a rule finds and a routing rule sends to you stands here.
        </p>
      ) : (
        <ul className="divide-y border-y">
          {inbox.items.map((item) => (
            <li key={item.id} className="py-2">
              <InboxRow
                item={item}
                onFollow={(one) => {
                  if (one.readAt === null) mark.mutate({ ids: [one.id], read: true });
                  onLeave();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="mt-2">
        <Link className="door" href={href('/inbox')} onClick={onLeave}>
          The whole inbox
        </Link>
      </p>
    </div>
  );
}
