import { Globe, Lock, ShieldAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { MoveSide } from '@/lib/divisions/contract';
import { SENSITIVITY_WORDS, sideName } from '../words';

/** One side of a move: the name of that moment, its region, and what is special about it; each in words. */
export function DivisionName({ side }: { readonly side: MoveSide }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5 gap-y-0.5">
      <bdi
        className={side.name === null ? 'text-late' : undefined}
        title={side.name === null ? `${side.id}: no name of that moment is known` : undefined}
      >
        {sideName(side)}
      </bdi>
      <DivisionBadges side={side} />
    </span>
  );
}

/** Region and sensitivity; a division without a tag has neither, and the boundary then says "not evaluated". */
export function DivisionBadges({ side }: { readonly side: MoveSide }) {
  const Shape = side.sensitivity === 'high_security' ? ShieldAlert : Lock;
  return (
    <>
      {side.region === null ? null : (
        <Badge>
          <Globe aria-hidden size={11} />
          {side.region}
        </Badge>
      )}
      {side.sensitivity === null || side.sensitivity === 'normal' ? null : (
        <Badge tone={side.sensitivity === 'high_security' ? 'bad' : 'warn'}>
          <Shape aria-hidden size={11} />
          {SENSITIVITY_WORDS[side.sensitivity]}
        </Badge>
      )}
    </>
  );
}
