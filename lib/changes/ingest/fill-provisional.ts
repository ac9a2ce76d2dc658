import type { Sql } from '@/lib/db/sql';
import { confirmChanges, provisionalAmong } from '../store/record/confirm';
import type { StagedRecord } from '../store/record/stage';

/**
 * Gives push-born changes what only the pull carries (status, initiating action, entity changes) and confirms them; their
 * accountability and risk follow, since a status may say FAILURE. What was filled before stays. Returns how many it filled.
 */
export async function fillProvisional(
  sql: Sql,
  orgId: string,
  records: readonly StagedRecord[],
): Promise<number> {
  if (records.length === 0) return 0;
  const open = await provisionalAmong(
    sql,
    orgId,
    records.map((record) => record.change.id),
  );
  const filling = records.filter((record) => {
    const state = open.get(record.change.id);
    return state !== undefined && (!state.confirmed || (!state.hasStatus && record.change.status !== null));
  });
  const once = new Map(filling.map((record) => [record.change.id, record]));
  return once.size === 0 ? 0 : confirmChanges(sql, orgId, [...once.values()]);
}
