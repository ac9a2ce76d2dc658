import type { Sql } from '@/lib/db/sql';
import { selectParents } from './store/read/roots';

/**
 * The outermost session of each id: the bulk task that a cascade is one step of, else the session itself. People are told of
 * a bulk task once, not of each of its steps.
 */
export async function rootSessions(
  sql: Sql,
  of: { readonly orgId: string; readonly ids: readonly string[] },
): Promise<(id: string) => string> {
  const ids = [...new Set(of.ids)];
  const parents = ids.length === 0 ? new Map<string, string>() : await selectParents(sql, of.orgId, ids);
  return (id) => parents.get(id) ?? id;
}
