import type { ProposedResponse } from '@/lib/findings/model/concern';
import { concernOfMove } from '../model/concerns';
import { exampleDivision, exampleMove, RAVI, SCRIPT } from '../model/example-subjects';
import type { Rule } from '../model/rule';
import { divisionIn, fromTo, moveBack, movedOf, moverOf, whyReason } from '../model/say-move';
import type { MoveSubject } from '../model/subject';

const ID = 'self-move';

const rule: Rule<'move'> = {
  id: ID,
  title: 'Somebody moved themselves to another division',
  about:
    'The moved person is the one who acted, by their own hand or through an OAuth client they own: the classic way to reach recordings and queues one was not given. Upwards by the rank of the divisions is told first.',
  severity: 'critical',
  runbook:
    'Ask the person and their manager now. If nobody else decided it: deactivate the account, revoke its tokens, move it back, and look at what it read since the move.',
  controls: ['access-segregation'],
  on: 'move',
  responses: ['deactivate_user', 'move_back', 'disable_client'],
  judge(move, context) {
    if (!move.selfMove) return null;
    const client = move.selfMoveBy === 'own_client' ? clientOf(move) : null;
    const who = client === null ? moverOf(move) : movedOf(move);
    const upwards = move.direction === 'up' ? ' up' : '';
    const through = client === null ? '' : `, through their own OAuth client ${client.name ?? client.id}`;
    return concernOfMove(move, {
      rule: ID,
      severity: 'critical',
      sentence: `${who} moved themselves${upwards} ${fromTo(move)}${through}`,
      reasons: [
        client === null
          ? 'the moved person is the one who acted'
          : 'the OAuth client that acted belongs to the moved person',
        directionReason(move),
        whyReason(move, context),
      ],
      responses: responsesOf(move, client),
      tell: ['officer', 'admin'],
    });
  },
  examples: [
    {
      name: 'by their own hand, to a division that ranks higher',
      subject: exampleMove({
        actor: RAVI,
        selfMove: true,
        selfMoveBy: 'direct',
        direction: 'up',
        from: exampleDivision('US Sales', { rank: 1 }),
        to: exampleDivision('EMEA Restricted', { rank: 3 }),
      }),
      finds: {
        severity: 'critical',
        says: /^Ravi Agent moved themselves up from US Sales to EMEA Restricted$/,
        key: 'self-move/mov_change-1',
      },
    },
    {
      name: 'through an OAuth client of theirs',
      subject: exampleMove({
        actor: SCRIPT,
        selfMove: true,
        selfMoveBy: 'own_client',
        direction: 'sideways',
      }),
      finds: { severity: 'critical', says: /^Ravi Agent .*through their own OAuth client Nightly export$/ },
    },
    { name: 'somebody else moved them', subject: exampleMove(), finds: null },
  ],
};
export default rule;

function clientOf(move: MoveSubject): { readonly id: string; readonly name: string | null } | null {
  if (move.actor.kind === 'automation' && move.actor.id !== null)
    return { id: move.actor.id, name: move.actor.name };
  return move.client;
}

function directionReason(move: MoveSubject): string {
  const from = divisionIn(move.from);
  const to = divisionIn(move.to);
  switch (move.direction) {
    case 'up':
      return `${to} ranks above ${from}: they gave themselves more privilege`;
    case 'down':
      return `${to} ranks below ${from}`;
    case 'sideways':
      return `${to} ranks like ${from}`;
    default:
      return 'whether it gave them more privilege is not evaluated: a division has no rank';
  }
}

function responsesOf(
  move: MoveSubject,
  client: { readonly id: string; readonly name: string | null } | null,
): ProposedResponse[] {
  const { id, name } = move.target;
  return [
    { kind: 'deactivate_user', target: { type: 'User', id, name } },
    ...moveBack(move),
    ...(client === null
      ? []
      : [
          {
            kind: 'disable_client' as const,
            target: { type: 'OAuthClient', id: client.id, name: client.name },
          },
        ]),
  ];
}
