import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { mayReview } from './may-review';
import { moveSentence } from './model/move-sentence';
import { moveById } from './store/list-moves';
import { appendReview } from './store/reviews';

/**
 * Appends a person's outcome to a move, with the move as it was shown, and journals it; the last outcome stands. Requires a
 * transaction. Throws `not_found`, and `forbidden` with the sentence for whoever may not review it.
 */
export async function reviewMove(
  sql: Sql,
  asked: {
    readonly moveId: string;
    readonly outcome: 'approved' | 'rejected';
    readonly comment: string;
  },
  by: { readonly actor: JournalActor; readonly now: Date; readonly orgIds: readonly string[] },
): Promise<{ readonly id: string }> {
  const found = await moveById(sql, by.orgIds, asked.moveId);
  if (found === null)
    throw requestError('not_found', 'cannot review the move: there is none with this id that you may see');
  const { move } = found;
  const { actor, now } = by;
  const may = await mayReview(sql, move, actor);
  if (!may.allowed || actor.id === null)
    throw requestError('forbidden', 'cannot review the move', { hint: may.because ?? '' });
  const { outcome, comment } = asked;
  const id = await appendReview(sql, {
    orgId: move.orgId,
    moveId: move.id,
    decidedAt: now,
    outcome,
    reviewer: actor.name,
    reviewerId: actor.id,
    comment,
    move: {
      sentence: moveSentence(move),
      at: toIso(move.at),
      changeId: move.changeId,
      targetId: move.target.id,
      fromDivisionId: move.from.id,
      toDivisionId: move.to.id,
      actorId: move.actor.id,
      dueAt: move.reviewDueAt === null ? null : toIso(move.reviewDueAt),
    },
  });
  await appendJournal(sql, {
    actor,
    action: 'division_move.reviewed',
    objectType: 'division_move',
    objectId: move.id,
    orgId: move.orgId,
    detail: { review: id, outcome, comment },
    at: now,
  });
  return { id };
}
