import type { Sql } from '@/lib/db/sql';
import {
  type BypassMark,
  type ChangedObject,
  type ObjectHints,
  selectChangedObjects,
  selectHoursOfObjects,
  updateBypass,
} from './store/opinion/bypass';

/**
 * Ad-hoc changes in the hours of objects that one of these actors ever changed or a repository may declare, and marked ones, each with who changed the
 * same object before it. Requires hours in order, at least one.
 */
export function changedObjects(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly hours: readonly Date[];
    readonly actorIds: readonly string[];
    /** What repositories declare. */
    readonly declared: ObjectHints;
  },
): Promise<readonly ChangedObject[]> {
  return selectChangedObjects(sql, asked);
}

/** Hours from an instant on in which an ad-hoc change may be of an object that a repository declares. */
export function hoursOfObjects(
  sql: Sql,
  asked: ObjectHints & { readonly orgId: string; readonly since: Date },
): Promise<readonly Date[]> {
  return selectHoursOfObjects(sql, asked);
}

/** Sets or takes back the mark that a change went past the pipeline. Idempotent; returns how many it changed. */
export async function applyBypass(
  sql: Sql,
  input: { readonly orgId: string; readonly marks: readonly BypassMark[] },
): Promise<number> {
  return input.marks.length === 0 ? 0 : updateBypass(sql, input.orgId, input.marks);
}

/** Hours of event time that detections still have to look at: what is marked in them is seen by the next detection. */
export async function hoursBeforeDetection(sql: Sql, orgId: string): Promise<readonly Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select distinct hour from change_due where consumer = 'detections' and org_id = $1 order by hour`,
    [orgId],
  );
  return rows.map((row) => row.hour);
}
