import type { ComponentProps } from 'react';
import { classes } from './classes';

export const CONTROL_CLASSES =
  'h-8 w-full rounded-md border border-line-strong/70 bg-surface px-2.5 text-base text-ink transition-colors hover:border-line-strong aria-invalid:border-unlinked disabled:bg-sunken disabled:text-muted';
/** Of fields; a button is always read-only to the browser, and a select is one. */
const READ_ONLY = 'read-only:bg-sunken read-only:text-muted';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classes(CONTROL_CLASSES, READ_ONLY, className)} {...rest} />;
}
