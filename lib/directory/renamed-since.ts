import type { Sql } from '@/lib/db/sql';
import { loadRenamedSince } from './store/renamed';

/** Ids of things whose renaming was learnt from audit records since an instant: their names in later events may be other by now. */
export function renamedSince(sql: Sql, orgId: string, since: Date): Promise<readonly string[]> {
  return loadRenamedSince(sql, orgId, since);
}
