import type { Sql } from '@/lib/db/sql';
import type { Linkage } from '@/lib/kernel/words';

/** The oldest audit record that is kept, and how many there are. */
export async function keptRecords(
  sql: Sql,
  orgId: string,
): Promise<{ readonly earliest: Date | null; readonly events: number }> {
  const [oldest] = await sql.query<{ at: Date }>(
    'select event_date as at from change where org_id = $1 order by event_date limit 1',
    [orgId],
  );
  const [row] = await sql.query<{ n: number }>(
    'select coalesce(sum(n), 0)::int8 as n from ru_day where org_id = $1',
    [orgId],
  );
  return { earliest: oldest?.at ?? null, events: row?.n ?? 0 };
}

export type GrantRecord = {
  readonly changeId: string;
  readonly at: Date;
  readonly by: string | null;
  readonly action: string;
  readonly roleId: string | null;
  readonly roleName: string | null;
  /** The record's composite name `<member>--<role>--<organisation>`, where it has one. */
  readonly recordName: string | null;
  readonly linkage: Linkage;
};

/** Records by which roles were granted or revoked in [from, to), of these roles alone, oldest first. */
export async function roleGrants(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly roleIds: readonly string[];
    readonly from: Date;
    readonly to: Date;
  },
): Promise<readonly GrantRecord[]> {
  return sql.query<GrantRecord>(
    `select id as "changeId", event_date as at, coalesce(actor_label, actor_name, actor_id) as by, action, entity_id as "roleId",
       coalesce(entity_label, entity_name) as "roleName", entity_name as "recordName", linkage
     from change
     where org_id = $1 and event_date >= $3 and event_date < $4 and entity_type = 'Role'
       and action in ('MemberAdd', 'MemberUpdate', 'MemberRemove', 'RoleChange')
       and excluded_reason is distinct from 'failure'
       and (entity_id = any ($2) or split_part(coalesce(entity_name, ''), '--', 2) = any ($2))
     order by event_date, id`,
    [asked.orgId, asked.roleIds, asked.from, asked.to],
  );
}

/** The last day (UTC) on which each of these clients acted by itself, by its id; clients that never did are left out. */
export async function lastActsOf(
  sql: Sql,
  orgId: string,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ id: string; day: Date }>(
    'select actor_id as id, max(day) as day from ru_actor where org_id = $1 and actor_id = any ($2) and n > 0 group by actor_id',
    [orgId, clientIds],
  );
  return new Map(rows.map((row) => [row.id, row.day]));
}

/** A kept page as it lies in the vault. */
export type KeptPage = {
  readonly pageId: string;
  readonly vaultKey: string;
  readonly encoding: 'gzip' | 'identity';
  /** Of the bytes as received. */
  readonly sha256: Buffer;
};

/** The newest pages and as many from `place` on, which anywhere in the middle may be; at most twice `each`. */
export async function pagesToCompare(
  sql: Sql,
  asked: { readonly orgId: string; readonly place: string; readonly each: number },
): Promise<readonly KeptPage[]> {
  const columns = `page_id as "pageId", vault_key as "vaultKey", encoding, sha256`;
  return sql.query<KeptPage>(
    `(select ${columns} from raw_page where org_id = $1 order by page_id desc limit $3)
     union
     (select ${columns} from raw_page where org_id = $1 and page_id >= $2 order by page_id limit $3)`,
    [asked.orgId, asked.place, asked.each],
  );
}

/** How many pages are kept, and between which ids; how many records wait in quarantine. */
export async function countKept(
  sql: Sql,
  orgId: string,
): Promise<{
  readonly pages: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly quarantined: number;
}> {
  const [row] = await sql.query<{
    pages: number;
    first: string | null;
    last: string | null;
    quarantined: number;
  }>(
    `select count(*) as pages, min(page_id) as first, max(page_id) as last,
       (select count(*) from quarantine q where q.org_id = $1 and not exists (select from quarantine_replay r
         where r.quarantine_id = q.id and r.outcome in ('replayed', 'already_known'))) as quarantined
     from raw_page where org_id = $1`,
    [orgId],
  );
  return row ?? { pages: 0, first: null, last: null, quarantined: 0 };
}
