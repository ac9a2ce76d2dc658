import { findUser } from '@/lib/auth/store/user-rows';
import type { Sql } from '@/lib/db/sql';
import { emailsBehind } from '@/lib/directory/emails-behind';
import type { JournalActor } from '@/lib/kernel/actor';
import type { ActorKind } from '@/lib/kernel/words';
import { decidableChange } from '../store/manual/decidable-changes';

export type MayDecide = { readonly allowed: boolean; readonly because: string | null };

/** A change as far as it matters who may decide about it. */
export type Decidable = {
  readonly id: string;
  readonly orgId: string;
  readonly eventDate: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly accountable: boolean;
  /** Excused by a rule: links may still be attached for the day it no longer is. */
  readonly excused: boolean;
  readonly risk: number;
  readonly linkage: string;
};

/**
 * Whether somebody may decide about the links of a change: a person, and never the one who made it, nor the owner of the OAuth
 * client it was made through. They are known by the e-mail addresses the platform ever had for them.
 */
export async function mayDecide(
  sql: Sql,
  change: Pick<Decidable, 'orgId' | 'eventDate' | 'actorId' | 'clientId'>,
  decider: { readonly kind: JournalActor['kind']; readonly id: string | null },
): Promise<MayDecide> {
  if (decider.kind !== 'person' || decider.id === null)
    return refused('A decision about a link is a person’s: sign in to make one.');
  const user = await findUser(sql, decider.id);
  if (user === null) return refused('A decision about a link is a person’s: there is no account of yours.');
  const behind = await emailsBehind(sql, { ...change, at: change.eventDate });
  if (behind.has(user.email.toLowerCase()))
    return refused('Whoever made a change may not decide what authorised it: ask somebody else.');
  return { allowed: true, because: null };
}

/** The change, or null where these organisations have none with this id. */
export function changeToDecide(sql: Sql, orgIds: readonly string[], id: string): Promise<Decidable | null> {
  return decidableChange(sql, orgIds, id);
}

function refused(because: string): MayDecide {
  return { allowed: false, because };
}
