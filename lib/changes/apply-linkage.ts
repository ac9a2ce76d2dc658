import type { Sql } from '@/lib/db/sql';
import type { Linkage, Planning } from '@/lib/kernel/words';
import { writeVerdicts } from './store/opinion/verdicts';

/** What linking decided about one change. */
export type Verdict = {
  readonly changeId: string;
  /** The change's own event date: it finds the partition. */
  readonly eventDate: Date;
  readonly linkage: Linkage;
  readonly planning: Planning;
  /** Why, as shown; `not_evaluated` marks a citation that was never looked up. */
  readonly reason: string | null;
  readonly decidedAt: Date;
  /** An ad-hoc change of an object that a repository declares or a pipeline last changed. Absent: left as it is. */
  readonly bypass?: boolean;
  /** Excused by a rule: out of the rate, counted as excluded. Absent or false on an excused change takes that back. */
  readonly excused?: boolean;
};

/**
 * Sets linkage and planning of changes in one statement; the rollups follow by trigger. The last verdict of a list wins for
 * its change. Changes that are not accountable for another reason than an excuse keep `not_applicable`. Returns how many
 * changes it found. Idempotent; the history of verdicts is linking's own table.
 */
export async function applyLinkage(
  sql: Sql,
  input: { readonly orgId: string; readonly verdicts: readonly Verdict[] },
): Promise<number> {
  const last = new Map(input.verdicts.map((verdict) => [verdict.changeId, verdict]));
  if (last.size === 0) return 0;
  return writeVerdicts(sql, input.orgId, [...last.values()]);
}
