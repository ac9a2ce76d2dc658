'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';

type ChipProps = {
  readonly children: ReactNode;
  readonly pressed?: boolean;
  readonly onPress?: () => void;
  /** Named removal, for a filter that is set: `Remove service Directory`. */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  readonly title?: string;
};

/** A filter one may press, or one that is set and may be removed. */
export function Chip({ children, pressed, onPress, removeLabel, onRemove, title }: ChipProps) {
  const look = classes(
    'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm whitespace-nowrap transition-colors',
    pressed === true
      ? 'border-accent bg-accent-soft text-accent'
      : 'border-line-strong/50 bg-surface text-ink',
  );
  if (onRemove !== undefined) {
    return (
      <span className={look}>
        {children}
        <button
          type="button"
          aria-label={removeLabel ?? 'Remove'}
          onClick={onRemove}
          className="-mr-1.5 inline-flex size-6 items-center justify-center rounded-full hover:bg-sunken"
        >
          <X aria-hidden size={13} />
        </button>
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-pressed={pressed ?? false}
      onClick={onPress}
      title={title}
      className={classes(look, 'hover:border-line-strong')}
    >
      {children}
    </button>
  );
}
