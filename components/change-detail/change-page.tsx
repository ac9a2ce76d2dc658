'use client';

import Link from 'next/link';
import { useScope } from '@/components/url/use-scope';
import { ChangeView } from './change-view';

/** One change as a page of its own. */
export function ChangePage({ id }: { readonly id: string }) {
  const { href } = useScope();
  return (
    <div className="mx-auto max-w-240">
      <ChangeView
        id={id}
        level="page"
        hrefOf={(other) => href(`/changes/${encodeURIComponent(other)}`)}
        toolbar={
          <nav aria-label="Path" className="mb-3 text-sm text-muted">
            <Link className="door" href={href('/changes')}>
              Changes
            </Link>
          </nav>
        }
      />
    </div>
  );
}
