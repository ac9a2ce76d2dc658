'use client';

import { Section } from '@/components/change-detail/section';
import { Badge } from '@/components/ui/badge';
import { Time } from '@/components/ui/data/time';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { ReviewClock } from '../parts/review-clock';
import { REVIEW_WORDS } from '../words';
import { ReviewForm } from './review-form';

/** Where the review stands, the decision of whoever may take it, and every outcome so far. */
export function ReviewPanel({ move }: { readonly move: MoveDetailDto }) {
  const { review, reviews } = move;
  const waits = review.state === 'pending' || review.state === 'overdue';
  return (
    <Section title="Review">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <ReviewClock review={review} className="font-medium" />
        {review.dueAt === null ? null : (
          <span className="text-sm text-muted">
            due <Time at={review.dueAt} precision="minute" />
          </span>
        )}
      </div>
      {review.state === 'not_needed' ? (
        <p className="mt-1 text-sm text-muted">
          The review policy in force at that moment asked for none. A later policy applies to later moves.
        </p>
      ) : null}
      {reviews.length === 0 ? null : (
        <ol className="mt-2 divide-y border-y">
          {reviews.map((one) => (
            <li key={one.id} className="py-2">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <Badge tone={one.outcome === 'approved' ? 'good' : 'bad'}>{REVIEW_WORDS[one.outcome]}</Badge>
                <bdi>{one.reviewer}</bdi>
                <Time at={one.at} />
              </div>
              <p dir="auto" className="mt-1 whitespace-pre-wrap">
                {one.comment}
              </p>
            </li>
          ))}
        </ol>
      )}
      {waits || (move.mayReview.allowed && review.state !== 'not_needed') ? (
        <ReviewForm move={move} again={!waits} />
      ) : null}
    </Section>
  );
}
