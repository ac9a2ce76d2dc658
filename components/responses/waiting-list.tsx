'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { RiskBars } from '@/components/tally/risk-bars';
import { Button } from '@/components/ui/button';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { Panel } from '@/components/ui/layout/panel';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import type { Page } from '@/lib/kernel/paging';
import { Countdown } from './countdown';
import { waitingPath } from './paths';
import { ResponseTitle } from './response-title';

/** What a second person has to decide, the one that expires first on top. */
export function WaitingList() {
  const scope = useScope();
  const answer = useApi<Page<ResponseDto>>(waitingPath(scope), { live: true, keep: true });
  const waiting = [...(answer.data?.items ?? [])].sort((a, b) =>
    (a.expiresAt ?? '9').localeCompare(b.expiresAt ?? '9'),
  );
  return (
    <Panel
      title="Wait for approval"
      aside={answer.data === undefined ? undefined : countOf(waiting.length, 'response')}
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show what waits"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={2} label="Reading what waits" />
      ) : waiting.length === 0 ? (
        <p className="text-muted">Nothing waits for a decision.</p>
      ) : (
        <ul className="divide-y border-y">
          {waiting.map((response) => (
            <WaitingItem
              key={response.id}
              response={response}
              href={scope.href(`/responses/${encodeURIComponent(response.id)}`)}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function WaitingItem({ response, href }: { readonly response: ResponseDto; readonly href: string }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-l-2 border-l-late py-3 pl-3">
      <div className="min-w-0 flex-1 basis-80">
        <span className="text-lg">
          <ResponseTitle response={response} href={href} />
        </span>
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          <RiskBars risk={response.severity} />
          <span>
            asked by <bdi className="text-ink">{response.requestedBy}</bdi>
          </span>
          <Time at={response.proposedAt} />
        </p>
      </div>
      {response.expiresAt === null ? null : <Countdown until={response.expiresAt} />}
      <Button asChild look="primary" className="max-sm:w-full max-sm:justify-center">
        <Link href={href}>Look and decide</Link>
      </Button>
    </li>
  );
}
