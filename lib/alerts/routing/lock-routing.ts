import type { Sql } from '@/lib/db/sql';
import { allRules } from '@/lib/detections/catalogue';

/** Waits for any other routing of the organisation to commit, so that each sees the alerts before it. Within a transaction. */
export async function lockRouting(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.alerts:' || $1, 0))`, [orgId]);
}

/** Rules that say no more than that something happened: they lead no alert in which another says more. */
export function plainRules(): string[] {
  return allRules().flatMap((rule) => (rule.plain ? [rule.id] : []));
}
