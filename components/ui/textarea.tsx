import type { ComponentProps } from 'react';
import { classes } from './classes';
import { CONTROL_CLASSES } from './input';

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} className={classes(CONTROL_CLASSES, 'h-auto py-1.5', className)} {...rest} />;
}
