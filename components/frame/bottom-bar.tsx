'use client';

import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { classes } from '@/components/ui/classes';
import { Menu } from '@/components/ui/overlay/menu';
import { useScope } from '@/components/url/use-scope';
import type { MeDto } from '@/lib/auth/contract';
import { isCurrent, ROOMS } from './rooms';

const PLACES = 5;
const ITEM = 'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs';

/** The rail on a phone: five places, the last one holds the rest. */
export function BottomBar({ me }: { readonly me: MeDto | undefined }) {
  const { pathname, href } = useScope();
  const router = useRouter();
  const rooms = me === undefined ? ROOMS : ROOMS.filter((room) => me.permissions.includes(room.permission));
  const shown = rooms.length <= PLACES ? rooms : rooms.slice(0, PLACES - 1);
  const rest = rooms.slice(shown.length);
  return (
    <nav
      aria-label="Rooms"
      data-frame
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {shown.map((room) => {
        const current = isCurrent(room, pathname);
        return (
          <Link
            key={room.path}
            href={href(room.path)}
            aria-current={current ? 'page' : undefined}
            className={classes(ITEM, current ? 'font-medium text-accent' : 'text-muted')}
          >
            <room.icon aria-hidden size={18} />
            {room.short ?? room.word}
          </Link>
        );
      })}
      {rest.length === 0 ? null : (
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              className={classes(
                ITEM,
                rest.some((room) => isCurrent(room, pathname)) ? 'font-medium text-accent' : 'text-muted',
              )}
            >
              <Ellipsis aria-hidden size={18} />
              More
            </button>
          }
          items={rest.map((room) => ({
            kind: 'item',
            key: room.path,
            label: room.word,
            onSelect: () => router.push(href(room.path)),
          }))}
        />
      )}
    </nav>
  );
}
