import type { Sql } from '@/lib/db/sql';

/** A person as the newest version says, with the latest signs of use. */
export type UserRow = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly state: string;
  readonly divisionId: string | null;
  readonly department: string | null;
  readonly title: string | null;
  readonly skills: number;
  readonly lastTokenAt: Date | null;
  readonly lastLoginAt: Date | null;
  /** The newest version's begin, and the audit record that taught it. */
  readonly validFrom: Date;
  readonly changeId: string | null;
};

/** A role that a person holds directly, over all divisions in which they do. */
export type DirectRow = {
  readonly userId: string;
  readonly roleId: string;
  readonly divisionIds: readonly string[];
  /** The oldest grant of it that is still held. */
  readonly since: Date;
  readonly sinceKnown: boolean;
  /** The newest audit record that granted it; null where no record taught it. */
  readonly changeId: string | null;
};

export type MembershipRow = {
  readonly userId: string;
  readonly groupId: string;
  readonly since: Date;
  readonly changeId: string | null;
};

/** A role that a group passes on to its members. */
export type GroupGrantRow = {
  readonly groupId: string;
  readonly groupName: string | null;
  readonly roleId: string;
  readonly divisionIds: readonly string[];
  readonly since: Date;
  readonly changeId: string | null;
};

/** An OAuth client as the newest version says. */
export type ClientRow = {
  readonly id: string;
  readonly name: string | null;
  readonly state: string | null;
  readonly createdBy: string | null;
  readonly since: Date;
  readonly changeId: string | null;
  readonly roleIds: readonly string[];
};

/**
 * What is held now, read page by page in the order of people's ids, so that a million grants need no memory. All statements
 * run on one connection: `open` keeps who is in the groups that pass roles on in a temporary table of it.
 */
export const heldRights = { open, groupGrants, users, direct, memberships, clients, close };

async function open(sql: Sql, orgId: string): Promise<void> {
  await close(sql);
  await sql.query(
    `create temporary table held_membership as
     select split_part(m.entity_id, ':', 2) collate "C" as user_id, m.parent_id as group_id, m.valid_from as since, v.change_id
     from directory_head m join directory_version v using (org_id, kind, entity_id, valid_from, seq)
     where m.org_id = '${uuid(orgId)}' and m.kind = 'group_member' and m.state = 'present' and m.parent_id in (
       select split_part(g.entity_id, ':', 1) from directory_head g
       join directory_head d on d.org_id = g.org_id and d.kind = 'group' and d.entity_id = split_part(g.entity_id, ':', 1) and d.state = 'present'
       where g.org_id = '${uuid(orgId)}' and g.kind = 'grant' and g.state = 'present')`,
  );
  await sql.query('create index on held_membership (user_id)');
  await sql.query('analyze held_membership');
}

async function close(sql: Sql): Promise<void> {
  await sql.query('drop table if exists pg_temp.held_membership');
}

function groupGrants(sql: Sql, orgId: string): Promise<GroupGrantRow[]> {
  return sql.query<GroupGrantRow>(
    `select d.entity_id as "groupId", d.name as "groupName", g.parent_id as "roleId",
       array_agg(coalesce(g.division_id, '*') order by g.division_id) as "divisionIds", min(g.valid_from) as since,
       (array_agg(v.change_id order by v.valid_from desc) filter (where v.change_id is not null))[1] as "changeId"
     from directory_head d
     join directory_head g on g.org_id = d.org_id and g.kind = 'grant' and g.state = 'present'
       and g.entity_id >= d.entity_id || ':' and g.entity_id < d.entity_id || ';'
     join directory_version v on v.org_id = g.org_id and v.kind = g.kind and v.entity_id = g.entity_id
       and v.valid_from = g.valid_from and v.seq = g.seq
     where d.org_id = $1 and d.kind = 'group' and d.state = 'present' and g.parent_id is not null
     group by d.entity_id, d.name, g.parent_id order by d.entity_id, g.parent_id`,
    [orgId],
  );
}

