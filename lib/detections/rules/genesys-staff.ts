import { atLeast } from '@/lib/findings/model/severity';
import { concernOfChange } from '../model/concerns';
import { exampleChange } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'genesys-staff';
const external = exampleChange({
  actor: { kind: 'external', id: 'x0000000-0000-4000-8000-000000000001', name: null },
  level: 'GENESYS_INTERNAL',
  accountable: false,
  sentence: 'External user x000…0001 changed Queue Sales',
});

const rule: Rule<'change'> = {
  id: ID,
  title: 'Somebody from outside the organisation acted',
  about:
    'Genesys’ own staff, or a person of a trusted organisation, changed something. Told once per actor and day; all of it stands in the changes.',
  severity: 'varies',
  runbook:
    'Match it with a support case or with the partner’s order; where there is none, ask Genesys or the partner.',
  controls: ['external-access'],
  on: 'change',
  responses: [],
  judge(change) {
    if (change.actor.kind !== 'external') return null;
    const staff = change.level === 'GENESYS_INTERNAL';
    const grave = atLeast(change.risk, 'high');
    const who = change.actor.id ?? 'unknown';
    const day = change.at.toISOString().slice(0, 10);
    return concernOfChange(change, {
      rule: ID,
      key: `${ID}/${who}/${day}${grave ? '/high' : ''}`,
      severity: grave ? 'high' : 'medium',
      sentence: change.sentence,
      reasons: [
        staff ? 'Genesys’ own staff acted' : 'the account belongs to another organisation',
        ...change.riskReasons,
      ],
    });
  },
  examples: [
    {
      name: 'staff of Genesys',
      subject: external,
      finds: { severity: 'medium', says: /changed Queue Sales/ },
    },
    {
      name: 'a partner removes a trunk',
      subject: { ...external, level: 'USER', accountable: true, risk: 'high' },
      finds: { severity: 'high', key: 'genesys-staff/x0000000-0000-4000-8000-000000000001/2026-11-20/high' },
    },
    { name: 'a person of the organisation', subject: exampleChange(), finds: null },
  ],
};
export default rule;
