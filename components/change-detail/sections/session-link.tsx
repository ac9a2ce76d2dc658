'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { childrenQuery } from '@/components/sessions/children-query';
import { sessionPagePath, sessionPath } from '@/components/sessions/paths';
import { formatCount } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { SessionDetailDto } from '@/lib/sessions/contract';

/** The session that a change is one child of, in its own words; the door alone until they are known. */
export function SessionLink({ id }: { readonly id: string }) {
  const { href } = useScope();
  const may = useMay('sessions.read');
  const session = useApi<SessionDetailDto>(may ? sessionPath(id) : null).data;
  if (!may) return null;
  const door = href(sessionPagePath(id));
  if (session === undefined) {
    return (
      <p>
        <Link className="door" href={door}>
          A session
        </Link>
      </p>
    );
  }
  return (
    <p>
      Part of a{' '}
      <Link className="door" href={door}>
        session of {formatCount(session.changes)} changes
      </Link>
      : <span dir="auto">{session.sentence}</span>.{' '}
      <Link className="door text-sm" href={href('/changes', childrenQuery(session))}>
        List them
      </Link>
    </p>
  );
}
