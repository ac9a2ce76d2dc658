import { keyed } from '@/components/ui/data/keyed';
import { Time } from '@/components/ui/data/time';

type HistoryListProps = {
  readonly entries: readonly { readonly at: string; readonly who: string; readonly said: string }[];
};

/** Who did what to it, newest first. */
export function HistoryList({ entries }: HistoryListProps) {
  if (entries.length === 0) return <p className="text-muted">Nothing was done about it yet.</p>;
  return (
    <ol className="flex flex-col gap-1.5">
      {keyed(entries, (entry) => `${entry.at} ${entry.who}`).map(({ key, item }) => (
        <li key={key} className="flex flex-wrap items-baseline gap-x-3">
          <Time at={item.at} className="text-muted" />
          <span className="min-w-0 wrap-anywhere">
            <bdi className="font-medium">{item.who}</bdi> {item.said}
          </span>
        </li>
      ))}
    </ol>
  );
}
