import type { Sql } from '@/lib/db/sql';
import { selectParents } from './store/read/parents';

/** Each of the sessions with the one it is told as: the bulk task it is a step of, else itself. */
export async function topSessions(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const parents = ids.length === 0 ? new Map<string, string>() : await selectParents(sql, orgId, ids);
  return new Map(ids.map((id) => [id, parents.get(id) ?? id]));
}
