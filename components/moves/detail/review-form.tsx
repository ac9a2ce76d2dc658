'use client';

import { useId, useState } from 'react';
import { ApiError } from '@/components/api/api-error';
import { useCommand } from '@/components/api/use-command';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useNotice } from '@/components/ui/overlay/notices';
import { ErrorState } from '@/components/ui/state/error-state';
import { Textarea } from '@/components/ui/textarea';
import type { MoveDetailDto, REVIEW_OUTCOMES } from '@/lib/divisions/contract';
import { reviewsPath } from '../paths';

type Outcome = (typeof REVIEW_OUTCOMES)[number];
type ReviewFormProps = {
  readonly move: MoveDetailDto;
  /** It was decided before; another outcome is added, none is taken back. */
  readonly again: boolean;
};

/** Less tells the next reader nothing. */
const SHORTEST = 3;

/** Approve or reject with a comment; for those who may not, the same form with the reason why not. */
export function ReviewForm({ move, again }: ReviewFormProps) {
  const say = useNotice();
  const why = useId();
  const [comment, setComment] = useState('');
  const decide = useCommand<Outcome, unknown>(
    (outcome) => ({ method: 'POST', path: reviewsPath(move.id), body: { outcome, comment: comment.trim() } }),
    {
      onDone: (_, outcome) => {
        setComment('');
        say(outcome === 'approved' ? 'Approved the move' : 'Rejected the move');
      },
    },
  );
  const { allowed, because } = move.mayReview;
  const short = comment.trim().length < SHORTEST;
  const fields = decide.error instanceof ApiError ? decide.error.fields : {};
  const reason = !allowed ? because : short ? 'Write a comment first; it is kept with the decision.' : null;
  return (
    <form className="mt-3 flex flex-col gap-3" onSubmit={(event) => event.preventDefault()}>
      <Field
        label={again ? 'Another decision' : 'Your decision'}
        required
        error={fields.comment}
        hint="Recorded with your name and the time, and never changed. Rejecting says that the move should not stand; it moves nothing back by itself."
      >
        {(control) => (
          <Textarea
            {...control}
            value={comment}
            maxLength={4_000}
            disabled={!allowed}
            placeholder={allowed ? 'Why it is right, or what must happen' : ''}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        )}
      </Field>
      {decide.isError ? <ErrorState doing="cannot record the review" error={decide.error} /> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          disabled={!allowed || short}
          busy={decide.isPending}
          aria-describedby={reason === null ? undefined : why}
          onClick={() => decide.mutate('approved')}
        >
          Approve the move
        </Button>
        <Button
          look="danger"
          disabled={!allowed || short}
          busy={decide.isPending}
          aria-describedby={reason === null ? undefined : why}
          onClick={() => decide.mutate('rejected')}
        >
          Reject the move
        </Button>
        {reason === null ? null : (
          <span id={why} className="text-sm text-muted">
            {reason}
          </span>
        )}
      </div>
    </form>
  );
}
