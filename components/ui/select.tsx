'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useNonce } from '@/components/frame/nonce';
import { classes } from './classes';
import { CONTROL_CLASSES } from './input';

export type SelectOption<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  readonly text?: string;
  readonly disabled?: boolean;
};

type SelectProps<Value extends string> = {
  readonly value: Value | undefined;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly id?: string;
  /** The accessible name where no <label> points here. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly className?: string;
};

export function Select<Value extends string>({
  value,
  options,
  onChange,
  id,
  label,
  placeholder,
  disabled = false,
  className,
  ...described
}: SelectProps<Value>) {
  const nonce = useNonce();
  const choose = (text: string) => {
    const option = options.find((one) => one.value === text);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <Radix.Root value={value ?? ''} onValueChange={choose} disabled={disabled}>
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={classes(
          CONTROL_CLASSES,
          // A button can never be written in, so it counts as read-only; it is not to look so.
          'inline-flex items-center justify-between gap-2 not-disabled:bg-surface! not-disabled:text-ink!',
          className,
        )}
        {...described}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder ?? 'Choose'} />
        </span>
        <ChevronDown aria-hidden size={14} className="shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-60 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border bg-surface shadow-float data-[state=open]:animate-appear"
        >
          <Radix.Viewport {...(nonce === undefined ? {} : { nonce })} className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                textValue={option.text ?? (typeof option.label === 'string' ? option.label : option.value)}
                className="flex cursor-default items-center gap-2 rounded-sm py-1.5 pr-3 pl-7 text-base outline-none data-disabled:opacity-50 data-highlighted:bg-accent-soft"
              >
                <Radix.ItemIndicator className="absolute left-3">
                  <Check aria-hidden size={14} />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