/** The next people after an id, deleted ones left out. */
function users(sql: Sql, orgId: string, page: { afterId: string; limit: number }): Promise<UserRow[]> {
  return sql.query<UserRow>(
    `select h.entity_id as id, h.name, i.item ->> 'email' as email, coalesce(i.item ->> 'state', 'active') as state,
       h.division_id as "divisionId", i.item ->> 'department' as department, i.item ->> 'title' as title,
       case when jsonb_typeof(i.item -> 'skills') = 'array' then jsonb_array_length(i.item -> 'skills') else 0 end as skills,
       a.last_token_at as "lastTokenAt", a.last_login_at as "lastLoginAt", h.valid_from as "validFrom", v.change_id as "changeId"
     from (
       select * from directory_head where org_id = $1 and kind = 'user' and state = 'present' and entity_id > $2 order by entity_id limit $3
     ) h
     join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id and v.valid_from = h.valid_from and v.seq = h.seq
     cross join lateral (select v.body::jsonb #> '{content,item}' as item) i
     left join user_activity a on a.org_id = h.org_id and a.user_id = h.entity_id
     order by h.entity_id`,
    [orgId, page.afterId, page.limit],
  );
}

/** The roles that people of a page hold directly: ids from the first to the last, in between nobody else. */
function direct(sql: Sql, orgId: string, range: { firstId: string; lastId: string }): Promise<DirectRow[]> {
  return sql.query<DirectRow>(
    `select split_part(h.entity_id, ':', 1) as "userId", h.parent_id as "roleId",
       array_agg(coalesce(h.division_id, '*') order by h.division_id) as "divisionIds", min(h.valid_from) as since,
       bool_and(v.provenance = 'event') as "sinceKnown",
       (array_agg(v.change_id order by v.valid_from desc) filter (where v.change_id is not null))[1] as "changeId"
     from directory_head h
     join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id
       and v.valid_from = h.valid_from and v.seq = h.seq
     where h.org_id = $1 and h.kind = 'grant' and h.state = 'present' and h.parent_id is not null
       and h.entity_id >= $2 || ':' and h.entity_id < $3 || ';'
     group by 1, 2 order by 1, 2`,
    [orgId, range.firstId, range.lastId],
  );
}

/** In which role-giving groups people are. Needs `open`. */
function memberships(sql: Sql, userIds: readonly string[]): Promise<MembershipRow[]> {
  return sql.query<MembershipRow>(
    `select user_id as "userId", group_id as "groupId", since, change_id as "changeId"
     from held_membership where user_id = any ($1::text[]) order by user_id, group_id`,
    [userIds],
  );
}

/** The next OAuth clients after an id, with the roles they hold. */
function clients(sql: Sql, orgId: string, page: { afterId: string; limit: number }): Promise<ClientRow[]> {
  return sql.query<ClientRow>(
    `select h.entity_id as id, h.name, i.item ->> 'state' as state, i.item #>> '{createdBy,id}' as "createdBy",
       h.valid_from as since, v.change_id as "changeId",
       array(select distinct g.parent_id from directory_head g where g.org_id = h.org_id and g.kind = 'grant' and g.state = 'present'
         and g.entity_id >= h.entity_id || ':' and g.entity_id < h.entity_id || ';' and g.parent_id is not null order by 1) as "roleIds"
     from (
       select * from directory_head where org_id = $1 and kind = 'oauth_client' and state = 'present' and entity_id > $2 order by entity_id limit $3
     ) h
     join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id and v.valid_from = h.valid_from and v.seq = h.seq
     cross join lateral (select v.body::jsonb #> '{content,item}' as item) i
     order by h.entity_id`,
    [orgId, page.afterId, page.limit],
  );
}

/** A utility statement takes no parameters; an organisation's id is a UUID or nothing. */
function uuid(text: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(text)) throw new RangeError('an organisation id is a UUID');
  return text;
}
