'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';

/** Enough to see what it rests on; the alert has the rest. */
const SHOWN_CHANGES = 3;

/** The finding that it answers, with its doors. */
export function WhatHappened({ response }: { readonly response: ResponseDetailDto }) {
  const { href } = useScope();
  const { finding } = response;
  return (
    <Section title="What happened">
      <p dir="auto" className="text-lg">
        {finding.sentence}
      </p>
      <p className="text-sm text-muted">
        <Time at={finding.occurredAt} />
      </p>
      {finding.reasons.length === 0 ? null : (
        <ul className="mt-1 list-disc pl-4 text-sm text-muted">
          {finding.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <p className="mt-1 flex flex-wrap gap-x-4 text-sm">
        {response.alertId === null ? null : (
          <Link className="door" href={href(`/alerts/${encodeURIComponent(response.alertId)}`)}>
            The alert
          </Link>
        )}
        {response.moveId === null ? null : (
          <Link className="door" href={href(`/division-moves/${encodeURIComponent(response.moveId)}`)}>
            The division move
          </Link>
        )}
        {finding.changeIds.slice(0, SHOWN_CHANGES).map((id, index) => (
          <Link key={id} className="door" href={href(`/changes/${encodeURIComponent(id)}`)}>
            {finding.changeIds.length === 1 ? 'The audit record' : `Audit record ${index + 1}`}
          </Link>
        ))}
      </p>
    </Section>
  );
}
