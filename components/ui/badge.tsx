import type { ReactNode } from 'react';
import { classes } from './classes';

const TONES = {
  plain: 'border-line-strong/50 text-muted',
  accent: 'border-accent/50 text-accent',
  warn: 'border-late/50 bg-warn-soft text-late',
  bad: 'border-unlinked/50 bg-bad-soft text-unlinked',
  good: 'border-linked/50 text-linked',
} as const;

export type Tone = keyof typeof TONES;

/** A word in a frame. The word carries the meaning; the tone only repeats it. */
export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs leading-5 font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
