import { concernOfMove } from '../model/concerns';
import { exampleDivision, exampleMove } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { divisionIn, moveBack, moveSentence, whyReason } from '../model/say-move';

const ID = 'restricted-move';

const rule: Rule<'move'> = {
  id: ID,
  title: 'Something moved into a restricted division',
  about:
    'Any resource that enters a division tagged restricted or high security. The data protection officer is told at once, whatever the routing says.',
  severity: 'high',
  runbook:
    'Check who now sees what through the moved object, and whether that was decided. The page of the move lists the access it opens and closes.',
  controls: ['data-segregation'],
  on: 'move',
  responses: ['move_back'],
  judge(move, context) {
    if (move.restricted !== true) return null;
    const kind = move.to.sensitivity === 'high_security' ? 'high security' : 'restricted';
    return concernOfMove(move, {
      rule: ID,
      severity: 'high',
      sentence: `${moveSentence(move)}, which is ${kind}`,
      reasons: [`${divisionIn(move.to)} is tagged ${kind}`, whyReason(move, context)],
      responses: moveBack(move),
      tell: ['privacy_officer'],
    });
  },
  examples: [
    {
      name: 'into a restricted division',
      subject: exampleMove({
        restricted: true,
        to: exampleDivision('EMEA Restricted', { sensitivity: 'restricted' }),
      }),
      finds: { severity: 'high', says: /EMEA Restricted, which is restricted$/ },
    },
    {
      name: 'a queue into a high-security division',
      subject: exampleMove({
        restricted: true,
        target: { type: 'Queue', id: 'queue-1', name: 'Payments' },
        to: exampleDivision('US High Security', { sensitivity: 'high_security' }),
      }),
      finds: { severity: 'high', says: /moved queue Payments .* which is high security$/ },
    },
    { name: 'into a normal division', subject: exampleMove({ restricted: false }), finds: null },
    { name: 'into a division without a tag: not evaluated', subject: exampleMove(), finds: null },
  ],
};
export default rule;
