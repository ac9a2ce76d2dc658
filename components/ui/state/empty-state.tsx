import type { ReactNode } from 'react';
import { TallyGlyph } from '@/components/tally/tally-glyph';

type EmptyStateProps = {
  /** What was searched, as a sentence: `No change matches these filters.` */
  readonly title: string;
  /** Whether the source was complete, and what would fill the list. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 py-12 md:items-center md:text-center">
      <TallyGlyph status="not_applicable" size={4} decorative />
      <h2 className="text-lg font-medium">{title}</h2>
      {children === undefined ? null : <div className="max-w-130 text-muted">{children}</div>}
      {action}
    </div>
  );
}
