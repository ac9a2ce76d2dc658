import { toIso } from '@/lib/kernel/instant';
import { concernOfMove } from '../model/concerns';
import { exampleMove } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { fromTo, moveBack, movedOf } from '../model/say-move';

const ID = 'unaudited-move';

const rule: Rule<'move'> = {
  id: ID,
  title: 'A move that no audit record tells of',
  about:
    'Two snapshots of the directory show an object in different divisions, and no audit record of a move lies between them: who did it is unknown.',
  severity: 'high',
  runbook:
    'Ask who moved it; check that audit records of the time were all collected (Coverage), and open a case with Genesys if they were.',
  controls: ['data-segregation', 'audit-completeness'],
  on: 'move',
  responses: ['move_back'],
  judge(move) {
    if (move.source !== 'snapshot_diff') return null;
    const when = move.within === null ? 'at an unknown time' : between(move.within);
    const moved = movedOf(move);
    return concernOfMove(move, {
      rule: ID,
      severity: 'high',
      sentence: `${moved.charAt(0).toUpperCase()}${moved.slice(1)} went ${fromTo(move)}, and no audit record says who moved it`,
      reasons: [`the directory shows it in both, ${when}`, 'no audit record of a move lies in between'],
      responses: moveBack(move),
      tell: ['officer'],
    });
  },
  examples: [
    {
      name: 'seen between two snapshots',
      subject: exampleMove({
        source: 'snapshot_diff',
        changeId: null,
        actor: { kind: 'unknown', id: null, name: null },
        within: { from: new Date('2026-11-19T02:00:00Z'), to: new Date('2026-11-20T02:00:00Z') },
      }),
      finds: { severity: 'high', says: /^Ravi Agent went from US Sales to US Support, and no audit record/ },
    },
    { name: 'an audited move', subject: exampleMove(), finds: null },
  ],
};
export default rule;

function between({ from, to }: { readonly from: Date; readonly to: Date }): string {
  return `read at ${toIso(from)} and at ${toIso(to)}`;
}
