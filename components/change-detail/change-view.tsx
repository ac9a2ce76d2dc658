'use client';

import type { ReactNode } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useApi } from '@/components/api/use-api';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { ChangeDetailDto } from '@/lib/changes/contract';
import { ChangeHead } from './change-head';
import { changePath } from './change-path';
import { ClosedLoopSection } from './closed-loop/closed-loop-section';
import { ContextSection } from './sections/context-section';
import { KnowSection } from './sections/know-section';
import { RawSection } from './sections/raw-section';
import { RelatedSection } from './sections/related-section';
import { WhatSection } from './sections/what-section';
import { WhySection } from './sections/why-section';

type ChangeViewProps = {
  readonly id: string;
  /** Where a related change opens: beside the list, or as a page. */
  readonly hrefOf: (id: string) => string;
  readonly level: 'page' | 'sheet';
  readonly toolbar?: ReactNode;
};

/** One change with everything behind it: what, why, what it is part of, how we know, and the record itself. */
export function ChangeView({ id, hrefOf, level, toolbar }: ChangeViewProps) {
  const answer = useApi<ChangeDetailDto>(changePath(id));
  if (answer.isError) {
    const gone = answer.error instanceof ApiError && answer.error.status === 404;
    return (
      <div className="p-5">
        {toolbar}
        {gone ? (
          <EmptyState title="No change with this id">
            <p>
              Searched: <span className="font-mono wrap-anywhere">{id}</span> in the organisations you may
              see. It may not have been collected yet; Coverage shows which hours were.
            </p>
          </EmptyState>
        ) : (
          <ErrorState
            doing="cannot show the change"
            error={answer.error}
            onRetry={() => void answer.refetch()}
          />
        )}
      </div>
    );
  }
  const change = answer.data;
  return (
    <article className={level === 'sheet' ? 'p-5 pb-16' : undefined}>
      {toolbar}
      {change === undefined ? (
        <SkeletonRows rows={10} label="Reading the change" />
      ) : (
        <>
          <ChangeHead change={change} level={level} />
          {level === 'page' ? <h2 className="sr-only">The change in full</h2> : null}
          <WhatSection change={change} />
          <WhySection change={change} />
          <ClosedLoopSection key={`loop ${change.id}`} change={change} level={level} />
          <RelatedSection change={change} hrefOf={hrefOf} shallow={level === 'sheet'} />
          <ContextSection change={change} />
          <KnowSection change={change} />
          <RawSection key={change.id} id={change.id} />
        </>
      )}
    </article>
  );
}
