import { formatCount } from '@/components/ui/data/format';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';

/** How many of a run's chunks are answered. */
export function RunProgress({ run }: { readonly run: CollectionRunDto }) {
  const { chunksDone, chunksTotal } = run;
  const says = `${formatCount(chunksDone)} of ${formatCount(chunksTotal)} chunks`;
  return (
    <span className="flex min-w-40 items-center gap-2">
      <progress
        value={chunksDone}
        max={Math.max(chunksTotal, 1)}
        aria-label={says}
        className="h-1.5 w-20 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <span className="text-xs whitespace-nowrap text-muted">{says}</span>
    </span>
  );
}
