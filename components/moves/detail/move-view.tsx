'use client';

import type { ReactNode } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useApi } from '@/components/api/use-api';
import { EmptyState } from '@/components/ui/state/empty-state';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { movePath } from '../paths';
import { LargeBridge } from './large-bridge';
import { MoveHead } from './move-head';
import { ReviewPanel } from './review-panel';
import { EffectSection } from './sections/effect-section';
import { FindingsSection } from './sections/findings-section';
import { KnowSection } from './sections/know-section';
import { PartSection } from './sections/part-section';
import { WhereSection } from './sections/where-section';
import { WhySection } from './sections/why-section';
import { SelfBanner } from './self-banner';

type MoveViewProps = {
  readonly id: string;
  readonly level: 'page' | 'sheet';
  readonly toolbar?: ReactNode;
};

/** One division move: what is worst about it first, then what it opens, where, why, who decided, and how we know. */
export function MoveView({ id, level, toolbar }: MoveViewProps) {
  const answer = useApi<MoveDetailDto>(movePath(id), { live: true });
  const move = answer.data;
  if (answer.isError && move === undefined) {
    const gone = answer.error instanceof ApiError && answer.error.status === 404;
    return (
      <div className={level === 'sheet' ? 'p-5' : undefined}>
        {toolbar}
        {gone ? (
          <EmptyState title="No division move with this id">
            <p>
              Searched: <span className="font-mono wrap-anywhere">{id}</span> in the organisations you may
              see. A move that was only pushed goes when the platform says that it failed.
            </p>
          </EmptyState>
        ) : (
          <ErrorState
            doing="cannot show the division move"
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
      {move === undefined ? (
        <SkeletonRows rows={10} label="Reading the division move" />
      ) : (
        <>
          {move.selfMove ? <SelfBanner move={move} /> : null}
          <MoveHead move={move} level={level} />
          {level === 'page' ? <h2 className="sr-only">The move in full</h2> : null}
          <LargeBridge move={move} />
          <ReviewPanel key={move.id} move={move} />
          <EffectSection move={move} />
          <WhereSection move={move} />
          <WhySection move={move} />
          <PartSection move={move} />
          <FindingsSection move={move} />
          <KnowSection move={move} />
        </>
      )}
    </article>
  );
}
