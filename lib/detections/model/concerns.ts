import type { Concern } from '@/lib/findings/model/concern';
import type { ChangeSubject, MoveSubject } from './subject';

type Said = Pick<Concern, 'severity' | 'sentence' | 'reasons'> & {
  readonly rule: string;
  readonly key?: string;
  readonly subject?: Concern['subject'];
  readonly responses?: Concern['responses'];
  readonly tell?: Concern['tell'];
};

/** A concern about a change: what the rule says, with everything that stands in the change. */
export function concernOfChange(change: ChangeSubject, said: Said): Concern {
  return {
    key: said.key ?? `${said.rule}/${change.id}`,
    rule: said.rule,
    severity: said.severity,
    subject: said.subject ?? {
      type: change.entityType,
      id: change.entity.id ?? change.id,
      name: change.entity.name,
    },
    sentence: said.sentence,
    reasons: said.reasons,
    occurredAt: change.at,
    receivedAt: change.receivedAt,
    actor: change.actor,
    changeIds: [change.id],
    moveId: null,
    sessionId: change.sessionId,
    divisionIds: change.divisionId === null ? [] : [change.divisionId],
    responses: said.responses ?? [],
    tell: said.tell ?? [],
    unmutable: false,
  };
}

/** A concern about a move. */
export function concernOfMove(move: MoveSubject, said: Said): Concern {
  return {
    key: said.key ?? `${said.rule}/${move.id}`,
    rule: said.rule,
    severity: said.severity,
    subject: said.subject ?? move.target,
    sentence: said.sentence,
    reasons: said.reasons,
    occurredAt: move.at,
    receivedAt: move.receivedAt,
    actor: move.actor,
    changeIds: move.changeId === null ? [] : [move.changeId],
    moveId: move.id,
    sessionId: move.sessionId,
    divisionIds: [...new Set([move.from.id, move.to.id].filter((id) => id !== null))],
    responses: said.responses ?? [],
    tell: said.tell ?? [],
    unmutable: false,
  };
}
