'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { useMay } from '@/components/frame/use-me';
import { RiskBars } from '@/components/tally/risk-bars';
import { countOf, formatSpan } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { MoveDetailDto } from '@/lib/divisions/contract';

/** What was found about it, who was told and how fast, the incident, and what was done in answer. */
export function FindingsSection({ move }: { readonly move: MoveDetailDto }) {
  const { findings, responseIds } = move;
  const { href } = useScope();
  const mayResponses = useMay('responses.read');
  return (
    <Section title="Findings, alerts and responses">
      {findings.length === 0 ? (
        <p className="text-muted">No detection found anything about this move.</p>
      ) : (
        <ul className="divide-y border-y">
          {findings.map((finding) => (
            <li key={finding.id} className="py-2">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <RiskBars risk={finding.severity} className="text-sm" />
                <span dir="auto" className="min-w-0 flex-1 basis-64">
                  {finding.sentence}
                </span>
                <Time at={finding.at} />
              </div>
              <div className="mt-0.5 flex flex-wrap gap-x-4 text-sm text-muted">
                <span>
                  rule <span className="font-mono text-xs">{finding.rule}</span>
                </span>
                {finding.alertId === null ? (
                  <span>no alert yet</span>
                ) : (
                  <Link className="door" href={href(`/alerts/${encodeURIComponent(finding.alertId)}`)}>
                    Its alert
                  </Link>
                )}
                {finding.incident === null ? null : <Incident incident={finding.incident} />}
              </div>
            </li>
          ))}
        </ul>
      )}
      <Delays delays={move.delays} />
      {responseIds.length === 0 || !mayResponses ? null : (
        <p className="mt-2 text-sm">
          {countOf(responseIds.length, 'response')}:{' '}
          {responseIds.map((id, index) => (
            <span key={id}>
              {index === 0 ? '' : ', '}
              <Link className="door" href={href(`/responses/${encodeURIComponent(id)}`)}>
                {responseIds.length === 1 ? 'what it would do or did' : `response ${index + 1}`}
              </Link>
            </span>
          ))}
        </p>
      )}
    </Section>
  );
}

function Incident({
  incident,
}: {
  readonly incident: NonNullable<MoveDetailDto['findings'][number]['incident']>;
}) {
  const number = <span className="font-mono">{incident.number}</span>;
  return (
    <span>
      incident{' '}
      {incident.url === null || !/^https?:\/\//.test(incident.url) ? (
        number
      ) : (
        <a className="door" href={incident.url} target="_blank" rel="noreferrer noopener">
          {number}
        </a>
      )}
    </span>
  );
}

/** From the event: when we had it, when the alert stood, when somebody was told. */
function Delays({ delays }: { readonly delays: MoveDetailDto['delays'] }) {
  if (delays.toReceived === null && delays.toAlert === null && delays.toDelivered === null) return null;
  const steps = [
    { word: 'received', ms: delays.toReceived },
    { word: 'alert', ms: delays.toAlert },
    { word: 'delivered', ms: delays.toDelivered },
  ];
  return (
    <ol aria-label="Delays from the event" className="mt-3 flex flex-wrap items-center gap-y-1 text-sm">
      <li className="text-muted">event</li>
      {steps.map((step) => (
        <li key={step.word} className="flex items-center">
          <span aria-hidden className="mx-2 h-px w-6 bg-line-strong" />
          {step.word}
          <span className={`ml-1.5 ${step.ms === null ? 'text-muted' : 'font-medium'}`}>
            {step.ms === null ? 'not yet' : delayWords(step.ms)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function delayWords(ms: number): string {
  return ms < 1_000 ? 'under 1 s' : `after ${formatSpan(ms)}`;
}
