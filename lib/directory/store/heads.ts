import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';
import { headsFrom } from './version-rows';

/** How many entities of a kind are present by the newest versions. */
export async function countPresent(sql: Sql, orgId: string, kind: DirectoryKind): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from directory_head where org_id = $1 and kind = $2 and state = 'present'`,
    [orgId, kind],
  );
  return row?.n ?? 0;
}

/** Whether anything is known of an entity that has a name. */
export async function headExists(
  sql: Sql,
  entity: { readonly orgId: string; readonly kind: DirectoryKind; readonly id: string },
): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from directory_head where org_id = $1 and kind = $2 and entity_id = $3 and name is not null',
    [entity.orgId, entity.kind, entity.id],
  );
  return rows.length > 0;
}

/** Drops the heads of an organisation and makes the same ones again from its versions. Within the caller's transaction. */
export async function remakeHeads(sql: Sql, orgId: string): Promise<number> {
  await sql.query('delete from directory_head where org_id = $1', [orgId]);
  const rows = await sql.query<{ n: number }>(
    `with made as (${headsFrom(`(select * from directory_version where org_id = $1) v`)} returning 1) select count(*) as n from made`,
    [orgId],
  );
  return rows[0]?.n ?? 0;
}
