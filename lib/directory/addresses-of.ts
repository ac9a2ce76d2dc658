import type { Sql } from '@/lib/db/sql';
import { loadAddresses } from './store/role-holders';

/**
 * E-mail addresses and user names by the id of a user, in lower case; of an OAuth client those of who made it, since what a
 * client does is its maker's doing. Ids the directory does not know are not in the map.
 */
export async function addressesOf(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await loadAddresses(sql, orgId, ids);
  const makers = rows.flatMap((row) => (row.createdBy === null ? [] : [row.createdBy]));
  const people = new Map((await loadAddresses(sql, orgId, makers)).map((row) => [row.id, textsOf(row)]));
  return new Map(
    rows.map((row) => [
      row.id,
      [...textsOf(row), ...(row.createdBy === null ? [] : (people.get(row.createdBy) ?? []))],
    ]),
  );
}

function textsOf(row: { readonly email: string | null; readonly username: string | null }): string[] {
  return [...new Set([row.email, row.username].flatMap((text) => (text ? [text.toLowerCase()] : [])))];
}
