import type { Sql } from '@/lib/db/sql';
import { selectIdsOfMove } from '../store/response/response-rows';

/** Ids of the responses to a move's findings, newest first, of the organisations that `sql` may see. */
export function responseIdsOfMove(
  sql: Sql,
  of: { readonly orgId: string; readonly moveId: string },
): Promise<string[]> {
  return selectIdsOfMove(sql, of);
}
