'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';

type SheetProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Read out when the sheet opens; not drawn, since the content has its own heading. */
  readonly title: string;
  readonly side?: 'right' | 'left';
  /** A modal sheet covers the page; the other kind leaves the list beside it in use. */
  readonly modal?: boolean;
  readonly children: ReactNode;
};

/** Something opened from a list without leaving it; a full page at 390 px. */
export function Sheet({ open, onClose, title, side = 'right', modal = false, children }: SheetProps) {
  return (
    <Radix.Root open={open} modal={modal} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        {modal ? (
          <Radix.Overlay className="fixed inset-0 z-40 bg-[#14161a]/40 data-[state=open]:animate-appear" />
        ) : null}
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The sheet itself, so that it is read from its start and arrows scroll it.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onInteractOutside={modal ? undefined : (event) => event.preventDefault()}
          className={classes(
            'fixed inset-0 z-40 overflow-y-auto overscroll-contain bg-surface shadow-float outline-none data-[state=open]:animate-slide md:inset-y-0',
            side === 'right'
              ? 'md:left-auto md:w-[min(720px,56vw)] md:border-l'
              : 'md:right-auto md:w-80 md:border-r',
          )}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
