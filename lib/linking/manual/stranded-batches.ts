import type { Sql } from '@/lib/db/sql';
import { strandedBatches as readStranded } from '../store/manual/batch-rows';

/** Batches that wait or run and showed no sign since the instant: a lost job left them. */
export function strandedBatches(sql: Sql, before: Date): Promise<string[]> {
  return readStranded(sql, before);
}
