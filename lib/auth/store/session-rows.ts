import type { Sql } from '@/lib/db/sql';

export type SessionMethod = 'password' | 'oidc';

export type NewSession = {
  readonly id: string;
  readonly sidHash: Buffer;
  readonly userId: string;
  readonly method: SessionMethod;
  readonly now: Date;
  readonly idleSeconds: number;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
};

export type SessionOfPerson = {
  readonly id: string;
  readonly method: SessionMethod;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
};

export async function insertSession(sql: Sql, session: NewSession): Promise<void> {
  await sql.query(
    `with seen as (update app_user set last_sign_in_at = $5 where id = $3)
     insert into user_session (id, sid_hash, user_id, method, created_at, last_seen_at, idle_seconds, expires_at, ip, user_agent)
     values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9)`,
    [
      session.id,
      session.sidHash,
      session.userId,
      session.method,
      session.now,
      session.idleSeconds,
      session.expiresAt,
      session.ip,
      session.userAgent,
    ],
  );
}

/** Ends sessions that are still open and returns their ids and owners. */
export async function revokeSessions(
  sql: Sql,
  which:
    | { readonly sidHash: Buffer }
    | { readonly userId: string; readonly exceptId?: string }
    | { readonly id: string; readonly userId: string },
  end: { readonly now: Date; readonly reason: string },
): Promise<{ id: string; userId: string; name: string }[]> {
  const [condition, values]: [string, unknown[]] =
    'sidHash' in which
      ? ['s.sid_hash = $3', [which.sidHash]]
      : 'id' in which
        ? ['s.id = $3 and s.user_id = $4', [which.id, which.userId]]
        : ['s.user_id = $3 and s.id is distinct from $4', [which.userId, which.exceptId ?? null]];
  return sql.query(
    `update user_session s set revoked_at = $1, revoked_reason = $2 from app_user u
     where u.id = s.user_id and s.revoked_at is null and ${condition}
     returning s.id, s.user_id as "userId", u.name`,
    [end.now, end.reason, ...values],
  );
}

export async function listSessions(sql: Sql, of: { userId: string; now: Date }): Promise<SessionOfPerson[]> {
  return sql.query(
    `select id, method, created_at as "createdAt", last_seen_at as "lastSeenAt", ip, user_agent as "userAgent"
     from user_session where user_id = $1 and revoked_at is null and expires_at > $2
       and last_seen_at + make_interval(secs => idle_seconds) > $2
     order by last_seen_at desc limit 100`,
    [of.userId, of.now],
  );
}

/** Forgets sessions that ended before the instant; the journal keeps that they were. */
export async function deleteOldSessions(sql: Sql, before: Date): Promise<void> {
  await sql.query('delete from user_session where coalesce(revoked_at, expires_at) < $1', [before]);
}
