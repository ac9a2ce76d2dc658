'use client';

import Link from 'next/link';
import { KIND_WORDS } from '@/components/responses/words';
import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import { countOf } from '@/components/ui/data/format';
import { Panel } from '@/components/ui/layout/panel';
import { ErrorState } from '@/components/ui/state/error-state';
import { SkeletonRows } from '@/components/ui/state/skeleton';
import { useScope } from '@/components/url/use-scope';
import type { DetectionDto } from '@/lib/alerts/contract/rules';
import { RESPONSE_KINDS } from '@/lib/findings/model/concern';
import { useDetections } from '../use-detections';

/** What is looked for at all: each detection with what it is about and what its author says to do. */
export function DetectionList() {
  const answer = useDetections();
  return (
    <Panel
      title="What is looked for"
      aside={answer.data === undefined ? undefined : countOf(answer.data.items.length, 'rule')}
    >
      {answer.isError ? (
        <ErrorState
          doing="cannot show the detections"
          error={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : answer.data === undefined ? (
        <SkeletonRows label="Reading the detections" />
      ) : (
        <ul className="divide-y border-y">
          {answer.data.items.map((one) => (
            <DetectionItem key={one.id} detection={one} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function DetectionItem({ detection }: { readonly detection: DetectionDto }) {
  const { href } = useScope();
  const responses = RESPONSE_KINDS.filter((kind) => detection.responses.includes(kind));
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{detection.title}</span>
        {detection.severity === 'varies' ? (
          <span className="text-sm text-muted">severity varies</span>
        ) : (
          <RiskBars risk={detection.severity} className="text-sm" />
        )}
        {detection.unmutable ? <Badge tone="warn">Cannot be muted</Badge> : null}
        <Link
          className="door ml-auto text-sm"
          href={href('/alerts', {
            rule: detection.id,
            state: ['open', 'acknowledged', 'closed', 'historic'],
          })}
        >
          Its alerts
        </Link>
      </div>
      <p className="mt-0.5 max-w-220">{detection.about}</p>
      <details className="mt-0.5">
        <summary className="min-h-6 text-sm text-muted hover:text-ink">What to do about it</summary>
        <p className="max-w-160 whitespace-pre-line">{detection.runbook}</p>
        {responses.length === 0 ? null : (
          <p className="mt-1 text-sm text-muted">
            Could be answered by: {responses.map((kind) => KIND_WORDS[kind].toLowerCase()).join('; ')}.
          </p>
        )}
      </details>
    </li>
  );
}
