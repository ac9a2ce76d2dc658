import type { Finding } from '@/lib/findings/model/concern';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { AlertRule } from '../../contract/rules';

/** Findings this far apart in event time are no longer one alert, unless a session holds them together. */
export const GROUP_MS = DAY_MS;
/** What is older than this when it is found is told to nobody: a first run over months would wake everybody. */
export const HISTORIC_MS = DAY_MS;

/** What makes one alert of several findings: the session they belong to, else what the routing says. */
export function alertKey(
  finding: Pick<Finding, 'id' | 'rule' | 'subject' | 'actor' | 'sessionId'>,
  grouping: AlertRule['grouping'],
): string {
  if (finding.sessionId !== null) return `session:${finding.sessionId}`;
  switch (grouping) {
    case 'actor':
      return finding.actor === null
        ? `rule:${finding.rule}`
        : `actor:${finding.actor.id ?? finding.actor.kind}`;
    case 'rule':
      return `rule:${finding.rule}`;
    case 'none':
      return `finding:${finding.id}`;
    default:
      return `subject:${finding.subject.type}:${finding.subject.id}`;
  }
}

/** Whether a finding is about something so old that nobody is told. What cannot be muted is always told. */
export function isHistoric(finding: Pick<Finding, 'occurredAt' | 'foundAt' | 'unmutable'>): boolean {
  return !finding.unmutable && addMs(finding.occurredAt, HISTORIC_MS) < finding.foundAt;
}

/** Whether a finding of this event time joins an alert that reaches from its first to its last event. */
export function joins(
  alert: { readonly key: string; readonly firstEventAt: Date; readonly lastEventAt: Date },
  occurredAt: Date,
): boolean {
  if (alert.key.startsWith('session:')) return true;
  return (
    occurredAt >= addMs(alert.firstEventAt, -GROUP_MS) && occurredAt <= addMs(alert.lastEventAt, GROUP_MS)
  );
}
