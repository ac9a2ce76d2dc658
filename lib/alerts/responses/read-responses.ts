import type { Sql } from '@/lib/db/sql';
import { selectIdsOf } from '../store/response/response-rows';

/** Ids of the responses to a move's findings, newest first, of the organisations that `sql` may see. */
export function responseIdsOfMove(
  sql: Sql,
  of: { readonly orgId: string; readonly moveId: string },
): Promise<string[]> {
  return selectIdsOf(sql, { orgId: of.orgId, moveId: of.moveId, findingIds: [] });
}

/** Ids of the responses to any of the findings, newest first, of the organisations that `sql` may see. */
export function responseIdsOfFindings(
  sql: Sql,
  of: { readonly orgId: string; readonly findingIds: readonly string[] },
): Promise<string[]> {
  return selectIdsOf(sql, { orgId: of.orgId, moveId: null, findingIds: of.findingIds });
}
