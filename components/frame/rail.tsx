'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { useStored } from '@/components/hooks/use-stored';
import { Logo } from '@/components/tally/logo';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { classes } from '@/components/ui/classes';
import { useScope } from '@/components/url/use-scope';
import type { MeDto } from '@/lib/auth/contract';
import { isCurrent, ROOMS, type Room } from './rooms';

const GROUPS = ['Watch', 'Govern', 'Prove', 'Ask', 'Keep'] as const;

/** The rooms, as icons and words; folds to icons and remembers it. */
export function Rail({ me }: { readonly me: MeDto | undefined }) {
  const { pathname, href } = useScope();
  const [folded, setFolded] = useStored('rail', 'open');
  const narrow = folded === 'folded';
  const rooms = me === undefined ? ROOMS : ROOMS.filter((room) => me.permissions.includes(room.permission));
  return (
    <nav
      aria-label="Rooms"
      data-frame
      className={classes(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-r bg-paper py-3 md:flex',
        narrow ? 'w-14' : 'w-52',
      )}
    >
      <Link
        href={href('/overview')}
        aria-label="Tallystick, overview"
        className="mx-3 flex h-9 items-center rounded-md px-1.5"
      >
        {narrow ? <TallyGlyph status="linked" decorative /> : <Logo />}
      </Link>
      <div className="mt-3 flex flex-1 flex-col gap-4 overflow-y-auto px-3">
        {GROUPS.map((group) => (
          <RailGroup
            key={group}
            name={group}
            rooms={rooms.filter((room) => room.group === group)}
            narrow={narrow}
            pathname={pathname}
            href={href}
          />
        ))}
      </div>
      <button
        type="button"
        onClick={() => setFolded(narrow ? 'open' : 'folded')}
        aria-expanded={!narrow}
        className="mx-3 flex h-8 items-center gap-2 rounded-md px-1.5 text-sm text-muted hover:bg-sunken hover:text-ink"
      >
        {narrow ? <PanelLeftOpen aria-hidden size={16} /> : <PanelLeftClose aria-hidden size={16} />}
        <span className={narrow ? 'sr-only' : undefined}>{narrow ? 'Unfold the rail' : 'Fold'}</span>
      </button>
    </nav>
  );
}

type RailGroupProps = {
  readonly name: (typeof GROUPS)[number];
  readonly rooms: readonly Room[];
  readonly narrow: boolean;
  readonly pathname: string;
  readonly href: (path: string) => string;
};

function RailGroup({ name, rooms, narrow, pathname, href }: RailGroupProps) {
  if (rooms.length === 0) return null;
  return (
    <div className={name === 'Keep' ? 'mt-auto' : undefined}>
      {narrow || name === 'Keep' ? null : <p className="mb-1 px-1.5 text-xs text-muted">{name}</p>}
      <ul className="flex flex-col gap-0.5">
        {rooms.map((room) => {
          const current = isCurrent(room, pathname);
          return (
            <li key={room.path}>
              <Link
                href={href(room.path)}
                aria-current={current ? 'page' : undefined}
                title={narrow ? room.word : undefined}
                className={classes(
                  'flex h-8 items-center gap-2.5 rounded-md px-1.5 transition-colors',
                  current
                    ? 'rounded-l-none border-l-2 border-accent bg-sunken pl-1 font-medium text-ink'
                    : 'text-muted hover:bg-sunken hover:text-ink',
                )}
              >
                <room.icon aria-hidden size={16} className="mx-0.5 shrink-0" />
                <span className={narrow ? 'sr-only' : undefined}>{room.word}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
