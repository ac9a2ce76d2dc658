import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classes } from './classes';

type ButtonProps = ComponentProps<'button'> & {
  /** `primary` for the one main action of a view, `danger` for what cannot be undone. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'medium' | 'small' | 'icon';
  /** Renders the only child (a link) with the look of a button. */
  readonly asChild?: boolean;
  readonly busy?: boolean;
};

const LOOKS = {
  primary: 'bg-accent text-on-accent border-transparent hover:opacity-90',
  plain: 'bg-surface text-ink border-line-strong/60 hover:border-line-strong hover:bg-sunken',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-sunken',
  danger: 'bg-surface text-unlinked border-unlinked/50 hover:border-unlinked hover:bg-bad-soft',
} as const;

const SIZES = {
  medium: 'h-8 px-3 text-base',
  small: 'h-7 px-2 text-sm',
  icon: 'size-8 justify-center',
} as const;

export function Button({
  look = 'plain',
  size = 'medium',
  asChild = false,
  busy = false,
  className,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  const Root = asChild ? Slot.Root : 'button';
  return (
    <Root
      {...(asChild ? {} : { type, disabled: disabled === true || busy })}
      aria-busy={busy || undefined}
      className={classes(
        'inline-flex shrink-0 items-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors',
        'disabled:opacity-55',
        LOOKS[look],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  );
}
