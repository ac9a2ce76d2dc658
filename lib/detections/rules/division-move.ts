import type { Risk } from '@/lib/kernel/words';
import { concernOfMove } from '../model/concerns';
import { exampleMove } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { moveSentence, whyReason } from '../model/say-move';
import type { MoveSubject } from '../model/subject';

const ID = 'division-move';

const rule: Rule<'move'> = {
  id: ID,
  title: 'Something moved to another division',
  about:
    'Every recorded move, told when it arrives. Low where a ticket or commit asked for it, medium where nothing did, high where the change itself is critical.',
  severity: 'varies',
  runbook: 'Look at who moved what and why; the page of the move says which access it opens and closes.',
  controls: ['data-segregation'],
  on: 'move',
  plain: true,
  responses: [],
  judge(move, context) {
    if (move.source === 'snapshot_diff') return null;
    return concernOfMove(move, {
      rule: ID,
      severity: severityOf(move),
      sentence: moveSentence(move),
      reasons: [move.accountable ? whyReason(move, context) : 'a step that the platform took, not a person'],
    });
  },
  examples: [
    { name: 'nothing asked for it', subject: exampleMove(), finds: { severity: 'medium' } },
    {
      name: 'a ticket asked for it',
      subject: exampleMove({ linkage: 'linked', planning: 'planned_manual' }),
      finds: { severity: 'low' },
    },
    {
      name: 'its ticket is still being looked up: told all the same',
      subject: exampleMove(),
      context: { awaitsLinks: () => true },
      finds: { severity: 'medium' },
    },
    {
      name: 'the change is critical and nothing asked for it',
      subject: exampleMove({ risk: 'critical' }),
      finds: { severity: 'high' },
    },
    {
      name: 'a step of a cascade that the platform took',
      subject: exampleMove({ accountable: false, linkage: 'not_applicable' }),
      finds: { severity: 'low' },
    },
    {
      name: 'seen between two snapshots: told by another rule',
      subject: exampleMove({ source: 'snapshot_diff', changeId: null }),
      finds: null,
    },
  ],
};
export default rule;

function severityOf(move: MoveSubject): Risk {
  if (!move.accountable || move.linkage === 'linked' || move.linkage === 'not_applicable') return 'low';
  return move.risk === 'critical' ? 'high' : 'medium';
}
