import type { ComponentProps } from 'react';
import { classes } from './classes';

export const CONTROL_CLASSES =
  'h-8 w-full rounded-md border border-line-strong/70 bg-surface px-2.5 text-base text-ink transition-colors hover:border-line-strong aria-invalid:border-unlinked disabled:bg-sunken disabled:text-muted read-only:bg-sunken read-only:text-muted';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classes(CONTROL_CLASSES, className)} {...rest} />;
}
