import type { Sql } from '@/lib/db/sql';
import { newId } from '@/lib/kernel/ids';
import type { Concern, Finding } from './model/concern';
import { insertFindings } from './store/findings';

/**
 * Keeps each concern whose key is new for the organisation and returns the findings that were: a concern found again is the
 * same finding and is not returned. Of concerns with one key in one call the first stands.
 *
 * Requires `sql` to be bound to the transaction that takes the work off its list, so that neither exists without the other.
 */
export async function raiseFindings(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly concerns: readonly Concern[];
    /** Hex SHA-256 of a rule's file as it is now. */
    readonly ruleSha256Of: (rule: string) => string;
    readonly now: Date;
  },
): Promise<Finding[]> {
  const { orgId, now } = input;
  const byKey = new Map<string, Finding>();
  for (const concern of input.concerns) {
    if (byKey.has(concern.key)) continue;
    byKey.set(concern.key, {
      ...concern,
      id: newId('finding', now),
      orgId,
      foundAt: now,
      ruleSha256: input.ruleSha256Of(concern.rule),
    });
  }
  const findings = [...byKey.values()];
  const kept = await insertFindings(sql, findings);
  return findings.filter((finding) => kept.has(finding.id));
}
