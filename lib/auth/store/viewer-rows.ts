import type { Sql } from '@/lib/db/sql';
import { ROLES, type Role } from '@/lib/kernel/words';

/** What authentication finds about who asks. */
export type Principal = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly orgIds: readonly string[];
  readonly limited: boolean;
  readonly sessionId: string | null;
  /** When it was last noted that this session or key was used. */
  readonly lastUsedAt: Date | null;
};

type Row = {
  id: string;
  name: string;
  role: string;
  org_ids: string[] | null;
  limited: boolean;
  session_id: string | null;
  last_used_at: Date | null;
};

const ORG_IDS = (scope: string) =>
  `(select array_agg(o.org_id::text order by o.org_id) from org o where ${scope} is null or o.org_id = any (${scope})) as org_ids, ${scope} is not null as limited`;

/** The person behind a session that is neither ended, idle too long, nor too old, and whose account is active. */
export async function findSession(
  sql: Sql,
  session: { readonly sidHash: Buffer; readonly now: Date },
): Promise<Principal | null> {
  const rows = await sql.query<Row>(
    `select u.id, u.name, u.role, s.id as session_id, s.last_seen_at as last_used_at, ${ORG_IDS('u.org_scope')}
     from user_session s join app_user u on u.id = s.user_id
     where s.sid_hash = $1 and s.revoked_at is null and s.expires_at > $2
       and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2 and u.state = 'active'`,
    [session.sidHash, session.now],
  );
  return principal(rows[0]);
}

/** The key whose secret hashes to this, neither revoked nor expired. */
export async function findKey(
  sql: Sql,
  key: { readonly hash: Buffer; readonly now: Date },
): Promise<Principal | null> {
  const rows = await sql.query<Row>(
    `select k.id, k.name, k.role, null::text as session_id, k.last_used_at, ${ORG_IDS('k.org_scope')}
     from api_key_secret s join api_key k on k.id = s.key_id
     where s.hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`,
    [key.hash, key.now],
  );
  return principal(rows[0]);
}

export async function noteSessionUse(sql: Sql, use: { sessionId: string; now: Date }): Promise<void> {
  await sql.query('update user_session set last_seen_at = $2 where id = $1 and last_seen_at < $2', [
    use.sessionId,
    use.now,
  ]);
}

export async function noteKeyUse(sql: Sql, use: { keyId: string; now: Date }): Promise<void> {
  await sql.query('update api_key set last_used_at = $2 where id = $1', [use.keyId, use.now]);
}

function principal(row: Row | undefined): Principal | null {
  const role = ROLES.find((name) => name === row?.role);
  if (!row || !role) return null;
  return {
    id: row.id,
    name: row.name,
    role,
    orgIds: row.org_ids ?? [],
    limited: row.limited,
    sessionId: row.session_id,
    lastUsedAt: row.last_used_at,
  };
}
