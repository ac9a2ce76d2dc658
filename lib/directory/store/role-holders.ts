import type { Sql } from '@/lib/db/sql';

export type RoleHolding = {
  readonly roleId: string;
  readonly roleName: string | null;
  readonly others: number;
};

/**
 * The roles among `roleIds` that a person holds now, directly or through a group, each with the number of other people who
 * hold it and are active. Clients do not count: they help nobody who is locked out.
 */
export async function loadHoldings(
  sql: Sql,
  of: { readonly orgId: string; readonly userId: string; readonly roleIds: readonly string[] },
): Promise<readonly RoleHolding[]> {
  const rows = await sql.query<{ role_id: string; role_name: string | null; others: number }>(
    `with held as (
       select distinct v.parent_id as role_id, split_part(v.entity_id, ':', 1) as subject_id
       from directory_version v join directory_head h using (org_id, kind, entity_id)
       where v.org_id = $1 and v.kind = 'grant' and v.parent_id = any ($3) and h.state = 'present'
     ), holder as (
       select role_id, subject_id as user_id from held
       union
       select held.role_id, split_part(m.entity_id, ':', 2)
       from held join directory_version m on m.org_id = $1 and m.kind = 'group_member' and m.parent_id = held.subject_id
       join directory_head h on h.org_id = m.org_id and h.kind = m.kind and h.entity_id = m.entity_id and h.state = 'present'
     ), active as (
       select holder.role_id, holder.user_id from holder
       join directory_head h on h.org_id = $1 and h.kind = 'user' and h.entity_id = holder.user_id and h.state = 'present'
       join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id
         and v.valid_from = h.valid_from and v.seq = h.seq
       where holder.user_id <> $2 and v.body::jsonb #>> '{content,item,state}' = 'active'
     )
     select mine.role_id, r.name as role_name, (select count(*) from active where active.role_id = mine.role_id) as others
     from holder mine left join directory_head r on r.org_id = $1 and r.kind = 'role' and r.entity_id = mine.role_id
     where mine.user_id = $2 order by mine.role_id`,
    [of.orgId, of.userId, of.roleIds],
  );
  return rows.map((row) => ({ roleId: row.role_id, roleName: row.role_name, others: row.others }));
}

/** The newest `email` and `username` of users, and who made OAuth clients, by id; ids the directory does not know are left out. */
export async function loadAddresses(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<
  readonly {
    readonly id: string;
    readonly email: string | null;
    readonly username: string | null;
    readonly createdBy: string | null;
  }[]
> {
  return sql.query(
    `select h.entity_id as id, v.body::jsonb #>> '{content,item,email}' as email, v.body::jsonb #>> '{content,item,username}' as username,
       case when h.kind = 'oauth_client' then v.body::jsonb #>> '{content,item,createdBy,id}' end as "createdBy"
     from directory_head h join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id
       and v.valid_from = h.valid_from and v.seq = h.seq
     where h.org_id = $1 and h.kind in ('user', 'oauth_client') and h.entity_id = any ($2)`,
    [orgId, ids],
  );
}

/**
 * How many active people hold each of these roles now, directly or through a group, and how many people that are together.
 * Clients do not count.
 */
export async function countHolders(
  sql: Sql,
  of: { readonly orgId: string; readonly roleIds: readonly string[] },
): Promise<{ readonly holders: ReadonlyMap<string, number>; readonly people: number }> {
  const rows = await sql.query<{ role_id: string | null; people: number }>(
    `with held as (
       select distinct v.parent_id as role_id, split_part(v.entity_id, ':', 1) as subject_id
       from directory_version v join directory_head h using (org_id, kind, entity_id)
       where v.org_id = $1 and v.kind = 'grant' and v.parent_id = any ($2) and h.state = 'present'
     ), holder as (
       select role_id, subject_id as user_id from held
       union
       select held.role_id, split_part(m.entity_id, ':', 2)
       from held join directory_version m on m.org_id = $1 and m.kind = 'group_member' and m.parent_id = held.subject_id
       join directory_head h on h.org_id = m.org_id and h.kind = m.kind and h.entity_id = m.entity_id and h.state = 'present'
     ), active as (
       select holder.role_id, holder.user_id from holder
       join directory_head h on h.org_id = $1 and h.kind = 'user' and h.entity_id = holder.user_id and h.state = 'present'
       join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id
         and v.valid_from = h.valid_from and v.seq = h.seq
       where v.body::jsonb #>> '{content,item,state}' = 'active'
     )
     select role_id, count(distinct user_id) as people from active group by grouping sets ((role_id), ())`,
    [of.orgId, of.roleIds],
  );
  return {
    holders: new Map(
      rows.flatMap((row) => (row.role_id === null ? [] : [[row.role_id, row.people] as const])),
    ),
    people: rows.find((row) => row.role_id === null)?.people ?? 0,
  };
}
