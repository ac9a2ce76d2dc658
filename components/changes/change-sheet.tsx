'use client';

import { ChangeView } from '@/components/change-detail/change-view';
import { Sheet } from '@/components/ui/overlay/sheet';
import { SheetBar } from '@/components/ui/overlay/sheet-bar';
import { withOpen } from '@/components/url/list-params';
import { addressOf, useScope } from '@/components/url/use-scope';

type ChangeSheetProps = {
  readonly id: string | null;
  /** The rows of the page, for up and down. */
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
};

/** The open change beside its list; it has its own address, and moves through the rows without closing. */
export function ChangeSheet({ id, ids, onOpen, onClose }: ChangeSheetProps) {
  const { params, pathname, href } = useScope();
  return (
    <Sheet open={id !== null} onClose={onClose} title="Change">
      {id === null ? null : (
        <ChangeView
          id={id}
          level="sheet"
          hrefOf={(other) => addressOf(pathname, withOpen(params, 'change', other))}
          toolbar={
            <SheetBar
              id={id}
              ids={ids}
              pageHref={href(`/changes/${encodeURIComponent(id)}`)}
              onOpen={onOpen}
              onClose={onClose}
            />
          }
        />
      )}
    </Sheet>
  );
}
