import { countOf, formatCount } from '@/components/ui/data/format';
import type { SessionDto } from '@/lib/sessions/contract';
import { partCount } from '../words';

/** So many parts have a shade of their own; the rest is one pale end. */
const SHADES = ['opacity-100', 'opacity-60', 'opacity-35'] as const;

/** What a session is made of, as a bar of its commonest parts with their words beneath. */
export function PartsBar({ session }: { readonly session: SessionDto }) {
  const shown = session.parts.slice(0, SHADES.length);
  const rest = session.changes - shown.reduce((sum, part) => sum + part.count, 0);
  const share = (count: number) => `${Math.max(1, (100 * count) / Math.max(1, session.changes))}%`;
  const more = session.partsTotal - shown.length;
  return (
    <span className="block min-w-32">
      <span aria-hidden className="flex h-1.5 w-full gap-px overflow-hidden rounded-sm bg-sunken">
        {shown.map((part, index) => (
          <span
            key={`${part.service} ${part.entityType} ${part.action}`}
            style={{ width: share(part.count) }}
            className={`bg-accent ${SHADES[index] ?? ''}`}
          />
        ))}
      </span>
      <span className="mt-1 block text-xs text-muted">
        {shown.map((part, index) => (
          <span key={`${part.service} ${part.entityType} ${part.action}`}>
            {index === 0 ? '' : ' · '}
            {partCount(part)}
          </span>
        ))}
        {more > 0 ? ` · ${formatCount(rest)} of ${countOf(more, 'other kind')}` : ''}
      </span>
    </span>
  );
}
