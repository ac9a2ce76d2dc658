import type { Sql } from '@/lib/db/sql';
import { severityNumber, severityOf } from '@/lib/findings/model/severity';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Risk, Role } from '@/lib/kernel/words';

/** What people are to be told about exceptions; the same key once per organisation. */
export type Notice = {
  readonly orgId: string;
  readonly key: string;
  readonly exceptionId: string;
  readonly at: Date;
  readonly severity: Risk;
  readonly purpose: 'update' | 'reminder' | 'digest';
  readonly title: string;
  readonly path: string;
  /** How many exceptions it speaks of; notices of one key are told as one. */
  readonly items: number;
  /** What follows the number where there are several. */
  readonly many: string;
  readonly manyPath: string;
  readonly userIds: readonly string[];
  readonly roles: readonly Role[];
};

/** Keeps what is to be told; a key that waits already grows by the new one's items. */
export async function insertNotices(sql: Sql, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((one) => ({
    id: newId('exceptionEvent', one.at),
    org_id: one.orgId,
    key: one.key,
    exception_id: one.exceptionId,
    at: toIsoMs(one.at),
    severity: severityNumber(one.severity),
    purpose: one.purpose,
    title: one.title.replaceAll('\0', ''),
    path: one.path,
    items: one.items,
    many: one.many,
    many_path: one.manyPath,
    user_ids: one.userIds,
    roles: one.roles,
  }));
  await sql.query(
    `insert into exception_notice as n (id, org_id, key, exception_id, at, severity, purpose, title, path, items, many, many_path, user_ids, roles)
     select id, org_id, key, exception_id, at, severity, purpose, title, path, items, many, many_path, array(select jsonb_array_elements_text(user_ids)),
       array(select jsonb_array_elements_text(roles))
     from jsonb_to_recordset($1) as t (id text, org_id uuid, key text, exception_id text, at timestamptz, severity smallint, purpose text,
       title text, path text, items integer, many text, many_path text, user_ids jsonb, roles jsonb)
     on conflict (org_id, key) do update set items = n.items + excluded.items, severity = greatest(n.severity, excluded.severity)
       where n.told_at is null`,
    [JSON.stringify(rows)],
  );
}

/** Notices not told yet, oldest first, locked for the transaction. */
export async function lockNotices(
  sql: Sql,
  orgId: string,
  limit: number,
): Promise<(Notice & { id: string })[]> {
  const rows = await sql.query<{
    id: string;
    key: string;
    exception_id: string;
    at: Date;
    severity: number;
    purpose: Notice['purpose'];
    title: string;
    path: string;
    items: number;
    many: string;
    many_path: string;
    user_ids: string[];
    roles: Role[];
  }>(
    `select id, key, exception_id, at, severity, purpose, title, path, items, many, many_path, user_ids, roles from exception_notice
     where org_id = $1 and told_at is null order by at, id limit $2 for update skip locked`,
    [orgId, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    orgId,
    key: row.key,
    exceptionId: row.exception_id,
    at: row.at,
    severity: severityOf(row.severity),
    purpose: row.purpose,
    title: row.title,
    path: row.path,
    items: row.items,
    many: row.many,
    manyPath: row.many_path,
    userIds: row.user_ids,
    roles: row.roles,
  }));
}

/** Notes that these were told. */
export async function markTold(sql: Sql, ids: readonly string[], now: Date): Promise<void> {
  await sql.query('update exception_notice set told_at = $2 where id = any ($1)', [ids, now]);
}
