import { Time } from '@/components/ui/data/time';
import type { MoveDto } from '@/lib/divisions/contract';

/** When it happened; for a move that only two snapshots tell, between which of them. */
export function Moment({ move }: { readonly move: MoveDto }) {
  if (move.within === null) return <Time at={move.timestamp} />;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className="text-xs text-muted">between</span>
      <Time at={move.within.from} precision="minute" />
      <span className="text-xs text-muted">and</span>
      <Time at={move.within.to} precision="minute" />
    </span>
  );
}
