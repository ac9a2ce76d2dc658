'use client';

import { classes } from '@/components/ui/classes';
import { useNotice } from '@/components/ui/overlay/notices';
import { shortenId } from './format';

type CopyableIdProps = {
  readonly id: string;
  /** What it is, for the notice and for screen readers: `audit id`. */
  readonly label: string;
  readonly full?: boolean;
  readonly keep?: number;
  /** Beneath what it belongs to rather than beside it. */
  readonly ownLine?: boolean;
  readonly className?: string;
};

/** An id in Mono, shortened in the middle; a click copies the whole of it. */
export function CopyableId({
  id,
  label,
  full = false,
  keep = 4,
  ownLine = false,
  className,
}: CopyableIdProps) {
  const say = useNotice();
  const shown = full ? id : shortenId(id, keep);
  const copy = async () => {
    await navigator.clipboard.writeText(id).then(
      () => say(`Copied ${label} ${id}`),
      () => say(`The browser did not allow copying; the ${label} is ${id}`),
    );
  };
  return (
    <button
      type="button"
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
      title={`${id} (click to copy)`}
      // What is seen comes first, so that whoever speaks to the page can name it.
      aria-label={full ? `Copy ${label} ${id}` : `${shown}, copy ${label} ${id}`}
      className={classes(
        'max-w-full rounded-sm text-left font-mono text-xs text-muted hover:text-accent',
        // Within a line it is as tall to hit, and does not push the line down.
        ownLine ? 'block min-h-6' : '-my-1 inline-block py-1',
        full && 'break-all',
        className,
      )}
    >
      {shown}
    </button>
  );
}
