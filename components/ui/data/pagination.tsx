'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ShallowLink } from '@/components/url/shallow-link';

type PaginationProps = {
  readonly shown: number;
  readonly unit: string;
  /** Address of the page after this one; null on the last. */
  readonly nextHref: string | null;
  /** Address of the first page; null when this is it. */
  readonly firstHref: string | null;
  readonly nextLabel?: string;
};

/** Keyset paging: on to older rows, or back to the first; the browser's Back goes one page back. */
export function Pagination({ shown, unit, nextHref, firstHref, nextLabel = 'Older' }: PaginationProps) {
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 py-3">
      <p className="text-sm text-muted">
        {shown} {unit} on this page{nextHref === null ? ', the last' : ''}
      </p>
      <div className="flex gap-2">
        {firstHref === null ? null : (
          <Button asChild>
            <ShallowLink href={firstHref}>
              <ChevronLeft aria-hidden size={14} /> First page
            </ShallowLink>
          </Button>
        )}
        {nextHref === null ? null : (
          <Button asChild>
            <ShallowLink href={nextHref}>
              {nextLabel} <ChevronRight aria-hidden size={14} />
            </ShallowLink>
          </Button>
        )}
      </div>
    </nav>
  );
}
