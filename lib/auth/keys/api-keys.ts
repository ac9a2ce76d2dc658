import { randomBytes } from 'node:crypto';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { isUuid, newId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import { KEY_PREFIX, keyHash } from '../sign-in/authenticate';
import { type ApiKey, insertKey, revokeKeyRow } from '../store/key-rows';

export type NewApiKey = {
  readonly name: string;
  readonly role: Role;
  /** Organisations the key may see; null or absent: all. */
  readonly orgScope?: readonly string[] | null;
  readonly expiresAt?: Date | null;
};

/** Makes a key and journals it. `key` is shown this once: only its SHA-256 is stored. Throws `bad_request`. */
export async function createApiKey(
  sql: Sql,
  wanted: NewApiKey,
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<{ id: string; key: string; apiKey: ApiKey }> {
  const name = wanted.name.trim();
  if (name === '') throw requestError('bad_request', 'cannot make the key: it needs a name');
  if (wanted.orgScope?.some((id) => !isUuid(id))) {
    throw requestError('bad_request', 'cannot make the key: an organisation id is a UUID');
  }
  if (wanted.expiresAt && wanted.expiresAt <= by.now) {
    throw requestError('bad_request', 'cannot make the key: it would have expired already');
  }
  const key = `${KEY_PREFIX}${randomBytes(32).toString('base64url')}`;
  const apiKey: ApiKey = {
    id: newId('apiKey', by.now),
    name,
    role: wanted.role,
    orgScope: wanted.orgScope ?? null,
    createdAt: by.now,
    createdBy: by.actor.name,
    expiresAt: wanted.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await insertKey(sql, apiKey, keyHash(key));
  await appendJournal(sql, {
    actor: by.actor,
    action: 'api_key.created',
    objectType: 'api_key',
    objectId: apiKey.id,
    detail: {
      name,
      role: apiKey.role,
      orgScope: apiKey.orgScope,
      expiresAt: apiKey.expiresAt ? toIso(apiKey.expiresAt) : null,
    },
    at: by.now,
  });
  return { id: apiKey.id, key, apiKey };
}

/** Revokes a key, at once for its next request; journaled. Throws `not_found`. */
export async function revokeApiKey(
  sql: Sql,
  id: string,
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<void> {
  const key = await revokeKeyRow(sql, id, by.now);
  if (!key) throw requestError('not_found', 'cannot revoke the key: there is none in force with this id');
  await appendJournal(sql, {
    actor: by.actor,
    action: 'api_key.revoked',
    objectType: 'api_key',
    objectId: id,
    detail: { name: key.name, role: key.role },
    at: by.now,
  });
}
