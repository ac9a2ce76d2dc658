import type { Sql } from '@/lib/db/sql';
import { AppError, type RequestErrorCode } from '@/lib/kernel/errors';
import { type Permission, permissionRule } from './permissions';
import type { Viewer } from './viewer';

/** At most `limit` uses in each window of `windowSeconds`, counted from the epoch. */
export type Limit = { readonly limit: number; readonly windowSeconds: number };

/** OWASP ASVS 5.0 2.4.1, as `integrity-and-security` C1 sets it. */
export const LOGIN_PER_ACCOUNT: Limit = { limit: 5, windowSeconds: 60 };
export const LOGIN_PER_ADDRESS: Limit = { limit: 20, windowSeconds: 60 };
export const EXPORT_PER_VIEWER: Limit = { limit: 10, windowSeconds: 3600 };

/** Whether one more use is within the limit; each call counts one. In the database, so that all processes count together. */
export async function countUse(
  sql: Sql,
  use: { readonly bucket: string; readonly now: Date } & Limit,
): Promise<{ allowed: boolean; retryAfterSeconds: number }> {
  const windowMs = use.windowSeconds * 1000;
  const windowStart = new Date(Math.floor(use.now.getTime() / windowMs) * windowMs);
  const [row] = await sql.query<{ uses: number }>(
    `insert into throttle (bucket, window_start, uses) values ($1, $2, 1)
     on conflict (bucket) do update set
       uses = case when throttle.window_start = excluded.window_start then throttle.uses + 1 else 1 end,
       window_start = excluded.window_start
     returning uses`,
    [use.bucket, windowStart],
  );
  const left = windowStart.getTime() + windowMs - use.now.getTime();
  return { allowed: (row?.uses ?? 1) <= use.limit, retryAfterSeconds: Math.max(1, Math.ceil(left / 1000)) };
}

/** Counts one use of a permission that the map limits. Throws `too_many_requests` with `details.retryAfterSeconds`. */
export async function limitUse(
  sql: Sql,
  use: { readonly viewer: Viewer; readonly permission: Permission; readonly now: Date },
): Promise<void> {
  const { limit, says } = permissionRule(use.permission);
  if (limit === undefined || use.viewer.kind === 'operator') return;
  const counted = await countUse(sql, {
    bucket: `${limit}:${use.viewer.id}`,
    now: use.now,
    ...EXPORT_PER_VIEWER,
  });
  if (!counted.allowed) throw tooMany(`cannot ${says} again yet`, counted.retryAfterSeconds);
}

/** `too_many_requests` that says when to come back. */
export function tooMany(what: string, retryAfterSeconds: number): AppError<RequestErrorCode> {
  return new AppError({
    code: 'too_many_requests',
    status: 429,
    message: `${what}: the limit for this hour or minute is reached`,
    hint: `Try again in ${retryAfterSeconds} seconds.`,
    details: { retryAfterSeconds },
  });
}
