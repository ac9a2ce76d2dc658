import { atLeast } from '@/lib/findings/model/severity';
import { concernOfChange } from '../model/concerns';
import { exampleChange } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'high-risk-ad-hoc';

const rule: Rule<'change'> = {
  id: ID,
  title: 'A high-risk change that nothing asked for',
  about:
    'High or critical by the risk table, made by somebody, and no approved ticket or reviewed commit asks for it; told where no more specific rule already does.',
  severity: 'varies',
  runbook:
    'Ask who made it for the ticket; late approvals are judged again by themselves. Without one, take the change back.',
  controls: ['change-management'],
  on: 'change',
  general: true,
  plain: true,
  responses: [],
  judge(change) {
    if (!change.accountable || change.planning !== 'ad_hoc' || !atLeast(change.risk, 'high')) return null;
    // Its ticket may be looked up in a moment; the change is judged again then.
    if (change.awaitsLinks) return null;
    return concernOfChange(change, {
      rule: ID,
      severity: change.risk,
      sentence: change.sentence,
      reasons: [
        ...change.riskReasons,
        change.linkageReason === 'not_evaluated'
          ? 'what it cites could not be looked up yet: whether it was approved is not evaluated'
          : 'no approved ticket or reviewed commit asks for it',
      ],
    });
  },
  examples: [
    {
      name: 'a trunk removed without a ticket',
      subject: exampleChange({
        service: 'Telephony',
        entityType: 'Trunk',
        action: 'Delete',
        risk: 'high',
        riskReasons: ['calls may no longer go through'],
        sentence: 'Dana Admin removed Trunk SBC-Madrid-2',
      }),
      finds: { severity: 'high', says: /removed Trunk/ },
    },
    { name: 'critical', subject: exampleChange({ risk: 'critical' }), finds: { severity: 'critical' } },
    { name: 'of medium risk', subject: exampleChange({ risk: 'medium' }), finds: null },
    {
      name: 'with an approved ticket',
      subject: exampleChange({ risk: 'critical', linkage: 'linked', planning: 'planned_manual' }),
      finds: null,
    },
    {
      name: 'whose ticket nobody has looked up yet',
      subject: exampleChange({ risk: 'critical', awaitsLinks: true }),
      finds: null,
    },
    {
      name: 'refused by the platform',
      subject: exampleChange({ risk: 'high', accountable: false }),
      finds: null,
    },
  ],
};
export default rule;
