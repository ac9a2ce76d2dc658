'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
};

/** A question or a form above the page; on a phone it fills the screen. */
export function Dialog({ open, onClose, title, description, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-[#14161a]/40 data-[state=open]:animate-appear" />
        <Radix.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className="fixed inset-0 z-50 flex flex-col overflow-y-auto bg-surface p-5 shadow-float data-[state=open]:animate-appear md:inset-auto md:top-[12vh] md:left-1/2 md:max-h-[76vh] md:w-130 md:-translate-x-1/2 md:rounded-md md:border"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="font-serif text-xl">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="-mt-1 -mr-1 inline-flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-sunken"
            >
              <X aria-hidden size={16} />
            </Radix.Close>
          </div>
          {description === undefined ? null : (
            <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
          )}
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
