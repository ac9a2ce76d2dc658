'use client';

import { Search } from 'lucide-react';
import { InboxBell } from '@/components/inbox/inbox-bell';
import { Kbd } from '@/components/ui/kbd';
import type { MeDto } from '@/lib/auth/contract';
import { usePanels } from '../use-shortcuts';
import { CommandPalette } from './command-palette';
import { OrgSelect } from './org-select';
import { PeriodPicker } from './period-picker';
import { PersonMenu } from './person-menu';
import { ThemeToggle } from './theme-toggle';

export function TopBar({ me }: { readonly me: MeDto | undefined }) {
  const { showPalette } = usePanels();
  return (
    <div className="flex h-12 items-center gap-2 px-4 md:px-6">
      <OrgSelect />
      <PeriodPicker />
      <div className="flex-1" />
      <button
        type="button"
        onClick={() => showPalette(true)}
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong/60 bg-surface px-2 text-sm text-muted hover:border-line-strong lg:w-64"
      >
        <Search aria-hidden size={14} />
        <span className="sr-only flex-1 text-left lg:not-sr-only">Search and commands</span>
        <span className="hidden gap-1 lg:flex">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <InboxBell />
      <ThemeToggle />
      <PersonMenu me={me} />
      <CommandPalette me={me} />
    </div>
  );
}
