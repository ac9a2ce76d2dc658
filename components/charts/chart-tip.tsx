import type { ReactNode } from 'react';

export function ChartTip({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="rounded-md border bg-surface px-2.5 py-1.5 text-sm text-ink shadow-float">
      <p className="font-mono text-xs text-muted">{title}</p>
      {children}
    </div>
  );
}
