import type { Sql } from '@/lib/db/sql';
import { selectClientOwners, selectIntegrationTypes } from './store/item-fields';

/**
 * Who owns each OAuth client: the person who created it, as the platform tells it, by client id. Clients made by another
 * client, or from before the platform noted it, are not in the map. Deleted ones are: they still acted in their day.
 */
export function clientOwners(sql: Sql, orgId: string): Promise<ReadonlyMap<string, string>> {
  return selectClientOwners(sql, orgId);
}

/** The type of each integration ever seen, such as `amazon-eventbridge-source`, by its id. */
export function integrationTypes(sql: Sql, orgId: string): Promise<ReadonlyMap<string, string>> {
  return selectIntegrationTypes(sql, orgId);
}
