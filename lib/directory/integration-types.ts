import type { Sql } from '@/lib/db/sql';
import { selectIntegrationTypes } from './store/integration-types';

/** The type of each integration ever seen, such as `amazon-eventbridge-source`, by its id. */
export function integrationTypes(sql: Sql, orgId: string): Promise<ReadonlyMap<string, string>> {
  return selectIntegrationTypes(sql, orgId);
}
