import { LINKAGE_WORDS } from '@/components/tally/words';
import { formatCount } from '@/components/ui/data/format';
import type { RateCounts } from '@/lib/linking/contract';

const PARTS = [
  { name: 'unlinked', fill: 'bg-unlinked' },
  { name: 'mismatch', fill: 'bg-mismatch' },
  { name: 'outside_window', fill: 'bg-outside' },
  { name: 'late_approval', fill: 'bg-late' },
] as const;

/** What is not linked, by kind, as long as its part of the largest; the words are in its title. */
export function PartsBar({ counts, most }: { readonly counts: RateCounts; readonly most: number }) {
  const shown = PARTS.filter(({ name }) => counts[name] > 0);
  const words = shown.map(({ name }) => `${LINKAGE_WORDS[name]} ${formatCount(counts[name])}`).join(', ');
  return (
    <span title={words === '' ? 'all linked' : words} className="flex h-6 items-center gap-px">
      {shown.map(({ name, fill }) => (
        <span
          key={name}
          className={`h-3 min-w-0.5 ${fill}`}
          style={{ width: `${(counts[name] / most) * 100}%` }}
        />
      ))}
      <span className="sr-only">{words === '' ? 'all linked' : words}</span>
    </span>
  );
}
