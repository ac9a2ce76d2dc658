'use client';

import Link from 'next/link';
import { useScope } from '@/components/url/use-scope';
import { SessionView } from './session-view';

/** One session as a page of its own. */
export function SessionPage({ id }: { readonly id: string }) {
  const { href } = useScope();
  return (
    <div className="mx-auto max-w-240">
      <SessionView
        id={id}
        level="page"
        toolbar={
          <nav aria-label="Path" className="mb-3 text-sm text-muted">
            <Link className="door" href={href('/sessions')}>
              Sessions
            </Link>
          </nav>
        }
      />
    </div>
  );
}
