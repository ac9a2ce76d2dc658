'use client';

import Link from 'next/link';
import { useScope } from '@/components/url/use-scope';
import { MoveView } from './move-view';

/** One division move as a page of its own. */
export function MovePage({ id }: { readonly id: string }) {
  const { href } = useScope();
  return (
    <div className="mx-auto max-w-240">
      <MoveView
        id={id}
        level="page"
        toolbar={
          <nav aria-label="Path" className="mb-3 text-sm text-muted">
            <Link className="door" href={href('/division-moves')}>
              Division moves
            </Link>
          </nav>
        }
      />
    </div>
  );
}
