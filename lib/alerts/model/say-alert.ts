import { thingOf } from '@/lib/changes/model/sentence/words';
import type { Finding } from '@/lib/findings/model/concern';
import { toIso } from '@/lib/kernel/instant';
import type { Purpose } from '../contract/deliveries';
import type { Message } from './message';

/** What a message about an alert is made of. */
export type Told = {
  readonly alertId: string;
  readonly title: string;
  readonly lead: Finding;
  readonly severity: Finding['severity'];
  readonly findings: number;
  readonly firstEventAt: Date;
  readonly lastEventAt: Date;
  readonly sessionId: string | null;
  readonly orgName: string;
  readonly runbook: string | null;
  readonly ruleTitle: string;
};

/** The title of an alert: its gravest finding, and how much more there is. */
export function alertTitle(lead: Pick<Finding, 'sentence'>, changes: number): string {
  if (changes <= 1) return lead.sentence;
  const more = changes - 1;
  return `${lead.sentence}, and ${more.toLocaleString('en-US')} more ${more === 1 ? 'change' : 'changes'}`;
}

const OPENINGS: Partial<Record<Purpose, string>> = {
  update: 'More: ',
  escalation: 'Not acknowledged: ',
};

/** A message that tells of an alert. */
export function messageOf(told: Told, purpose: Purpose): Message {
  const { lead } = told;
  const when =
    told.firstEventAt.getTime() === told.lastEventAt.getTime()
      ? toIso(told.lastEventAt)
      : `${toIso(told.firstEventAt)} to ${toIso(told.lastEventAt)}`;
  const facts = [
    { label: 'Who', value: lead.actor === null ? null : (lead.actor.name ?? lead.actor.id ?? 'unknown') },
    { label: 'What', value: `${thingOf(lead.subject.type)} ${lead.subject.name ?? lead.subject.id}` },
    { label: 'When (UTC)', value: when },
    { label: 'Why it is told', value: lead.reasons.join('; ') },
    { label: 'Rule', value: told.ruleTitle },
    { label: 'Findings', value: told.findings === 1 ? null : String(told.findings) },
    { label: 'Session', value: told.sessionId },
  ];
  return {
    title: `${OPENINGS[purpose] ?? ''}${told.title}`,
    severity: told.severity,
    facts: facts.flatMap(({ label, value }) => (value === null || value === '' ? [] : [{ label, value }])),
    orgName: told.orgName,
    path: `/alerts/${told.alertId}`,
    runbook: told.runbook,
    correlationId: told.alertId,
  };
}
