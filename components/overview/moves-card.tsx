'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { useMay } from '@/components/frame/use-me';
import { MOVE_QUESTIONS } from '@/components/moves/filter/move-filter';
import { moveTotalsPath } from '@/components/moves/paths';
import { countOf, formatCount } from '@/components/ui/data/format';
import { Panel } from '@/components/ui/layout/panel';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { MoveSummaryDto } from '@/lib/divisions/contract';

const LINES = [
  {
    word: 'awaiting review',
    question: MOVE_QUESTIONS.pending,
    count: (sums: MoveSummaryDto) => sums.pending,
  },
  {
    word: 'review overdue',
    question: MOVE_QUESTIONS.overdue,
    count: (sums: MoveSummaryDto) => sums.overdue,
    bad: true,
  },
  {
    word: 'self-moves',
    question: MOVE_QUESTIONS.self,
    count: (sums: MoveSummaryDto) => sums.self,
    bad: true,
  },
  {
    word: 'across regions',
    question: MOVE_QUESTIONS.across,
    count: (sums: MoveSummaryDto) => sums.boundaryCross,
  },
  {
    word: 'region not evaluated',
    question: MOVE_QUESTIONS.boundaryUnknown,
    count: (sums: MoveSummaryDto) => sums.boundaryNotEvaluated,
  },
];

/** Division moves of the period that somebody should look at; each count opens exactly these. */
export function MovesCard() {
  const scope = useScope();
  const may = useMay('moves.read');
  const answer = useApi<MoveSummaryDto>(may ? moveTotalsPath(scope) : null, { live: true, keep: true });
  if (!may) return null;
  const sums = answer.data;
  return (
    <Panel
      title="Division moves"
      aside={
        sums === undefined ? null : (
          <Link className="door" href={scope.href('/division-moves')}>
            {countOf(sums.total, 'move')}
          </Link>
        )
      }
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot count the division moves"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : sums === undefined ? (
        <SkeletonRows rows={3} label="Reading the division moves" />
      ) : (
        <dl className="flex flex-col gap-2">
          {LINES.map(({ word, question, count, bad }) => (
            <div
              key={word}
              className="flex items-baseline justify-between gap-4 border-b pb-2 last:border-b-0"
            >
              <dt className="text-muted">{word}</dt>
              <dd>
                <Link
                  href={scope.href('/division-moves', { [question.name]: question.values })}
                  className={bad === true && count(sums) > 0 ? 'door text-unlinked' : 'door'}
                >
                  {formatCount(count(sums))}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
