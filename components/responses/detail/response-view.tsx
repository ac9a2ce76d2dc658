'use client';

import Link from 'next/link';
import { HistoryList } from '@/components/alerts/detail/history-list';
import { ApiError } from '@/components/api/api-error';
import { LIVE_MS, useApi } from '@/components/api/use-api';
import { Section } from '@/components/change-detail/section';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { responsePath } from '../paths';
import { DecisionPanel } from './decision-panel';
import { GuardList } from './guard-list';
import { ResponseHead } from './response-head';
import { StepList } from './step-list';
import { WhatHappened } from './what-happened';

/** While it is carried out its steps are followed closely. */
const RUNNING_MS = 2_000;

/** One response: what happened, what would be or was done about it, what stands in the way, and who decides. */
export function ResponseView({ id }: { readonly id: string }) {
  const { href } = useScope();
  const answer = useApi<ResponseDetailDto>(responsePath(id), {
    live: (last) => (last?.state === 'approved' || last?.state === 'running' ? RUNNING_MS : LIVE_MS),
  });
  return (
    <div className="mx-auto max-w-300">
      <nav aria-label="Path" className="mb-3 text-sm text-muted">
        <Link className="door" href={href('/responses')}>
          Responses
        </Link>
      </nav>
      {answer.isError ? (
        answer.error instanceof ApiError && answer.error.status === 404 ? (
          <EmptyState title="No response with this id">
            Searched: <span className="font-mono wrap-anywhere">{id}</span> in the organisations you may see.
          </EmptyState>
        ) : (
          <ErrorState
            doing="cannot show the response"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        )
      ) : answer.data === undefined ? (
        <SkeletonRows rows={10} label="Reading the response" />
      ) : (
        <ResponseBody response={answer.data} />
      )}
    </div>
  );
}

function ResponseBody({ response }: { readonly response: ResponseDetailDto }) {
  return (
    <article>
      <ResponseHead response={response} />
      <h2 className="sr-only">The response in full</h2>
      <div className="grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <WhatHappened response={response} />
          <StepList response={response} />
          <GuardList guards={response.guards} />
        </div>
        <div className="min-w-0">
          <div id="decision" className="scroll-mt-20 lg:sticky lg:top-24">
            <DecisionPanel response={response} />
          </div>
        </div>
        <div className="min-w-0">
          <Section title="History">
            <HistoryList entries={response.history} />
          </Section>
          <Section title="How it is known">
            <p className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
              <span>
                response <CopyableId id={response.id} label="response id" />
              </span>
              <span>
                finding <CopyableId id={response.findingId} label="finding id" />
              </span>
              <span>
                target <CopyableId id={response.target.id} label="target id" />
              </span>
            </p>
            <p className="mt-1 max-w-160 text-sm text-muted">
              Each step was written down before it was begun and after it ended, with what was read before and
              read back after. Secrets are left out. The platform’s own audit log names our client for it.
            </p>
          </Section>
        </div>
      </div>
    </article>
  );
}
