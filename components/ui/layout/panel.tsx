import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';

type PanelProps = {
  readonly title: ReactNode;
  /** At the right end of the title: a door, a count. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A part of a page under a hairline and a small title; no box, since space separates well enough. */
export function Panel({ title, aside, className, children }: PanelProps) {
  return (
    <section className={classes('min-w-0 border-t border-line-strong/60 pt-3', className)}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-base font-semibold">{title}</h2>
        {aside === undefined ? null : <div className="text-sm text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
