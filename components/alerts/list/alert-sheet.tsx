'use client';

import { Sheet } from '@/components/ui/overlay/sheet';
import { SheetBar } from '@/components/ui/overlay/sheet-bar';
import { useScope } from '@/components/url/use-scope';
import { AlertView } from '../detail/alert-view';

type AlertSheetProps = {
  readonly id: string | null;
  readonly ids: readonly string[];
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
};

/** The open alert beside its list. */
export function AlertSheet({ id, ids, onOpen, onClose }: AlertSheetProps) {
  const { href } = useScope();
  return (
    <Sheet open={id !== null} onClose={onClose} title="Alert">
      {id === null ? null : (
        <AlertView
          key={id}
          id={id}
          level="sheet"
          toolbar={
            <SheetBar
              id={id}
              ids={ids}
              pageHref={href(`/alerts/${encodeURIComponent(id)}`)}
              onOpen={onOpen}
              onClose={onClose}
            />
          }
        />
      )}
    </Sheet>
  );
}
