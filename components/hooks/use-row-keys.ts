'use client';

import { useEffect, useState } from 'react';
import { keyOf } from '@/components/frame/shortcuts';

type RowKeysOptions = {
  readonly keys: readonly string[];
  /** The row whose sheet is open; moving then opens its neighbour instead. */
  readonly openKey: string | null;
  readonly onOpen: (key: string, how: 'push' | 'replace') => void;
  readonly onClose: () => void;
};

/** j and k walk the rows (arrows do while a sheet is open), Enter opens, Esc closes. Returns the row one stands on. */
export function useRowKeys({ keys, openKey, onOpen, onClose }: RowKeysOptions): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key === null || event.defaultPrevented || isElsewhere(event.target)) return;
      const step = stepOf(key, openKey !== null);
      if (step !== 0) {
        const from = keys.indexOf(openKey ?? current ?? '');
        const next = keys[Math.min(Math.max(from + step, 0), keys.length - 1)];
        if (next === undefined) return;
        event.preventDefault();
        setCurrent(next);
        if (openKey === null) reveal(next);
        else onOpen(next, 'replace');
      } else if (key === 'Enter' && openKey === null && current !== null && !isControl(event.target)) {
        event.preventDefault();
        onOpen(current, 'push');
      } else if (key === 'Escape' && openKey !== null) {
        event.preventDefault();
        onClose();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys, openKey, current, onOpen, onClose]);
  return current !== null && keys.includes(current) ? current : null;
}

function stepOf(key: string, open: boolean): -1 | 0 | 1 {
  if (key === 'j' || (open && key === 'ArrowDown')) return 1;
  return key === 'k' || (open && key === 'ArrowUp') ? -1 : 0;
}

function reveal(key: string) {
  const row = [...document.querySelectorAll('tr[data-row]')].find(
    (one) => one.getAttribute('data-row') === key,
  );
  row?.scrollIntoView({ block: 'nearest' });
}

/** Menus and dialogs have keys of their own. */
function isElsewhere(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="menu"], [role="listbox"], [role="dialog"][data-modal]') !== null
  );
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary') !== null;
}
