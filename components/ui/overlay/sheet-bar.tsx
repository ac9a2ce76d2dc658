'use client';

import { ChevronDown, ChevronUp, Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

type SheetBarProps = {
  readonly id: string;
  /** The rows of the page, for up and down. */
  readonly ids: readonly string[];
  /** Address of the same thing as a page of its own. */
  readonly pageHref: string;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
};

/** Over what lies open beside a list: to its neighbours, to its own page, away. */
export function SheetBar({ id, ids, pageHref, onOpen, onClose }: SheetBarProps) {
  const at = ids.indexOf(id);
  return (
    <div className="-mt-2 mb-3 flex items-center gap-1 border-b pb-2">
      <Step
        label="Row before (k)"
        to={at > 0 ? ids[at - 1] : undefined}
        onOpen={onOpen}
        icon={<ChevronUp aria-hidden size={16} />}
      />
      <Step
        label="Next row (j)"
        to={at >= 0 ? ids[at + 1] : undefined}
        onOpen={onOpen}
        icon={<ChevronDown aria-hidden size={16} />}
      />
      <span className="flex-1 pl-2 text-sm text-muted">
        {at >= 0 ? `${at + 1} of ${ids.length} on this page` : 'not on this page of the list'}
      </span>
      <Button asChild look="quiet" size="icon">
        <Link href={pageHref} aria-label="Open as a page">
          <Maximize2 aria-hidden size={15} />
        </Link>
      </Button>
      <Button look="quiet" size="icon" onClick={onClose} aria-label="Close (Esc)">
        <X aria-hidden size={16} />
      </Button>
    </div>
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
  readonly icon: ReactNode;
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
