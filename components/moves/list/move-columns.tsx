import { TallyMark } from '@/components/tally/tally-mark';
import { ACTOR_KIND_WORDS } from '@/components/tally/words';
import type { Column } from '@/components/ui/data/data-table';
import { shortenId } from '@/components/ui/data/format';
import { ShallowLink } from '@/components/url/shallow-link';
import type { MoveDto } from '@/lib/divisions/contract';
import { Address } from '../parts/address';
import { Bridge } from '../parts/bridge';
import { Moment } from '../parts/moment';
import { MoveMarks } from '../parts/move-marks';
import { ReviewClock } from '../parts/review-clock';
import { whoMoved } from '../words';

type MoveColumnsOptions = {
  readonly hrefOf: (move: MoveDto) => string;
  readonly sort: 'newest' | 'oldest';
  readonly onSort: () => void;
};

/** Who, what, when, from where and why of each move, and where its review stands. */
export function moveColumns({ hrefOf, sort, onSort }: MoveColumnsOptions): readonly Column<MoveDto>[] {
  return [
    {
      id: 'what',
      header: 'What happened',
      className: 'w-2/5 min-w-80',
      cell: (move) => <WhatMoved move={move} href={hrefOf(move)} />,
    },
    {
      id: 'when',
      header: 'When',
      className: 'max-w-44',
      cell: (move) => <Moment move={move} />,
      sort: { direction: sort === 'newest' ? 'descending' : 'ascending', onSort },
    },
    { id: 'who', header: 'Who', className: 'min-w-36', cell: (move) => <Who move={move} /> },
    { id: 'from', header: 'From where', cell: (move) => <Address move={move} /> },
    { id: 'why', header: 'Why', className: 'max-w-56', cell: (move) => <Why move={move} /> },
    {
      id: 'review',
      header: 'Review',
      className: 'whitespace-nowrap',
      cell: (move) => <ReviewClock review={move.review} />,
    },
  ];
}

/** The same in two lines. */
export function narrowMove(move: MoveDto, href: string) {
  return {
    first: <WhatMoved move={move} href={href} />,
    second: (
      <>
        <Moment move={move} />
        <TallyMark status={move.linkage} />
        {move.review.state === 'not_needed' ? null : <ReviewClock review={move.review} />}
      </>
    ),
  };
}

function WhatMoved({ move, href }: { readonly move: MoveDto; readonly href: string }) {
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <ShallowLink
          href={href}
          dir="auto"
          className="inline-block min-h-6 text-ink hover:text-accent hover:underline"
        >
          {move.sentence}
        </ShallowLink>
        <MoveMarks move={move} />
      </span>
      <Bridge move={move} className="text-muted" />
    </>
  );
}

function Who({ move }: { readonly move: MoveDto }) {
  const nobody = move.actor.id === null && move.actor.name === null;
  return (
    <>
      <bdi className={nobody ? 'text-muted' : undefined} title={move.actor.id ?? undefined}>
        {whoMoved(move)}
      </bdi>
      <span className="block text-xs text-muted">
        {move.client === null
          ? ACTOR_KIND_WORDS[move.actor.kind]
          : `via client ${move.client.name ?? shortenId(move.client.id)}`}
      </span>
    </>
  );
}

function Why({ move }: { readonly move: MoveDto }) {
  return (
    <>
      <TallyMark status={move.linkage} />
      <span className="block text-xs text-muted">
        {move.why === null ? (
          move.linkage === 'mismatch' ? (
            'what it cites does not fit'
          ) : (
            'no reason found'
          )
        ) : (
          <bdi className="line-clamp-2" title={move.why}>
            {move.why}
          </bdi>
        )}
      </span>
    </>
  );
}
