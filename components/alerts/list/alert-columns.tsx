import Link from 'next/link';
import { RiskBars } from '@/components/tally/risk-bars';
import { Badge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/data/data-table';
import { countOf } from '@/components/ui/data/format';
import { Time } from '@/components/ui/data/time';
import { ShallowLink } from '@/components/url/shallow-link';
import type { AlertDto } from '@/lib/alerts/contract/alerts';
import { formatDelay } from '../delay';
import { DeliveryFigures } from '../deliveries/delivery-figures';
import { IncidentLink } from '../incident-link';
import { AlertStateBadge } from '../state-badge';

type AlertColumnsOptions = {
  /** Address of the alert beside the list. */
  readonly hrefOf: (alert: AlertDto) => string;
  readonly titleOf: (rule: string) => string;
  /** Address of another room with this scope. */
  readonly door: (path: string) => string;
};

export function alertColumns(options: AlertColumnsOptions): Column<AlertDto>[] {
  return [
    { id: 'severity', header: 'Severity', cell: (alert) => <RiskBars risk={alert.severity} /> },
    {
      id: 'what',
      header: 'What',
      className: 'w-1/2 min-w-72',
      cell: (alert) => (
        <>
          <AlertTitle alert={alert} href={options.hrefOf(alert)} />
          <div className="flex flex-wrap gap-x-3 text-xs text-muted">
            <RuleTitles rules={alert.rules} titleOf={options.titleOf} />
            {alert.findings > 1 ? <span>{countOf(alert.findings, 'finding')}</span> : null}
            {alert.sessionId === null ? null : (
              <Link
                className="door relative z-1"
                onClick={(event) => event.stopPropagation()}
                href={options.door(`/sessions/${encodeURIComponent(alert.sessionId)}`)}
              >
                part of a session
              </Link>
            )}
          </div>
        </>
      ),
    },
    { id: 'state', header: 'State', cell: (alert) => <AlertStateBadge state={alert.state} /> },
    { id: 'when', header: 'Last event', cell: (alert) => <Time at={alert.lastEventAt} /> },
    {
      id: 'delay',
      header: 'Event to alert, delivered',
      className: 'whitespace-nowrap',
      cell: (alert) => <AlertDelay alert={alert} />,
    },
    {
      id: 'deliveries',
      header: 'Deliveries',
      cell: (alert) => <DeliveryFigures deliveries={alert.deliveries} />,
    },
    {
      id: 'incident',
      header: 'Incident',
      cell: (alert) =>
        alert.incident === null ? (
          <span className="text-muted">none</span>
        ) : (
          <IncidentLink incident={alert.incident} />
        ),
    },
  ];
}

/** The gravest rule by its title; further ones are counted, and named on hover. */
function RuleTitles({
  rules,
  titleOf,
}: {
  readonly rules: readonly string[];
  readonly titleOf: (rule: string) => string;
}) {
  const [first, ...others] = rules.map(titleOf);
  if (first === undefined) return null;
  return (
    <span title={others.length === 0 ? undefined : others.join('; ')}>
      {first}
      {others.length === 0 ? '' : ` and ${countOf(others.length, 'more rule')}`}
    </span>
  );
}

/** The sentence of an alert as a link, with what marks it out. */
export function AlertTitle({ alert, href }: { readonly alert: AlertDto; readonly href: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <ShallowLink
        href={href}
        dir="auto"
        className="inline-block min-h-6 text-ink hover:text-accent hover:underline"
      >
        {alert.title}
      </ShallowLink>
      {alert.mutedUntil === null ? null : <Badge>Muted</Badge>}
      {alert.unmutable ? <Badge tone="warn">Cannot be muted</Badge> : null}
    </span>
  );
}

function AlertDelay({ alert }: { readonly alert: AlertDto }) {
  if (alert.state === 'historic') return <span className="text-muted">found later</span>;
  const { toAlert, toDelivered } = alert.delays;
  return (
    <>
      {formatDelay(toAlert)}
      <span className="text-muted">
        {', '}
        {toDelivered === null ? 'not delivered' : formatDelay(toDelivered)}
      </span>
    </>
  );
}
