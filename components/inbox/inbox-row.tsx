'use client';

import Link from 'next/link';
import { PURPOSE_WORDS } from '@/components/alerts/words';
import { RiskBars } from '@/components/tally/risk-bars';
import { classes } from '@/components/ui/classes';
import { sentenceCase } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { InboxItemDto } from '@/lib/alerts/contract/alerts';

type InboxRowProps = {
  readonly item: InboxItemDto;
  /** Following it counts as having read it. */
  readonly onFollow: (item: InboxItemDto) => void;
};

/** One message: unread ones carry a mark and weight, never colour alone. */
export function InboxRow({ item, onFollow }: InboxRowProps) {
  const { href } = useScope();
  const unread = item.readAt === null;
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <span
        aria-hidden
        className={classes(
          'mt-1.5 size-2 shrink-0 self-start rounded-full',
          unread ? 'bg-accent' : 'bg-transparent',
        )}
      />
      <div className="min-w-0">
        <Link
          href={href(item.path)}
          dir="auto"
          onClick={(event) => {
            event.stopPropagation();
            onFollow(item);
          }}
          className={classes(
            'inline-block min-h-6 wrap-anywhere hover:text-accent hover:underline',
            unread ? 'font-medium' : 'text-muted',
          )}
        >
          {unread ? <span className="sr-only">Unread: </span> : null}
          {item.title}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <RiskBars risk={item.severity} />
          <span>{sentenceCase(PURPOSE_WORDS[item.purpose])}</span>
          <Time at={item.at} precision="minute" />
        </div>
      </div>
    </div>
  );
}
