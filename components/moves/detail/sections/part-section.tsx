'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { countOf, shortenId } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { typeWord } from '../../words';

/** What belongs together may have begun before the period of the page. */
const YEAR = { period: '365d', from: null, to: null } as const;

/** The cascade or bulk task it belongs to, and the other moves of the same object and person. */
export function PartSection({ move }: { readonly move: MoveDetailDto }) {
  const { href } = useScope();
  const { session, targetResource, actor } = move;
  const name = targetResource.name ?? `${typeWord(targetResource.type)} ${shortenId(targetResource.id)}`;
  return (
    <Section title={session === null ? 'Related' : 'Part of'}>
      {session === null ? null : (
        <p>
          <Link className="door" href={href(`/sessions/${encodeURIComponent(session.id)}`)}>
            {session.sentence}
          </Link>{' '}
          <span className="text-muted">
            (one session,{' '}
            <Link
              className="door"
              href={href('/changes', { session: session.id, accountable: 'all', ...YEAR })}
            >
              {countOf(session.changes, 'record')}
            </Link>
            )
          </span>
        </p>
      )}
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <li>
          <Link
            className="door"
            href={href('/division-moves', {
              target: targetResource.id,
              ...YEAR,
            })}
          >
            Every move of <bdi>{name}</bdi>, 12 months
          </Link>
        </li>
        {actor.id === null ? null : (
          <li>
            <Link className="door" href={href('/division-moves', { actor: actor.id, ...YEAR })}>
              Every move by <bdi>{actor.name ?? shortenId(actor.id)}</bdi>, 12 months
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}
