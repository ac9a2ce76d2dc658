'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { PaceChart } from '@/components/charts/pace-chart';
import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { SessionDetailDto } from '@/lib/sessions/contract';
import { childrenQuery } from '../children-query';
import { LinkageSplit } from '../parts/linkage-split';
import { SurfacedList } from '../parts/surfaced-list';
import { sessionPagePath } from '../paths';
import { ResolvePanel } from '../resolve/resolve-panel';
import { ownerName, SESSION_KIND_WORDS, spanOf } from '../words';
import { PartsTable } from './parts-table';
import { Reconciled } from './reconciled';

type SessionBodyProps = {
  readonly session: SessionDetailDto;
  /** The id in the address; another than the session's own when the session has moved. */
  readonly asked: string;
  readonly level: 'page' | 'sheet';
};

/** What belongs together, why, what must not be overlooked in it, of what it is made, and that nothing is lost. */
export function SessionBody({ session, asked, level }: SessionBodyProps) {
  const { href } = useScope();
  const Heading = level === 'page' ? 'h1' : 'h2';
  const children = href('/changes', childrenQuery(session));
  return (
    <>
      <header>
        <div className="flex flex-wrap items-start gap-x-3 md:flex-nowrap">
          <Heading
            dir="auto"
            className={`min-w-0 flex-1 font-serif wrap-anywhere ${level === 'page' ? 'text-xl md:text-2xl' : 'text-xl'}`}
          >
            {session.sentence}
          </Heading>
          <RiskBars risk={session.risk} className="pt-1.5 font-medium max-md:w-full" />
        </div>
        <div className="mt-2 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm text-muted">
          <Badge>{SESSION_KIND_WORDS[session.kind]}</Badge>
          <span>
            <Time at={session.firstAt} className="text-ink" /> to{' '}
            <Time at={session.lastAt} className="text-ink" />, {spanOf(session)}
          </span>
          <span>
            · <bdi className="text-ink">{ownerName(session)}</bdi>{' '}
            {session.owner.id === null ? null : <CopyableId id={session.owner.id} label="owner id" />}
          </span>
          {session.client === null ? null : (
            <span>
              · via client <bdi>{session.client.name ?? session.client.id}</bdi>
            </span>
          )}
        </div>
        {asked === session.id || !session.formerIds.includes(asked) ? null : (
          <p role="note" className="mt-2 text-sm text-late">
            <span className="font-mono">{asked}</span> is a former id: an earlier record came in, and the
            session now bears the id of that one.
          </p>
        )}
      </header>
      {level === 'page' ? <h2 className="sr-only">The session in full</h2> : null}
      <Section title="Why these belong together">
        <p>{session.ruleSays}</p>
        {session.parentId === null ? null : (
          <p className="mt-1">
            It is one step of{' '}
            <Link className="door" href={href(sessionPagePath(session.parentId))}>
              a bulk task
            </Link>
            .
          </p>
        )}
      </Section>
      {session.surfaced.count === 0 ? null : (
        <Section title="Not to be overlooked">
          <p className="mb-1 text-muted">
            {countOf(session.surfaced.count, 'change')} of high or critical risk;{' '}
            {session.surfaced.count === 1 ? 'it' : 'each'} also stands alone in lists and on the overview.
          </p>
          <SurfacedList changes={session.surfaced.first} />
          {session.surfaced.count > session.surfaced.first.length ? (
            <p className="mt-1 text-sm">
              <Link
                className="door"
                href={href('/changes', { ...childrenQuery(session), risk: ['high', 'critical'] })}
              >
                All {formatCount(session.surfaced.count)}
              </Link>
            </p>
          ) : null}
        </Section>
      )}
      <Section title="The changes in it">
        <div className="mb-3 flex flex-wrap items-baseline gap-x-5 gap-y-1">
          <Link className="door text-lg" href={children}>
            {countOf(session.changes, 'record')}
          </Link>
          <span className="text-muted">{countOf(session.accountable, 'accountable change')}</span>
          <LinkageSplit linkage={session.linkage} />
        </div>
        <PaceChart session={session} />
        <div className="mt-4">
          <PartsTable session={session} />
        </div>
      </Section>
      <ResolvePanel session={session} />
      {session.nestedSessions.length === 0 ? null : (
        <Section title="Cascades inside it">
          <ul className="divide-y border-y">
            {session.nestedSessions.map((nested) => (
              <li key={nested.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2">
                <Link
                  className="min-w-0 flex-1 basis-72 hover:text-accent hover:underline"
                  href={href(sessionPagePath(nested.id))}
                >
                  {nested.sentence}
                </Link>
                <RiskBars risk={nested.risk} className="text-sm" />
                <Time at={nested.firstAt} />
              </li>
            ))}
          </ul>
          {session.nested > session.nestedSessions.length ? (
            <p className="mt-1 text-sm text-muted">
              The first {formatCount(session.nestedSessions.length)} of {formatCount(session.nested)}.
            </p>
          ) : null}
        </Section>
      )}
      <Reconciled session={session} />
    </>
  );
}
