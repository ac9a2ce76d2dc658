import { classes } from '@/components/ui/classes';

/** Something is being read. Only a shape: it never looks like a value. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classes('block animate-pulse rounded-sm bg-line', className ?? 'h-4 w-full')}
    />
  );
}

const ROWS = Array.from({ length: 40 }, (_, index) => `row-${index}`);

/** Rows being read, with the word for those who do not see them. */
export function SkeletonRows({ rows = 8, label }: { readonly rows?: number; readonly label: string }) {
  return (
    <div role="status" className="flex flex-col gap-2 py-2">
      <span className="sr-only">{label}</span>
      {ROWS.slice(0, rows).map((row) => (
        <Skeleton key={row} className="h-8 w-full" />
      ))}
    </div>
  );
}
