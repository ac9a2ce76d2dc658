import { EyeOff, UserRoundCheck } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { MoveDto } from '@/lib/divisions/contract';

/** What marks a move out, beside its sentence. */
export function MoveMarks({ move }: { readonly move: MoveDto }) {
  return (
    <>
      {move.selfMove ? (
        <Badge tone="bad">
          <UserRoundCheck aria-hidden size={11} />
          {move.selfMoveBy === 'own_client' ? 'Self-move, through an own client' : 'Self-move'}
        </Badge>
      ) : null}
      {move.source === 'snapshot_diff' ? (
        <Badge tone="warn">
          <EyeOff aria-hidden size={11} />
          Never audited
        </Badge>
      ) : null}
      {move.provisional ? <Badge>Provisional</Badge> : null}
    </>
  );
}
