import { describe, expect, it } from 'vitest';
import type { AlertRule } from '@/lib/alerts/contract/rules';
import { ruleSentence } from './rule-sentence';

const names = {
  rule: (id: string) => ({ 'self-move': 'Self-move', 'boundary-cross': 'Across regions' })[id] ?? id,
  org: () => 'Northwind',
  division: () => 'EMEA Restricted',
  channel: (id: string) => (id === 'env_slack' ? 'Slack' : id),
  user: () => 'Nora Newcomb',
};
const rule: AlertRule = {
  name: 'Critical',
  enabled: true,
  what: { rules: [], minSeverity: 'critical', orgs: [], divisions: [], actorKinds: [] },
  who: { roles: ['admin', 'officer'], users: [] },
  channels: ['inbox', 'env_slack'],
  quietHours: null,
  escalation: null,
  grouping: 'subject',
  digest: null,
};

describe('a routing rule in one sentence', () => {
  it('says how grave, who and by which way', () => {
    expect(ruleSentence(rule, names)).toBe(
      'Critical risk that any rule finds tells administrators and compliance officers in their inbox, and goes to Slack.',
    );
  });

  it('says which rules, about what, where and by whom it was done', () => {
    const narrow: AlertRule = {
      ...rule,
      what: {
        rules: ['self-move', 'boundary-cross'],
        minSeverity: 'low',
        orgs: ['o'],
        divisions: ['d'],
        actorKinds: ['person', 'automation'],
      },
      who: { roles: [], users: ['usr_1'] },
      channels: [],
    };
    expect(ruleSentence(narrow, names)).toBe(
      'Everything found by “Self-move” and “Across regions” done by person or automation about EMEA Restricted in Northwind tells Nora Newcomb in their inbox.',
    );
  });

  it('says quiet hours, escalation and digest', () => {
    const late: AlertRule = {
      ...rule,
      quietHours: {
        zone: 'Europe/Rome',
        days: ['sat', 'sun'],
        from: '22:00',
        to: '06:00',
        exceptFrom: 'critical',
      },
      escalation: { afterMinutes: 120, roles: ['operator'], channels: [] },
      digest: { every: 'day', at: '08:00', zone: 'UTC' },
    };
    const said = ruleSentence(late, names);
    expect(said).toContain('collected and sent once a day at 08:00 UTC');
    expect(said).toContain(
      'held back below critical risk from 22:00 to 06:00 Europe/Rome on Saturday and Sunday',
    );
    expect(said).toContain('if nobody takes it within 2 hours, operators too');
  });

  it('a rule that reaches nobody says so', () => {
    const mute: AlertRule = { ...rule, who: { roles: [], users: [] }, channels: [] };
    expect(ruleSentence(mute, names)).toBe('Critical risk that any rule finds tells nobody.');
  });
});
