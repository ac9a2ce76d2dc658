'use client';

import Link from 'next/link';
import type { DirectoryKind } from '@/lib/kernel/words';
import { useDirectory } from './use-directory';
import { KIND_WORDS } from './words';

/** The way back up, at the same instant. */
export function DirectoryCrumbs({ kind }: { readonly kind?: DirectoryKind }) {
  const { door } = useDirectory();
  return (
    <nav aria-label="Where this stands" className="mb-1 flex gap-2 text-sm text-muted">
      <Link className="door" href={door('')}>
        Directory
      </Link>
      {kind === undefined ? null : (
        <>
          <span aria-hidden>/</span>
          <Link className="door" href={door(`/${kind}`)}>
            {KIND_WORDS[kind].many}
          </Link>
        </>
      )}
    </nav>
  );
}
