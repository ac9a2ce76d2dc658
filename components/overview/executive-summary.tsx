'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { childrenQuery } from '@/components/sessions/children-query';
import { LinkageSplit } from '@/components/sessions/parts/linkage-split';
import { largestSessionsPath, sessionPagePath, sessionSummaryPath } from '@/components/sessions/paths';
import { apartFromSentence, SESSION_KIND_WORDS, spanOf } from '@/components/sessions/words';
import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { Page } from '@/lib/kernel/paging';
import type { SessionDto, SessionSummaryDto } from '@/lib/sessions/contract';

/** The period in a few entries: a bulk task or a cascade is one, however many changes it holds; what is grave in it is named. */
export function ExecutiveSummary() {
  const scope = useScope();
  const may = useMay('sessions.read');
  const list = useApi<Page<SessionDto>>(may ? largestSessionsPath(scope) : null, {
    live: true,
    keep: true,
  });
  const sums = useApi<SessionSummaryDto>(may ? sessionSummaryPath(scope) : null, {
    live: true,
    keep: true,
  }).data;
  if (!may) return null;
  return (
    <Panel
      title="Executive summary"
      aside={
        sums === undefined ? null : (
          <>
            <Link className="door" href={scope.href('/sessions', { kind: 'bulk' })}>
              {countOf(sums.bulkTasks, 'bulk task')}
            </Link>{' '}
            and{' '}
            <Link className="door" href={scope.href('/sessions', { kind: 'cascade' })}>
              {countOf(sums.cascades, 'cascade')}
            </Link>{' '}
            hold {countOf(sums.changesInSessions, 'record')}; {formatCount(sums.changesAlone)} stand alone
          </>
        )
      }
    >
      {list.isError ? (
        <ErrorState doing="cannot show the summary" error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <SkeletonRows rows={4} label="Reading the summary" />
      ) : list.data.items.length === 0 ? (
        <EmptyState title="Nothing belongs together in this period">
          No bulk task and no cascade: every change of the period stands alone.
        </EmptyState>
      ) : (
        <>
          <ul className="divide-y border-y">
            {list.data.items.map((session) => (
              <Entry key={session.id} session={session} />
            ))}
          </ul>
          {list.data.nextCursor === null ? null : (
            <p className="mt-2 text-sm">
              <Link className="door" href={scope.href('/sessions', { sort: 'largest' })}>
                All sessions, the largest first
              </Link>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function Entry({ session }: { readonly session: SessionDto }) {
  const { href } = useScope();
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 lg:grid lg:grid-cols-[5rem_minmax(0,1fr)_6.5rem_8.5rem_5rem_auto]">
        <span>
          <Badge>{SESSION_KIND_WORDS[session.kind]}</Badge>
        </span>
        <Link
          href={href(sessionPagePath(session.id))}
          dir="auto"
          className="min-w-0 flex-1 basis-72 hover:text-accent hover:underline"
        >
          {session.sentence}
        </Link>
        <Link href={href('/changes', childrenQuery(session))} className="door lg:text-right">
          {countOf(session.changes, 'change')}
        </Link>
        <span className="text-sm">
          <LinkageSplit linkage={session.linkage} />
        </span>
        <RiskBars risk={session.risk} className="text-sm" />
        <span title={spanOf(session)}>
          <Time at={session.firstAt} precision="minute" />
        </span>
      </div>
      {apartFromSentence(session)
        .slice(0, 2)
        .map((change) => (
          <div
            key={change.changeId}
            className="mt-1 ml-4 flex flex-wrap items-baseline gap-x-3 border-l-2 border-outside pl-2 text-sm"
          >
            <RiskBars risk={change.risk} />
            <Link
              href={href(`/changes/${encodeURIComponent(change.changeId)}`)}
              className="hover:text-accent hover:underline"
            >
              {change.sentence}
            </Link>
          </div>
        ))}
    </li>
  );
}
