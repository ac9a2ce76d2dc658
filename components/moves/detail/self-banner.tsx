import { UserRoundCheck } from 'lucide-react';
import { RiskBars } from '@/components/tally/risk-bars';
import type { MoveDetailDto } from '@/lib/divisions/contract';
import { DIRECTION_WORDS, sideName, stopped, whoMoved } from '../words';

/** Above everything: a person changed what they themselves may reach. */
export function SelfBanner({ move }: { readonly move: MoveDetailDto }) {
  const way =
    move.selfMoveBy === 'own_client'
      ? `through ${move.client?.name ?? 'an OAuth client'}, a client of their own`
      : 'by their own hand';
  return (
    <div role="note" className="mb-4 rounded-md border border-unlinked/60 bg-bad-soft p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="inline-flex items-center gap-2 text-lg font-medium text-unlinked">
          <UserRoundCheck aria-hidden size={18} />
          Self-move
        </span>
        <RiskBars risk={move.risk} className="font-medium" />
      </p>
      <p className="mt-1.5">
        <bdi>{whoMoved(move)}</bdi> moved themselves from <bdi>{sideName(move.sourceDivision)}</bdi> to{' '}
        <bdi>{sideName(move.targetDivision)}</bdi>, {way}. {DIRECTION_WORDS[move.direction]}
        {ranksOf(move)}.
      </p>
      <p className="mt-1">{opensWords(move)}</p>
    </div>
  );
}

function ranksOf({ sourceDivision, targetDivision }: MoveDetailDto): string {
  if (sourceDivision.rank === null || targetDivision.rank === null) return '';
  return ` (rank ${sourceDivision.rank} to ${targetDivision.rank})`;
}

function opensWords({ effect }: MoveDetailDto): string {
  if (effect.opens !== null) return stopped(effect.opens.sentence);
  if (effect.notEvaluated !== null) return stopped(`What it opens is not evaluated: ${effect.notEvaluated}`);
  return 'It opens nothing that roles in the new division would not reach already.';
}
