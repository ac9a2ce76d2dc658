import { concernOfMove } from '../model/concerns';
import { exampleDivision, exampleMove } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { moveBack, moveSentence, whyReason } from '../model/say-move';

const ID = 'boundary-cross';

const rule: Rule<'move'> = {
  id: ID,
  title: 'A move crossed a data boundary',
  about:
    'The two divisions lie in different regions, such as EMEA and US: personal data may become visible outside its region (GDPR). Not evaluated where a division has no region.',
  severity: 'high',
  runbook:
    'Decide with the data protection officer whether the transfer is allowed; if not, move the object back and note who saw what meanwhile.',
  controls: ['data-segregation', 'gdpr-transfer'],
  on: 'move',
  responses: ['move_back'],
  judge(move, context) {
    if (move.boundaryCross !== true) return null;
    return concernOfMove(move, {
      rule: ID,
      severity: 'high',
      sentence: `${moveSentence(move)}, across a data boundary: ${move.from.region} to ${move.to.region}`,
      reasons: [`the regions differ: ${move.from.region} and ${move.to.region}`, whyReason(move, context)],
      responses: moveBack(move),
      tell: ['privacy_officer'],
    });
  },
  examples: [
    {
      name: 'from EMEA to the US',
      subject: exampleMove({
        boundaryCross: true,
        from: exampleDivision('EMEA Sales', { region: 'EMEA' }),
        to: exampleDivision('US Sales', { region: 'US' }),
      }),
      finds: { severity: 'high', says: /across a data boundary: EMEA to US$/ },
    },
    { name: 'within one region', subject: exampleMove({ boundaryCross: false }), finds: null },
    { name: 'a region is not known: not evaluated', subject: exampleMove(), finds: null },
  ],
};
export default rule;
