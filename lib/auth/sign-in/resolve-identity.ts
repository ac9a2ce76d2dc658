import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { findIdentity, findUser, findUserByEmail, insertIdentity, updateUser } from '../store/user-rows';

/** What an OpenID provider said in a token whose signature, issuer, audience, nonce and times were checked. */
export type ProvenIdentity = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
};

export type IdentityOutcome =
  | { readonly kind: 'known'; readonly userId: string }
  | { readonly kind: 'refused'; readonly because: 'unknown' | 'disabled' | 'email_not_verified' };

export type IdentityContext = {
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly now: Date;
};

/**
 * The person behind an identity: by issuer and subject. An identity seen for the first time is linked to the person who was
 * invited under its e-mail address, if the provider vouches for the address; to nobody else, and no account or role is
 * made from claims. Links and refusals are journaled.
 */
export function resolveIdentity(
  db: Database,
  identity: ProvenIdentity,
  context: IdentityContext,
): Promise<IdentityOutcome> {
  return db.transaction(async (sql) => {
    const outcome = await resolve(sql, identity, context);
    if (outcome.kind === 'refused') {
      await appendJournal(sql, {
        actor: {
          kind: 'anonymous',
          id: null,
          name: 'Somebody',
          ip: context.ip,
          requestId: context.requestId,
        },
        action: 'session.refused',
        objectType: 'identity',
        objectId: null,
        detail: {
          method: 'oidc',
          issuer: identity.issuer,
          subject: identity.subject,
          because: outcome.because,
        },
        at: context.now,
      });
    }
    return outcome;
  });
}

async function resolve(
  sql: Sql,
  identity: ProvenIdentity,
  context: IdentityContext,
): Promise<IdentityOutcome> {
  const known = await findIdentity(sql, identity);
  if (known) {
    const user = await findUser(sql, known);
    return user?.state === 'active'
      ? { kind: 'known', userId: known }
      : { kind: 'refused', because: 'disabled' };
  }
  const invited = identity.email ? await findUserByEmail(sql, identity.email, true) : null;
  if (invited?.state !== 'invited') return { kind: 'refused', because: 'unknown' };
  if (!identity.emailVerified) return { kind: 'refused', because: 'email_not_verified' };
  await insertIdentity(sql, { ...identity, userId: invited.id, now: context.now });
  await updateUser(sql, invited.id, { state: 'active' });
  await appendJournal(sql, {
    actor: {
      kind: 'person',
      id: invited.id,
      name: invited.name,
      ip: context.ip,
      requestId: context.requestId,
    },
    action: 'user.linked',
    objectType: 'user',
    objectId: invited.id,
    detail: { issuer: identity.issuer, subject: identity.subject },
    at: context.now,
  });
  return { kind: 'known', userId: invited.id };
}
