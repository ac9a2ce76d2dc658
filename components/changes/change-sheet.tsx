'use client';

import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { ChangeView } from '@/components/change-detail/change-view';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/overlay/sheet';
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
  const at = id === null ? -1 : ids.indexOf(id);
  const before = at > 0 ? ids[at - 1] : undefined;
  const after = at >= 0 ? ids[at + 1] : undefined;
  const hrefOf = (other: string) => {
    const next = new URLSearchParams(params);
    next.set('change', other);
    return addressOf(pathname, next);
  };
  return (
    <Sheet open={id !== null} onClose={onClose} title="Change">
      {id === null ? null : (
        <ChangeView
          id={id}
          level="sheet"
          hrefOf={hrefOf}
          toolbar={
            <div className="-mt-2 mb-3 flex items-center gap-1 border-b pb-2">
              <Step
                label="Row before (k)"
                to={before}
                onOpen={onOpen}
                icon={<ChevronUp aria-hidden size={16} />}
              />
              <Step
                label="Next row (j)"
                to={after}
                onOpen={onOpen}
                icon={<ChevronDown aria-hidden size={16} />}
              />
              <span className="flex-1 pl-2 text-sm text-muted">
                {at >= 0 ? `${at + 1} of ${ids.length} on this page` : 'not on this page of the list'}
              </span>
              <Button asChild look="quiet" size="icon">
                <Link href={href(`/changes/${encodeURIComponent(id)}`)} aria-label="Open as a page">
                  <Maximize2 aria-hidden size={15} />
                </Link>
              </Button>
              <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
                <X aria-hidden size={16} />
              </Button>
            </div>
          }
        />
      )}
    </Sheet>
  );
}

function Step({
  label,
  to,
  onOpen,
  icon,
}: {
  readonly label: string;
  readonly to: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly icon: React.ReactNode;
}) {
  return (
    <Button
      look="quiet"
      size="icon"
      aria-label={label}
      disabled={to === undefined}
      onClick={() => (to === undefined ? undefined : onOpen(to))}
    >
      {icon}
    </Button>
  );
}
