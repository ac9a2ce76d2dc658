'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { formatInstant } from '@/components/ui/data/format-time';
import { useScope } from '@/components/url/use-scope';
import { useZone } from '@/components/url/use-zone';
import type { MoveDetailDto, MoveSide } from '@/lib/divisions/contract';
import { BridgeDeck } from '../parts/bridge';
import { DivisionBadges } from '../parts/division-name';
import { boundaryOf, sideName, sinceWords } from '../words';

/** Both ends of the move as they were called and tagged then, and how that is known; what became of them since. */
export function LargeBridge({ move }: { readonly move: MoveDetailDto }) {
  return (
    <div className="mt-4 grid items-stretch gap-2 border-y py-4 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] sm:gap-5">
      <End word="From" side={move.sourceDivision} at={move.timestamp} />
      <span className="flex items-center justify-center max-sm:rotate-90 max-sm:py-2">
        <BridgeDeck boundary={boundaryOf(move)} width={64} />
      </span>
      <End word="To" side={move.targetDivision} at={move.timestamp} />
    </div>
  );
}

function End({ word, side, at }: { readonly word: string; readonly side: MoveSide; readonly at: string }) {
  const { href } = useScope();
  const zone = useZone();
  const since = sinceWords(side);
  return (
    <div className="min-w-0">
      <p className="text-xs text-muted">{word}</p>
      <p className="font-serif text-xl wrap-anywhere">
        {side.id === '' ? (
          sideName(side)
        ) : (
          <Link
            className="door"
            href={href(`/directory/division/${encodeURIComponent(side.id)}`, { at })}
            title="The division as it was at that moment"
          >
            <bdi className={side.name === null ? 'text-late' : undefined}>{sideName(side)}</bdi>
          </Link>
        )}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-1.5">
        <DivisionBadges side={side} />
        {side.rank === null ? null : <Badge>Rank {side.rank}</Badge>}
        {side.region === null && side.sensitivity === null ? (
          <span className="text-sm text-muted">not tagged at that moment</span>
        ) : null}
      </p>
      {since === null ? null : <p className="mt-1.5 text-sm text-late">{since}</p>}
      <p className="mt-1.5 text-xs text-muted">
        {provenance(side, zone)} {side.id === '' ? null : <CopyableId id={side.id} label="division id" />}
      </p>
    </div>
  );
}

const NAME_FROM: Readonly<Record<string, string>> = {
  snapshot: 'name of that moment, from the snapshot',
  earlier_snapshot: 'name before that moment, from the last snapshot',
  create_event: 'name given when it was created',
  record: 'name as the record itself says',
  platform_lookup: 'name as the platform answered',
  unresolved: 'no name of that moment is known; asked of the platform again',
};

function provenance(side: MoveSide, zone: string): string {
  const words = NAME_FROM[side.nameFrom] ?? side.nameFrom;
  return side.nameKnownFrom === null
    ? words
    : `${words}, ${formatInstant(side.nameKnownFrom, zone, 'minute')}`;
}
