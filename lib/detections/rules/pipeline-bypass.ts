import { concernOfChange } from '../model/concerns';
import { exampleChange } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'pipeline-bypass';

const rule: Rule<'change'> = {
  id: ID,
  title: 'A change went past the pipeline',
  about:
    'An object that the pipeline looks after was changed by hand, and no approved ticket asks for it. The next deployment may undo it, or carry it on unseen.',
  severity: 'varies',
  runbook:
    'Ask who made the change to put it into the repository or to take it back; note the ticket where there was an emergency.',
  controls: ['change-management'],
  on: 'change',
  responses: [],
  judge(change) {
    if (!change.bypass || !change.accountable || change.planning !== 'ad_hoc') return null;
    return concernOfChange(change, {
      rule: ID,
      severity: change.risk === 'critical' ? 'critical' : 'high',
      sentence: `${change.sentence}, past the pipeline`,
      reasons: [
        'the pipeline looks after this object and did not make this change',
        'no approved ticket or reviewed commit asks for it',
        ...change.riskReasons,
      ],
      tell: ['officer'],
    });
  },
  examples: [
    {
      name: 'by hand, on an object of the pipeline',
      subject: exampleChange({ bypass: true }),
      finds: { severity: 'high', says: /^Dana Admin changed Queue Sales, past the pipeline$/ },
    },
    {
      name: 'critical by itself',
      subject: exampleChange({ bypass: true, risk: 'critical' }),
      finds: { severity: 'critical' },
    },
    {
      name: 'an approved ticket asks for it',
      subject: exampleChange({ bypass: false, linkage: 'linked', planning: 'planned_manual' }),
      finds: null,
    },
    {
      name: 'the pipeline itself',
      subject: exampleChange({ linkage: 'linked', planning: 'planned_pipeline' }),
      finds: null,
    },
  ],
};
export default rule;
