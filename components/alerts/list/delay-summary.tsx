'use client';

import Link from 'next/link';
import { countOf } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { AlertDelaysDto } from '@/lib/alerts/contract/alerts';
import { formatDelay } from '../delay';

type Measure = { readonly p50: number | null; readonly p95: number | null };

/** How long it took from an event to somebody being told, over the alerts of the period: half of them, and 95 of 100. */
export function DelaySummary({ delays }: { readonly delays: AlertDelaysDto | undefined }) {
  const { href } = useScope();
  return (
    <dl className="mb-5 flex flex-wrap gap-x-10 gap-y-3 border-y py-3">
      <Figure term="Event to alert" measure={delays?.eventToAlert} />
      <Figure term="Event to first delivery" measure={delays?.eventToDelivered} />
      <Figure
        term="Received to first delivery"
        measure={delays?.receivedToDelivered}
        title="Without the time the platform took to publish the record"
      />
      <div>
        <dt className="text-xs text-muted">Deliveries dead</dt>
        <dd className="font-serif text-xl">
          {delays === undefined ? (
            <span className="text-muted">…</span>
          ) : delays.deadDeliveries === 0 ? (
            'none'
          ) : (
            <Link className="door text-unlinked" href={href('/alerts/deliveries', { state: 'dead' })}>
              {countOf(delays.deadDeliveries, 'delivery')}
            </Link>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Figure({
  term,
  measure,
  title,
}: {
  readonly term: string;
  readonly measure: Measure | undefined;
  readonly title?: string;
}) {
  return (
    <div title={title}>
      <dt className="text-xs text-muted">{term}</dt>
      <dd>
        {measure === undefined ? (
          <span className="font-serif text-xl text-muted">…</span>
        ) : measure.p50 === null || measure.p95 === null ? (
          <span className="text-muted">nothing was sent in this period</span>
        ) : (
          <>
            <span className="font-serif text-xl">{formatDelay(measure.p50)}</span>
            <span className="text-sm text-muted"> median, </span>
            <span className="font-serif text-xl">{formatDelay(measure.p95)}</span>
            <span className="text-sm text-muted"> for 95 of 100</span>
          </>
        )}
      </dd>
    </div>
  );
}
