import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { readonly label: ReactNode };

export function Checkbox({ label, className, ...rest }: CheckboxProps) {
  return (
    <label className={classes('flex min-h-6 cursor-pointer items-center gap-2', className)}>
      <input type="checkbox" className="size-3.5 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0 flex-1">{label}</span>
    </label>
  );
}
