'use client';

import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { TallyMark } from '@/components/tally/tally-mark';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { SurfacedChange } from '@/lib/sessions/contract';

/** Children that nobody should overlook among the others; each opens its change. */
export function SurfacedList({ changes }: { readonly changes: readonly SurfacedChange[] }) {
  const { href } = useScope();
  return (
    <ul className="divide-y border-y">
      {changes.map((change) => (
        <li key={change.changeId} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2">
          <Link
            href={href(`/changes/${encodeURIComponent(change.changeId)}`)}
            dir="auto"
            className="min-w-0 flex-1 basis-72 hover:text-accent hover:underline"
          >
            {change.sentence}
          </Link>
          <TallyMark status={change.linkage} className="text-sm" />
          <RiskBars risk={change.risk} className="text-sm" />
          <Time at={change.eventDate} />
        </li>
      ))}
    </ul>
  );
}
