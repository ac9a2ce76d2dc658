'use client';

import Link from 'next/link';
import { useScope } from '@/components/url/use-scope';
import { AlertView } from './alert-view';

/** One alert as a page of its own. */
export function AlertPage({ id }: { readonly id: string }) {
  const { href } = useScope();
  return (
    <div className="mx-auto max-w-240">
      <AlertView
        id={id}
        level="page"
        toolbar={
          <nav aria-label="Path" className="mb-3 text-sm text-muted">
            <Link className="door" href={href('/alerts')}>
              Alerts
            </Link>
          </nav>
        }
      />
    </div>
  );
}
