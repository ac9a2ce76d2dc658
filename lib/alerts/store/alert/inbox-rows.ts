import type { Sql } from '@/lib/db/sql';
import { severityNumber } from '@/lib/findings/model/severity';
import { newId } from '@/lib/kernel/ids';
import type { Risk, Role } from '@/lib/kernel/words';
import type { InboxItemDto } from '../../contract/alerts';

/** Active people of these roles or ids who may see the organisation, each once. */
export async function selectRecipients(
  sql: Sql,
  of: { orgId: string; roles: readonly Role[]; users: readonly string[] },
): Promise<{ id: string; name: string }[]> {
  return sql.query(
    `select id, name from app_user where state = 'active' and (role = any($2) or id = any($3))
       and (org_scope is null or $1::uuid = any(org_scope)) order by id`,
    [of.orgId, of.roles, of.users],
  );
}

/** Active people of these roles or ids who may see any of the organisations, by name. */
export async function peopleNamed(
  sql: Sql,
  of: { orgIds: readonly string[]; roles: readonly Role[]; users: readonly string[] },
): Promise<{ id: string; name: string }[]> {
  return sql.query(
    `select id, name from app_user where state = 'active' and (role = any($2) or id = any($3))
       and (org_scope is null or org_scope && $1::text[]::uuid[]) order by lower(name), id`,
    [of.orgIds, of.roles, of.users],
  );
}

export type NewInboxItem = {
  readonly key: string;
  readonly orgId: string;
  readonly alertId: string;
  readonly at: Date;
  readonly severity: Risk;
  readonly title: string;
  readonly purpose: InboxItemDto['purpose'];
  readonly path: string;
};

/** Puts one item into each person's inbox; the same key stands once per person. */
export async function insertItems(sql: Sql, item: NewInboxItem, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  await sql.query(
    `insert into inbox_item (id, org_id, user_id, key, alert_id, at, severity, title, purpose, path)
     select id, $1, user_id, $2, $3, $4, $5, $6, $7, $8 from unnest($9::text[], $10::text[]) as t (id, user_id)
     on conflict (user_id, key) do nothing`,
    [
      item.orgId,
      item.key,
      item.alertId,
      item.at,
      severityNumber(item.severity),
      item.title.replaceAll('\0', ''),
      item.purpose,
      item.path,
      userIds.map(() => newId('inboxItem', item.at)),
      userIds,
    ],
  );
}

export type InboxRow = {
  readonly id: string;
  readonly alertId: string;
  readonly orgId: string;
  readonly at: Date;
  readonly severity: number;
  readonly title: string;
  readonly purpose: InboxItemDto['purpose'];
  readonly path: string;
  readonly readAt: Date | null;
};

/** One page of a person's items, newest first, after `after`. */
export function selectItems(
  sql: Sql,
  asked: {
    userId: string;
    unread: boolean;
    after: { at: string; id: string } | null;
    limit: number;
  },
): Promise<InboxRow[]> {
  return sql.query<InboxRow>(
    `select id, alert_id as "alertId", org_id::text as "orgId", at, severity, title, purpose, path, read_at as "readAt" from inbox_item
     where user_id = $1 and (not $2 or read_at is null) and ($3::timestamptz is null or (at, id) < ($3, $4))
     order by at desc, id desc limit $5`,
    [asked.userId, asked.unread, asked.after?.at ?? null, asked.after?.id ?? '', asked.limit],
  );
}

export async function countUnread(sql: Sql, userId: string): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    'select count(*) as n from inbox_item where user_id = $1 and read_at is null',
    [userId],
  );
  return rows[0]?.n ?? 0;
}

/** Marks a person's own items as read or unread; how many it changed. */
export async function markItems(
  sql: Sql,
  mark: { userId: string; ids: readonly string[]; readAt: Date | null },
): Promise<number> {
  const rows = await sql.query(
    `update inbox_item set read_at = $3 where user_id = $1 and id = any($2) and (read_at is null) = ($3::timestamptz is not null) returning id`,
    [mark.userId, mark.ids, mark.readAt],
  );
  return rows.length;
}

/** Marks all of a person's items up to an instant as read; how many it changed. */
export async function markAllBefore(
  sql: Sql,
  mark: { userId: string; before: Date; readAt: Date },
): Promise<number> {
  const rows = await sql.query(
    'update inbox_item set read_at = $3 where user_id = $1 and at <= $2 and read_at is null returning id',
    [mark.userId, mark.before, mark.readAt],
  );
  return rows.length;
}
