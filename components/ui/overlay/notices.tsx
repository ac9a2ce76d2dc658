'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

type Notice = { readonly id: number; readonly text: string };

const SHOWN_MS = 5_000;
const NoticeContext = createContext<(text: string) => void>(() => undefined);

/** Says in a line at the foot of the page what was just done; read out politely. */
export function useNotice(): (text: string) => void {
  return useContext(NoticeContext);
}

export function Notices({ children }: { readonly children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const say = useCallback((text: string) => setNotice({ id: Date.now(), text }), []);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <NoticeContext value={say}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-16 z-70 flex justify-center md:bottom-6"
      >
        {notice === null ? null : (
          <p
            key={notice.id}
            className="animate-appear rounded-md bg-ink px-3 py-2 text-sm text-paper shadow-float"
          >
            {notice.text}
          </p>
        )}
      </div>
    </NoticeContext>
  );
}
