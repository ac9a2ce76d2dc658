'use client';

import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { AlertDetailDto } from '@/lib/alerts/contract/alerts';

/** A finding may rest on hundreds of records; the first ones are doors, the session shows the rest. */
const SHOWN_CHANGES = 3;

/** One finding: the sentence, why the rule says so, and the records it rests on. */
export function FindingItem({ item }: { readonly item: AlertDetailDto['items'][number] }) {
  const { href } = useScope();
  const rest = item.changeIds.length - SHOWN_CHANGES;
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
        <span className="text-sm font-medium text-muted">{item.ruleTitle}</span>
        <RiskBars risk={item.severity} className="text-sm" />
        <Time at={item.occurredAt} className="ml-auto text-muted" />
      </div>
      <p dir="auto" className="mt-0.5">
        {item.sentence}
      </p>
      {item.reasons.length === 0 ? null : (
        <ul className="mt-1 list-disc pl-4 text-sm text-muted">
          {item.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <p className="mt-1 flex flex-wrap gap-x-3 text-sm">
        {item.moveId === null ? null : (
          <Link className="door" href={href(`/division-moves/${encodeURIComponent(item.moveId)}`)}>
            The division move
          </Link>
        )}
        {item.changeIds.slice(0, SHOWN_CHANGES).map((id, index) => (
          <Link key={id} className="door" href={href(`/changes/${encodeURIComponent(id)}`)}>
            {item.changeIds.length === 1 ? 'The audit record' : `Audit record ${index + 1}`}
          </Link>
        ))}
        {rest > 0 ? <span className="text-muted">and {countOf(rest, 'more record')}</span> : null}
      </p>
    </li>
  );
}
