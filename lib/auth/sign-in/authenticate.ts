import { createHash } from 'node:crypto';
import type { Database } from '@/lib/db/connection';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { findKey, findSession, noteKeyUse, noteSessionUse, type Principal } from '../store/viewer-rows';
import type { Viewer } from '../viewer';
import { sidHash } from './session-cookie';

/** What is known of a request besides who makes it. */
export type RequestOrigin = { readonly ip?: string; readonly requestId?: string };

/** Uses closer together than this are noted once: a write per request would cost more than the request. */
const USE_NOTED_EVERY_MS = MINUTE_MS;

/** Prefix of our keys, so that a leaked one is recognised by scanners and people. */
export const KEY_PREFIX = 'tsk_';
const KEY = /^tsk_[A-Za-z0-9_-]{43}$/;

/** The person of a session id, as the database knows them at this moment, or null. */
export async function viewerOfSession(
  db: Database,
  sid: string,
  origin: RequestOrigin,
  now: Date = new Date(),
): Promise<Viewer | null> {
  const found = await findSession(db.sql, { sidHash: sidHash(sid), now });
  if (!found?.sessionId) return null;
  if (isStale(found, now)) await noteSessionUse(db.sql, { sessionId: found.sessionId, now });
  return { ...viewer('person', found, origin), sessionId: found.sessionId };
}

/** The viewer of an API key, or null for a key that is unknown, revoked or expired. */
export async function viewerOfKey(
  db: Database,
  key: string,
  origin: RequestOrigin,
  now: Date = new Date(),
): Promise<Viewer | null> {
  if (!KEY.test(key)) return null;
  const found = await findKey(db.sql, { hash: keyHash(key), now });
  if (!found) return null;
  if (isStale(found, now)) await noteKeyUse(db.sql, { keyId: found.id, now });
  return viewer('api_key', found, origin);
}

/** SHA-256 is enough for a secret of 256 random bits; a slow hash would only slow down every call. */
export function keyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function isStale(found: Principal, now: Date): boolean {
  return !found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() >= USE_NOTED_EVERY_MS;
}

function viewer(kind: 'person' | 'api_key', found: Principal, origin: RequestOrigin): Viewer {
  const { id, name, role, orgIds } = found;
  return { kind, id, name, role, orgIds, ...(found.limited ? { limited: true } : {}), ...origin };
}
