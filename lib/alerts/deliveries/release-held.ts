import type { Sql } from '@/lib/db/sql';

/**
 * Lets held deliveries go: those named, or all whose `notBefore` has come and whose reason is the given one. Gives the ids that
 * wait now. What is muted or sent meanwhile stays as it is.
 */
export async function releaseHeld(
  sql: Sql,
  which: { readonly ids: readonly string[] } | { readonly dueAt: Date; readonly because: string },
  now: Date,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update delivery set state = 'waiting', because = null, next_at = $1
     where state = 'held' and ${'ids' in which ? 'id = any($2)' : 'not_before <= $2 and because = $3'} returning id`,
    'ids' in which ? [now, which.ids] : [now, which.dueAt, which.because],
  );
  return rows.map((row) => row.id);
}

/** Keeps back for good what has not been sent, with why: told in a digest, muted meanwhile. Gives the ids that were. */
export async function suppressDeliveries(
  sql: Sql,
  which: { readonly ids: readonly string[]; readonly because: string },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update delivery set state = 'suppressed', because = $2, next_at = null
     where id = any($1) and (state = 'held' or (state = 'waiting' and claim is null)) returning id`,
    [which.ids, which.because],
  );
  return rows.map((row) => row.id);
}
