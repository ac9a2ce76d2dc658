'use client';

import { CircleCheck, CircleSlash, Hourglass, TimerOff } from 'lucide-react';
import { useHydrated } from '@/components/hooks/use-hydrated';
import { classes } from '@/components/ui/classes';
import { formatSpan } from '@/components/ui/data/format';
import type { MoveReviewDto } from '@/lib/divisions/contract';
import { REVIEW_WORDS } from '../words';

const LOOKS = {
  pending: { Icon: Hourglass, colour: 'text-late' },
  overdue: { Icon: TimerOff, colour: 'text-unlinked' },
  approved: { Icon: CircleCheck, colour: 'text-linked' },
  rejected: { Icon: CircleSlash, colour: 'text-unlinked' },
} as const;

/** Where the review stands, with the time that is left or gone; the word carries it, shape and colour repeat it. */
export function ReviewClock({
  review,
  className,
}: {
  readonly review: MoveReviewDto;
  readonly className?: string;
}) {
  const hydrated = useHydrated();
  if (review.state === 'not_needed') {
    return <span className={classes('text-muted', className)}>{REVIEW_WORDS.not_needed}</span>;
  }
  const { Icon, colour } = LOOKS[review.state];
  const clock = hydrated ? clockWords(review, Date.now()) : null;
  return (
    <span className={classes('inline-flex items-start gap-1.5', className)}>
      <Icon aria-hidden size={14} className={classes('mt-0.5 shrink-0', colour)} />
      <span className={colour}>
        {REVIEW_WORDS[review.state]}
        {clock === null ? null : <span className="block text-xs text-muted">{clock}</span>}
      </span>
    </span>
  );
}

function clockWords({ state, dueAt, reviewer }: MoveReviewDto, now: number): string | null {
  if (state === 'approved' || state === 'rejected') return reviewer === null ? null : `by ${reviewer}`;
  if (dueAt === null) return null;
  const left = Date.parse(dueAt) - now;
  return left >= 0 ? `${formatSpan(left)} left` : `${formatSpan(-left)} late`;
}
