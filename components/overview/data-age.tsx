'use client';

import { useHydrated } from '@/components/hooks/use-hydrated';
import { LATE_AFTER_MS, STALE_AFTER_MS } from '@/components/trust/trust-parts';
import { formatSpan } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';

/** To when everything was read, and how long ago that is. */
export function DataAge({ readTo }: { readonly readTo: string | null | undefined }) {
  const hydrated = useHydrated();
  if (readTo === undefined) return <span className="text-muted">not known</span>;
  if (readTo === null) return <span className="text-late">nothing collected yet</span>;
  const age = hydrated ? Date.now() - Date.parse(readTo) : 0;
  const colour = age > STALE_AFTER_MS ? 'text-unlinked' : age > LATE_AFTER_MS ? 'text-late' : 'text-muted';
  return (
    <>
      <Time at={readTo} precision="minute" />
      {hydrated ? <span className={`text-sm ${colour}`}> {formatSpan(age)} ago</span> : null}
    </>
  );
}
