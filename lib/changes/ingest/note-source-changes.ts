import type { Sql } from '@/lib/db/sql';
import { differingFields } from '../model/record/compare-versions';
import { type Observation, observe } from '../store/record/observations';
import { knownDigests, knownRecords } from '../store/record/seen-again';
import type { StagedRecord } from '../store/record/stage';

/**
 * Compares records that came again with what was kept of them, and notes those that tell something else ("source changed").
 * Nothing is overwritten. Returns how many differ.
 */
export async function noteSourceChanges(
  sql: Sql,
  orgId: string,
  again: readonly StagedRecord[],
  now: Date,
): Promise<number> {
  const digests = await knownDigests(
    sql,
    orgId,
    again.map((record) => record.change.id),
  );
  const others = again.filter((record) => !digests.get(record.change.id)?.equals(record.sha256));
  if (others.length === 0) return 0;
  const known = new Map(
    (
      await knownRecords(
        sql,
        orgId,
        others.map((record) => record.change.id),
      )
    ).map((one) => [one.id, one]),
  );
  const observations: Observation[] = [];
  for (const record of others) {
    const kept = known.get(record.change.id);
    const fields = kept === undefined ? [] : differingFields(kept, record.change);
    if (fields.length === 0) continue;
    observations.push({
      kind: 'source_changed',
      name: `${record.change.id} ${record.sha256.toString('hex').slice(0, 16)}`,
      detail: `the source told this record again with another ${fields.join(', ')}; the first version stands`,
      example: null,
      path: record.path,
      sourceId: record.change.id,
      pageId: record.pageId,
    });
  }
  await observe(sql, orgId, observations, now);
  return observations.length;
}
