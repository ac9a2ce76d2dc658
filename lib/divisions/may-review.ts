import { findUser } from '@/lib/auth/store/user-rows';
import type { Sql } from '@/lib/db/sql';
import { emailsBehind } from '@/lib/directory/emails-behind';
import type { JournalActor } from '@/lib/kernel/actor';
import type { RecordedMove } from './model/recorded-move';

export type MayReview = { readonly allowed: boolean; readonly because: string | null };

/**
 * Whether somebody may review a move: a person, and never the one who made it. The mover is known by the e-mail addresses the
 * platform ever had for them, and by those of whoever owns the OAuth client it was done through.
 */
export async function mayReview(
  sql: Sql,
  move: RecordedMove,
  reviewer: { readonly kind: JournalActor['kind']; readonly id: string | null },
): Promise<MayReview> {
  if (reviewer.kind !== 'person' || reviewer.id === null)
    return refused('A review is a person’s: sign in to give one.');
  const user = await findUser(sql, reviewer.id);
  if (user === null) return refused('A review is a person’s: there is no account of yours.');
  const own = user.email.toLowerCase();
  const movers = await emailsBehind(sql, {
    orgId: move.orgId,
    actorId: move.actor.id,
    clientId: move.client?.id ?? null,
    at: move.at,
  });
  if (movers.has(own)) return refused('Whoever made a move may not review it: ask somebody else.');
  return { allowed: true, because: null };
}

function refused(because: string): MayReview {
  return { allowed: false, because };
}
