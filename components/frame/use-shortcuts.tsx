'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useNotice } from '@/components/ui/overlay/notices';
import { hrefWithScope } from '@/components/url/page-scope';
import { freeze } from '@/components/url/period';
import { ROOMS } from './rooms';
import { CHORD_MS, keyOf } from './shortcuts';

type Panels = {
  readonly palette: boolean;
  readonly list: boolean;
  readonly showPalette: (open: boolean) => void;
  readonly showList: (open: boolean) => void;
};

const PanelsContext = createContext<Panels>({
  palette: false,
  list: false,
  showPalette: () => undefined,
  showList: () => undefined,
});

export function usePanels(): Panels {
  return useContext(PanelsContext);
}

/** Listens to the keys that work on every page. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [palette, showPalette] = useState(false);
  const [list, showList] = useState(false);
  const router = useRouter();
  const params = useSearchParams();
  const pathname = usePathname();
  const say = useNotice();
  const chordAt = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        showPalette((open) => !open);
        return;
      }
      const key = keyOf(event);
      if (key === null) return;
      const chord = Date.now() - chordAt.current < CHORD_MS;
      chordAt.current = key === 'g' && !chord ? Date.now() : 0;
      const room = chord ? ROOMS.find((one) => one.jump === key) : undefined;
      if (room !== undefined) {
        // The second key of a jump is no key of the list it is pressed on.
        event.preventDefault();
        event.stopImmediatePropagation();
        router.push(hrefWithScope(room.path, params));
      } else if (key === '?') showList(true);
      else if (key === 'l') void copyPermalink(pathname, params, say);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [router, params, pathname, say]);

  const panels = useMemo(() => ({ palette, list, showPalette, showList }), [palette, list]);
  return <PanelsContext value={panels}>{children}</PanelsContext>;
}

async function copyPermalink(pathname: string, params: URLSearchParams, say: (text: string) => void) {
  const address = `${window.location.origin}${pathname}?${freeze(params, new Date())}`;
  await navigator.clipboard.writeText(address).then(
    () => say('Copied a permalink with the period frozen'),
    () => say('The browser did not allow copying; use the address bar'),
  );
}
