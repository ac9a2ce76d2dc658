'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useApi } from '@/components/api/use-api';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { SessionDetailDto } from '@/lib/sessions/contract';
import { sessionPagePath, sessionPath } from '../paths';
import { SessionBody } from './session-body';

type SessionViewProps = {
  readonly id: string;
  readonly level: 'page' | 'sheet';
  readonly toolbar?: ReactNode;
};

/** Names the former id that led to a page, so that the page can say so. */
const FORMER = 'was';

/** One session, or the picture of why it cannot be shown. */
export function SessionView({ id, level, toolbar }: SessionViewProps) {
  const answer = useApi<SessionDetailDto>(sessionPath(id), { live: true });
  const { href, params } = useScope();
  const router = useRouter();
  const current = answer.data?.id;
  useEffect(() => {
    if (level !== 'page' || current === undefined || current === id) return;
    router.replace(href(sessionPagePath(current), { [FORMER]: id }));
  }, [level, current, id, href, router]);
  if (answer.isError && answer.data === undefined) {
    const gone = answer.error instanceof ApiError && answer.error.status === 404;
    return (
      <div className={level === 'sheet' ? 'p-5' : undefined}>
        {toolbar}
        {gone ? (
          <EmptyState title="No session with this id">
            <p>
              Searched: <span className="font-mono wrap-anywhere">{id}</span> in the organisations you may
              see, among the ids of today and of before.
            </p>
          </EmptyState>
        ) : (
          <ErrorState
            doing="cannot show the session"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        )}
      </div>
    );
  }
  return (
    <article className={level === 'sheet' ? 'p-5 pb-16' : undefined}>
      {toolbar}
      {answer.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the session" />
      ) : (
        <SessionBody session={answer.data} asked={params.get(FORMER) ?? id} level={level} />
      )}
    </article>
  );
}
