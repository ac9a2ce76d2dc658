import { toIso } from '@/lib/kernel/instant';
import type { Rule } from '../model/rule';

const ID = 'mute-past-reason';
const mute = {
  id: 'mut_1',
  rule: 'division-move',
  ruleTitle: 'Something moved to another division',
  reason: 'Reorganisation of the week, CHG0040001',
  by: 'Dana Admin',
  until: new Date('2026-11-20T10:00:00Z'),
  held: 12,
  past: { why: 'ended', ticket: null, at: new Date('2026-11-20T10:00:00Z') },
} as const;

const rule: Rule<'mute'> = {
  id: ID,
  title: 'A mute outlived its reason',
  about:
    'A mute ended, or the ticket it was made for is closed while it still holds alerts back. What it held is counted. Cannot be muted.',
  severity: 'medium',
  runbook: 'Look through what was held back; lift the mute, or make a new one with a reason that stands.',
  controls: ['change-management'],
  on: 'mute',
  unmutable: true,
  responses: [],
  judge(subject) {
    const { past } = subject;
    const ended = past.why === 'ended';
    return {
      key: `${ID}/${subject.id}/${past.why}`,
      rule: ID,
      severity: 'medium',
      subject: { type: 'Mute', id: subject.id, name: subject.ruleTitle },
      sentence: ended
        ? `The mute of “${subject.ruleTitle}” ended; it held back ${alerts(subject.held)}`
        : `The mute of “${subject.ruleTitle}” outlives ${past.ticket}, which is closed; it held back ${alerts(subject.held)}`,
      reasons: [
        `${subject.by} made it until ${toIso(subject.until)}: ${subject.reason}`,
        ended
          ? 'its end has come: alerts of the rule are sent again'
          : 'the ticket that its reason names is closed',
      ],
      occurredAt: past.at,
      receivedAt: null,
      actor: null,
      changeIds: [],
      moveId: null,
      sessionId: null,
      divisionIds: [],
      responses: [],
      tell: ['operator', 'admin'],
      unmutable: true,
    };
  },
  examples: [
    {
      name: 'it ended',
      subject: mute,
      finds: {
        severity: 'medium',
        says: /ended; it held back 12 alerts$/,
        key: 'mute-past-reason/mut_1/ended',
      },
    },
    {
      name: 'its ticket is closed',
      subject: { ...mute, held: 1, past: { why: 'ticket_closed', ticket: 'CHG0040001', at: mute.past.at } },
      finds: { severity: 'medium', says: /outlives CHG0040001, which is closed; it held back 1 alert$/ },
    },
  ],
};
export default rule;

function alerts(held: number): string {
  return held === 1 ? '1 alert' : `${held} alerts`;
}
