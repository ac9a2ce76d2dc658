import type { Sql } from '@/lib/db/sql';
import type { Role } from '@/lib/kernel/words';
import { insertItems, type NewInboxItem, selectRecipients } from '../store/alert/inbox-rows';

/**
 * Puts an item into the inbox of every active person of these roles or ids who may see the organisation, each once, and
 * returns who that was. The same key makes one item per person. Within the transaction of what it tells of.
 */
export async function putInInbox(
  sql: Sql,
  item: NewInboxItem,
  to: { readonly roles: readonly Role[]; readonly users: readonly string[] },
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const people = await selectRecipients(sql, { orgId: item.orgId, ...to });
  await insertItems(
    sql,
    item,
    people.map((person) => person.id),
  );
  return people;
}
