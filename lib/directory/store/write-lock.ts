import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';

/** Waits until nobody else writes versions of this kind; held to the end of the transaction. Take kinds in their order of the alphabet. */
export async function lockKind(sql: Sql, orgId: string, kind: DirectoryKind): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`directory ${orgId} ${kind}`]);
}
