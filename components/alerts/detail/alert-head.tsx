'use client';

import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { ACTOR_KIND_WORDS } from '@/components/tally/words';
import { Badge } from '@/components/ui/badge';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { useScope } from '@/components/url/use-scope';
import type { AlertDetailDto } from '@/lib/alerts/contract/alerts';
import { IncidentLink } from '../incident-link';
import { AlertStateBadge } from '../state-badge';
import { DelayLine } from './delay-line';

type AlertHeadProps = { readonly alert: AlertDetailDto; readonly level: 'page' | 'sheet' };

/** What was raised in one sentence, how grave, when, about what, and how quickly we were. */
export function AlertHead({ alert, level }: AlertHeadProps) {
  const { href } = useScope();
  const Heading = level === 'page' ? 'h1' : 'h2';
  const path = (room: string, id: string) => href(`/${room}/${encodeURIComponent(id)}`);
  return (
    <header>
      <div className="flex flex-wrap items-start gap-x-3 md:flex-nowrap">
        <Heading
          dir="auto"
          className={`min-w-0 flex-1 font-serif wrap-anywhere ${level === 'page' ? 'text-xl md:text-2xl' : 'text-xl'}`}
        >
          {alert.title}
        </Heading>
        <RiskBars risk={alert.severity} className="pt-1.5 font-medium max-md:w-full" />
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <AlertStateBadge state={alert.state} />
        {alert.unmutable ? <Badge tone="warn">Cannot be muted</Badge> : null}
        {alert.mutedUntil === null ? null : (
          <span>
            muted until <Time at={alert.mutedUntil} precision="minute" />
          </span>
        )}
        <span>{countOf(alert.findings, 'finding')}</span>
        {alert.actor === null ? null : (
          <span>
            by <bdi className="text-ink">{alert.actor.name ?? alert.actor.id ?? 'an actor not named'}</bdi>,{' '}
            {ACTOR_KIND_WORDS[alert.actor.kind].toLowerCase()}
          </span>
        )}
        {alert.sessionId === null ? null : (
          <Link className="door" href={path('sessions', alert.sessionId)}>
            the session
          </Link>
        )}
        {alert.moveId === null ? null : (
          <Link className="door" href={path('division-moves', alert.moveId)}>
            the division move
          </Link>
        )}
        {alert.incident === null ? null : (
          <span>
            incident <IncidentLink incident={alert.incident} />
          </span>
        )}
      </div>
      <DelayLine alert={alert} />
    </header>
  );
}
