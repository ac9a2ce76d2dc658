'use client';

import { classes } from '@/components/ui/classes';
import { formatCount } from '@/components/ui/data/format';
import { Skeleton } from '@/components/ui/state/skeleton';
import { ShallowLink } from '@/components/url/shallow-link';
import { addressOf, useScope } from '@/components/url/use-scope';
import type { MoveSummaryDto } from '@/lib/divisions/contract';
import {
  askQuestion,
  clearMoveFilters,
  isAsked,
  isMoveFiltered,
  MOVE_QUESTIONS,
  type MoveQuestion,
  readMoveFilter,
} from '../filter/move-filter';

type Figure = {
  readonly word: string;
  readonly count: (summary: MoveSummaryDto) => number;
  readonly question: MoveQuestion;
  /** What it means, on hover. */
  readonly title: string;
  /** Calls for somebody, when it is not zero. */
  readonly bad?: boolean;
};

const FIGURES: readonly Figure[] = [
  {
    word: 'self-moves',
    count: (summary) => summary.self,
    question: MOVE_QUESTIONS.self,
    title: 'The person moved themselves, directly or through an OAuth client of theirs',
    bad: true,
  },
  {
    word: 'across regions',
    count: (summary) => summary.boundaryCross,
    question: MOVE_QUESTIONS.across,
    title: 'Both divisions have a region and the regions differ',
  },
  {
    word: 'region not evaluated',
    count: (summary) => summary.boundaryNotEvaluated,
    question: MOVE_QUESTIONS.boundaryUnknown,
    title: 'A division had no region at that moment, so nobody can say whether a border was crossed',
  },
  {
    word: 'into restricted',
    count: (summary) => summary.restricted,
    question: MOVE_QUESTIONS.restricted,
    title: 'Into a division that was tagged restricted or high security at that moment',
  },
  {
    word: 'awaiting review',
    count: (summary) => summary.pending,
    question: MOVE_QUESTIONS.pending,
    title: 'Asked for by the review policy, still in time',
  },
  {
    word: 'review overdue',
    count: (summary) => summary.overdue,
    question: MOVE_QUESTIONS.overdue,
    title: 'Not reviewed by its due date',
    bad: true,
  },
  {
    word: 'no reason found',
    count: (summary) => summary.unlinked,
    question: MOVE_QUESTIONS.noReason,
    title: 'No ticket and no commit asked for it',
    bad: true,
  },
  {
    word: 'flagged address',
    count: (summary) => summary.flaggedAddress,
    question: MOVE_QUESTIONS.flaggedAddress,
    title: 'From outside the allow-list, or from an address new for the person who moved it',
  },
  {
    word: 'never audited',
    count: (summary) => summary.unaudited,
    question: MOVE_QUESTIONS.unaudited,
    title: 'Seen only by comparing two snapshots: the audit log has no record of it',
    bad: true,
  },
];

/** The figures of the list; each is the door to exactly the moves it counts, and back. */
export function MoveFigures({ summary }: { readonly summary: MoveSummaryDto | undefined }) {
  const { params, pathname } = useScope();
  const filter = readMoveFilter(params);
  return (
    <ul className="grid grid-cols-3 gap-x-4 gap-y-3 lg:grid-cols-5 2xl:grid-cols-10">
      <FigureDoor
        word={isMoveFiltered(filter) ? 'moves match' : 'moves'}
        count={summary?.total}
        href={addressOf(pathname, clearMoveFilters(params))}
        current={false}
        title="Every division move of the period"
      />
      {FIGURES.map((figure) => (
        <FigureDoor
          key={figure.word}
          word={figure.word}
          title={figure.title}
          count={summary === undefined ? undefined : figure.count(summary)}
          href={addressOf(pathname, askQuestion(params, figure.question))}
          current={isAsked(filter, figure.question)}
          bad={figure.bad === true}
        />
      ))}
    </ul>
  );
}

type FigureDoorProps = {
  readonly word: string;
  readonly count: number | undefined;
  readonly href: string;
  readonly current: boolean;
  readonly title: string;
  readonly bad?: boolean;
};

function FigureDoor({ word, count, href, current, title, bad = false }: FigureDoorProps) {
  return (
    <li>
      <ShallowLink
        href={href}
        title={title}
        aria-current={current ? 'true' : undefined}
        className={classes(
          'block border-t-2 pt-1.5 transition-colors hover:border-accent',
          current ? 'border-accent' : 'border-line',
        )}
      >
        {count === undefined ? (
          <Skeleton className="my-1 h-6 w-10" />
        ) : (
          <span
            className={classes('block font-serif text-xl md:text-2xl', bad && count > 0 && 'text-unlinked')}
          >
            {formatCount(count)}
          </span>
        )}
        <span className={classes('text-xs md:text-sm', current ? 'text-accent' : 'text-muted')}>{word}</span>
      </ShallowLink>
    </li>
  );
}
