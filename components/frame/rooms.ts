import {
  ArrowRightLeft,
  BellRing,
  BookOpenText,
  CalendarCheck2,
  ChartGantt,
  Gauge,
  Layers,
  LibraryBig,
  ListChecks,
  type LucideIcon,
  ShieldHalf,
  SlidersHorizontal,
} from 'lucide-react';
import type { Permission } from '@/lib/auth/contract';

export type Room = {
  readonly path: string;
  readonly word: string;
  /** Where there is little room. */
  readonly short?: string;
  readonly icon: LucideIcon;
  readonly group: 'Watch' | 'Govern' | 'Prove' | 'Ask' | 'Keep';
  readonly permission: Permission;
  /** The key after `g` that goes there. */
  readonly jump: string;
};

/** The rooms that are built, in the order of the rail. A room that is not built is not shown. */
export const ROOMS: readonly Room[] = [
  { path: '/overview', word: 'Overview', icon: Gauge, group: 'Watch', permission: 'metrics.read', jump: 'o' },
  {
    path: '/timeline',
    word: 'Timeline',
    icon: ChartGantt,
    group: 'Watch',
    permission: 'changes.read',
    jump: 't',
  },
  {
    path: '/changes',
    word: 'Changes',
    icon: ListChecks,
    group: 'Watch',
    permission: 'changes.read',
    jump: 'c',
  },
  {
    path: '/sessions',
    word: 'Sessions',
    icon: Layers,
    group: 'Watch',
    permission: 'sessions.read',
    jump: 'n',
  },
  {
    path: '/alerts',
    word: 'Alerts',
    icon: BellRing,
    group: 'Watch',
    permission: 'alerts.read',
    jump: 'a',
  },
  {
    path: '/division-moves',
    word: 'Division moves',
    short: 'Moves',
    icon: ArrowRightLeft,
    group: 'Govern',
    permission: 'moves.read',
    jump: 'm',
  },
  {
    path: '/responses',
    word: 'Responses',
    icon: ShieldHalf,
    group: 'Govern',
    permission: 'responses.read',
    jump: 'r',
  },
  {
    path: '/coverage',
    word: 'Coverage',
    icon: CalendarCheck2,
    group: 'Prove',
    permission: 'coverage.read',
    jump: 'v',
  },
  {
    path: '/directory',
    word: 'Directory',
    icon: LibraryBig,
    group: 'Ask',
    permission: 'directory.read',
    jump: 'd',
  },
  {
    path: '/journal',
    word: 'Journal',
    icon: BookOpenText,
    group: 'Keep',
    permission: 'journal.read',
    jump: 'j',
  },
  {
    path: '/settings',
    word: 'Settings',
    icon: SlidersHorizontal,
    group: 'Keep',
    permission: 'settings.read',
    jump: 's',
  },
];

export function isCurrent(room: Room, pathname: string): boolean {
  return pathname === room.path || pathname.startsWith(`${room.path}/`);
}
