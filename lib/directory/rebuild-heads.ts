import type { Database } from '@/lib/db/connection';
import { remakeHeads } from './store/heads';

/** Drops the heads of an organisation and makes the same ones from its versions; returns how many. Heads are opinions. */
export function rebuildHeads(db: Database, orgId: string): Promise<number> {
  return db.transaction((sql) => remakeHeads(sql, orgId));
}
