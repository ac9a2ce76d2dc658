import { formatCount } from '@/components/ui/data/format';
import type { AlertDto } from '@/lib/alerts/contract/alerts';

/** How many of an alert's deliveries arrived, wait and are dead; what is dead is never left out. */
export function DeliveryFigures({ deliveries }: { readonly deliveries: AlertDto['deliveries'] }) {
  const { delivered, waiting, dead } = deliveries;
  if (delivered + waiting + dead === 0) return <span className="text-muted">none</span>;
  const parts = [
    { id: 'delivered', count: delivered, word: 'delivered', colour: '' },
    { id: 'waiting', count: waiting, word: 'waiting', colour: 'text-late' },
    { id: 'dead', count: dead, word: 'dead', colour: 'font-medium text-unlinked' },
  ].filter((part) => part.count > 0);
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {parts.map((part) => (
        <span key={part.id} className={`whitespace-nowrap ${part.colour}`}>
          {formatCount(part.count)} {part.word}
        </span>
      ))}
    </span>
  );
}
