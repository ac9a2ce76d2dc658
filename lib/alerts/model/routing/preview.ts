import type { Finding } from '@/lib/findings/model/concern';
import { graver } from '@/lib/findings/model/severity';
import type { Risk } from '@/lib/kernel/words';
import type { AlertRule } from '../../contract/rules';
import { alertKey, isHistoric, joins } from './grouping';
import { matches } from './route';

/** An alert that a rule would have made of past findings. */
export type PreviewedAlert = {
  readonly title: string;
  readonly severity: Risk;
  readonly at: Date;
  readonly findings: number;
};

type Building = { key: string; lead: Finding; severity: Risk; first: Date; last: Date; findings: number };

/**
 * The alerts that a rule would have sent of these findings, newest first, grouped as it says. Historic findings are left out
 * as they would be. Requires findings in the order they were found.
 */
export function previewRule(rule: AlertRule, findings: readonly Finding[]): PreviewedAlert[] {
  const alerts: Building[] = [];
  const newest = new Map<string, Building>();
  for (const finding of findings) {
    if (isHistoric(finding) || !matches(rule, finding)) continue;
    const key = alertKey(finding, rule.grouping);
    const standing = newest.get(`${finding.orgId} ${key}`);
    if (
      standing !== undefined &&
      joins({ key, firstEventAt: standing.first, lastEventAt: standing.last }, finding.occurredAt)
    ) {
      if (graver(standing.severity, finding.severity) !== standing.severity) standing.lead = finding;
      standing.severity = graver(standing.severity, finding.severity);
      standing.first = finding.occurredAt < standing.first ? finding.occurredAt : standing.first;
      standing.last = finding.occurredAt > standing.last ? finding.occurredAt : standing.last;
      standing.findings += 1;
      continue;
    }
    const begun: Building = {
      key,
      lead: finding,
      severity: finding.severity,
      first: finding.occurredAt,
      last: finding.occurredAt,
      findings: 1,
    };
    alerts.push(begun);
    newest.set(`${finding.orgId} ${key}`, begun);
  }
  return alerts
    .map(({ lead, severity, findings: count }) => ({
      title: lead.sentence,
      severity,
      at: lead.foundAt,
      findings: count,
    }))
    .reverse();
}
