'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';

export type MenuItem =
  | {
      readonly kind: 'item';
      readonly key: string;
      readonly label: ReactNode;
      readonly onSelect: () => void;
      readonly checked?: boolean;
      readonly disabled?: boolean;
      readonly hint?: ReactNode;
    }
  | { readonly kind: 'heading'; readonly key: string; readonly label: ReactNode }
  | { readonly kind: 'line'; readonly key: string };

type MenuProps = {
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
};

const ITEM =
  'flex cursor-default items-center gap-2 rounded-sm px-2 py-1.5 outline-none data-disabled:opacity-50 data-highlighted:bg-accent-soft';

export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-md border bg-surface p-1 shadow-float data-[state=open]:animate-appear"
        >
          {items.map((item) => (
            <MenuRow key={item.key} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  if (item.kind === 'line') return <Radix.Separator className="my-1 border-t" />;
  if (item.kind === 'heading') {
    return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs text-muted">{item.label}</Radix.Label>;
  }
  if (item.checked !== undefined) {
    return (
      <Radix.CheckboxItem
        checked={item.checked}
        disabled={item.disabled ?? false}
        onSelect={item.onSelect}
        className={classes(ITEM, 'pl-7')}
      >
        <Radix.ItemIndicator className="absolute left-3">
          <Check aria-hidden size={14} />
        </Radix.ItemIndicator>
        <span className="flex-1">{item.label}</span>
        {item.hint}
      </Radix.CheckboxItem>
    );
  }
  return (
    <Radix.Item disabled={item.disabled ?? false} onSelect={item.onSelect} className={ITEM}>
      <span className="flex-1">{item.label}</span>
      {item.hint}
    </Radix.Item>
  );
}
