'use client';

import { Sheet } from '@/components/ui/overlay/sheet';
import { SheetBar } from '@/components/ui/overlay/sheet-bar';
import { useScope } from '@/components/url/use-scope';
import { MoveView } from '../detail/move-view';
import { movePagePath } from '../paths';

type MoveSheetProps = {
  readonly id: string | null;
  /** The rows of the page, for up and down. */
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
};

/** The open move beside its list; it has its own address, and moves through the rows without closing. */
export function MoveSheet({ id, ids, onOpen, onClose }: MoveSheetProps) {
  const { href } = useScope();
  return (
    <Sheet open={id !== null} onClose={onClose} title="Division move">
      {id === null ? null : (
        <MoveView
          key={id}
          id={id}
          level="sheet"
          toolbar={
            <SheetBar id={id} ids={ids} pageHref={href(movePagePath(id))} onOpen={onOpen} onClose={onClose} />
          }
        />
      )}
    </Sheet>
  );
}
