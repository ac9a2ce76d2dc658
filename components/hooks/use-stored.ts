'use client';

import { useCallback, useSyncExternalStore } from 'react';

const PREFIX = 'tallystick.';
const listeners = new Set<() => void>();

/**
 * A preference of this browser (never data): read after hydration, so the server's picture is the default one. What the
 * address says always wins over it.
 */
export function useStored(name: string, fallback: string): readonly [string, (value: string | null) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => read(name) ?? fallback,
    () => fallback,
  );
  const set = useCallback(
    (next: string | null) => {
      try {
        if (next === null) window.localStorage.removeItem(PREFIX + name);
        else window.localStorage.setItem(PREFIX + name, next);
      } catch {
        // Storage may be switched off; then the choice lasts as long as the address.
      }
      for (const tell of listeners) tell();
    },
    [name],
  );
  return [value, set];
}

function read(name: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  window.addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('storage', tell);
  };
}
