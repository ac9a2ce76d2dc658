import { ShieldQuestion } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { MoveDto } from '@/lib/divisions/contract';
import { ADDRESS_WORDS } from '../words';

/** From which address, and what it says: outside the allow-list, or new for this person. */
export function Address({ move }: { readonly move: MoveDto }) {
  return (
    <>
      {move.clientIp === null ? (
        <span className="text-muted">not given</span>
      ) : (
        <span className="font-mono">{move.clientIp}</span>
      )}
      <span className="flex flex-wrap gap-1 empty:hidden">
        {move.addressFlags.map(({ flag, because }) => (
          <span key={flag} title={because}>
            <Badge tone="warn">
              <ShieldQuestion aria-hidden size={11} />
              {ADDRESS_WORDS[flag]}
            </Badge>
          </span>
        ))}
      </span>
    </>
  );
}
