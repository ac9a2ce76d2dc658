import { Badge } from '@/components/ui/badge';
import type { SnapshotRunDto } from '@/lib/directory/contract';
import { SNAPSHOT_WORDS } from './words';

/** How a reading went, in a word; why not completely stands beside it wherever it is used. */
export function SnapshotBadge({ outcome }: { readonly outcome: SnapshotRunDto['outcome'] }) {
  const { word, tone } = SNAPSHOT_WORDS[outcome];
  return <Badge tone={tone}>{word}</Badge>;
}
