'use client';

import { Sheet } from '@/components/ui/overlay/sheet';
import { SheetBar } from '@/components/ui/overlay/sheet-bar';
import { useScope } from '@/components/url/use-scope';
import { SessionView } from '../detail/session-view';
import { sessionPagePath } from '../paths';

type SessionSheetProps = {
  readonly id: string | null;
  /** The rows of the page, for up and down. */
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
};

/** The open session beside its list; it has its own address, and moves through the rows without closing. */
export function SessionSheet({ id, ids, onOpen, onClose }: SessionSheetProps) {
  const { href } = useScope();
  return (
    <Sheet open={id !== null} onClose={onClose} title="Session">
      {id === null ? null : (
        <SessionView
          id={id}
          level="sheet"
          toolbar={
            <SheetBar
              id={id}
              ids={ids}
              pageHref={href(sessionPagePath(id))}
              onOpen={onOpen}
              onClose={onClose}
            />
          }
        />
      )}
    </Sheet>
  );
}
