import type { Sql } from '@/lib/db/sql';
import type { DepartmentVersion } from '../model/department-at';

/** Every version of these people with the department it told, by their ids. */
export async function selectDepartments(
  sql: Sql,
  orgId: string,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DepartmentVersion[]>> {
  const rows = await sql.query<{
    id: string;
    valid_from: Date;
    seq: number;
    state: 'present' | 'deleted';
    department: string | null;
  }>(
    `select entity_id as id, valid_from, seq, state, body::jsonb #>> '{content,item,department}' as department
     from directory_version where org_id = $1 and kind = 'user' and entity_id = any ($2::text[])`,
    [orgId, userIds],
  );
  const versions = new Map<string, DepartmentVersion[]>();
  for (const { id, valid_from: validFrom, seq, state, department } of rows) {
    const one = { validFrom, seq, state, department };
    const known = versions.get(id);
    if (known === undefined) versions.set(id, [one]);
    else known.push(one);
  }
  return versions;
}
