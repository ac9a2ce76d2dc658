'use client';

import { AsOfField } from '@/components/directory/as-of-field';
import { Time } from '@/components/ui/data/time';

/** Whether the rate is as it stands now or as it stood at an instant, and the way from one to the other. */
export function RateAsOf({ asOf }: { readonly asOf: string | null }) {
  return (
    <details className="mb-3" open={asOf !== null}>
      <summary className="min-h-6 text-sm text-muted hover:text-ink">
        {asOf === null ? (
          'As it stands now · show as it stood on …'
        ) : (
          <span className="font-medium text-late">
            As it stood on <Time at={asOf} />
          </span>
        )}
      </summary>
      <div className="mt-2 flex flex-col gap-2">
        <AsOfField label="As it stood on" />
        {asOf === null ? null : (
          <p className="text-sm text-muted">
            Counted from the changes received by then, each with the verdict it had then. What its numbers
            lead to are the same changes as they stand now; each shows the history of its verdict.
          </p>
        )}
      </div>
    </details>
  );
}
