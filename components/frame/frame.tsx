'use client';

import type { ReactNode } from 'react';
import { TrustLine } from '@/components/trust/trust-line';
import { BottomBar } from './bottom-bar';
import { Rail } from './rail';
import { ShortcutList } from './shortcut-list';
import { TopBar } from './top/top-bar';
import { useMe } from './use-me';
import { ShortcutsProvider } from './use-shortcuts';

/** What stands around every page: rail, top bar, trust line; a bottom bar on a phone. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const me = useMe().data;
  return (
    <ShortcutsProvider>
      <a
        href="#main"
        className="sr-only z-70 rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex min-h-dvh">
        <Rail me={me} />
        <div className="flex min-w-0 flex-1 flex-col">
          <header data-frame className="sticky top-0 z-20 border-b bg-paper">
            <TopBar me={me} />
            <TrustLine />
          </header>
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto w-full max-w-480 flex-1 px-4 pt-5 pb-20 outline-none md:px-6 md:pb-10"
          >
            {children}
          </main>
        </div>
      </div>
      <BottomBar me={me} />
      <ShortcutList />
    </ShortcutsProvider>
  );
}
