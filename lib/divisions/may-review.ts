import { findUser } from '@/lib/auth/store/user-rows';
import type { Sql } from '@/lib/db/sql';
import { entityAsOf } from '@/lib/directory/find-as-of';
import { knownClients } from '@/lib/directory/known-clients';
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
  if ((await emailsOfMovers(sql, move)).has(own))
    return refused('Whoever made a move may not review it: ask somebody else.');
  return { allowed: true, because: null };
}

function refused(because: string): MayReview {
  return { allowed: false, because };
}

async function emailsOfMovers(sql: Sql, move: RecordedMove): Promise<ReadonlySet<string>> {
  const { orgId } = move;
  const owner =
    move.client === null ? null : ((await knownClients(sql, orgId)).get(move.client.id)?.createdBy ?? null);
  const emails = new Set<string>();
  for (const id of new Set([move.actor.id, owner])) {
    if (id === null) continue;
    const known = await entityAsOf(sql, { orgId, kind: 'user', id }, move.at);
    for (const version of known?.timeline ?? [])
      for (const email of emailsOf(version.content.item)) emails.add(email);
  }
  return emails;
}

/** The addresses by which the platform knows a person: to write to, and to sign in with. */
function emailsOf(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  return [Reflect.get(item, 'email'), Reflect.get(item, 'username')].flatMap((value: unknown) =>
    typeof value === 'string' && value.includes('@') ? [value.trim().toLowerCase()] : [],
  );
}
