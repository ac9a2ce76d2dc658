import type { ReactNode } from 'react';

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded-sm border border-line-strong/50 bg-sunken px-1 font-mono text-xs text-muted">
      {children}
    </kbd>
  );
}
