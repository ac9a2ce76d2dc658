import type { Sql } from '@/lib/db/sql';
import type { ChangePlace } from './changes-to-link';
import type { TicketName } from './sources-read';

/** A ticket whose changes have still to be judged again, and how far that has come. */
export type DueTicket = TicketName & { readonly notedAt: Date; readonly after: ChangePlace | null };

/** Makes the changes that cite these tickets due, from their first on. In the transaction that keeps what is new about them. */
export async function noteDue(
  sql: Sql,
  due: { readonly orgId: string; readonly tickets: readonly TicketName[]; readonly at: Date },
): Promise<void> {
  if (due.tickets.length === 0) return;
  await sql.query(
    `insert into ticket_due (org_id, system, key, noted_at)
     select distinct $1::uuid, system, key, $2::timestamptz from unnest($3::text[], $4::text[]) as t (system, key)
     where exists (select from change_citation c where c.org_id = $1 and c.kind = t.system and c.reference = t.key)
     order by system, key
     on conflict (org_id, system, key) do update set noted_at = excluded.noted_at, after_event_date = null, after_change_id = null`,
    [due.orgId, due.at, due.tickets.map((one) => one.system), due.tickets.map((one) => one.key)],
  );
}

/** The ticket that has been due the longest, or null. */
export async function nextDue(sql: Sql, orgId: string): Promise<DueTicket | null> {
  const rows = await sql.query<DueRow>(
    `select system, key, noted_at as "notedAt", after_event_date as "afterAt", after_change_id as "afterId" from ticket_due
     where org_id = $1 order by noted_at, system, key limit 1`,
    [orgId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { afterAt, afterId, ...ticket } = row;
  return {
    ...ticket,
    after: afterAt === null || afterId === null ? null : { eventDate: afterAt, id: afterId },
  };
}

type DueRow = TicketName & { notedAt: Date; afterAt: Date | null; afterId: string | null };

/**
 * Moves a due ticket on to its next changes, or takes it off where there are none. Nothing happens to one that became due anew
 * in the meantime: it begins again.
 */
export async function moveDue(
  sql: Sql,
  move: { readonly orgId: string; readonly due: DueTicket; readonly to: ChangePlace | null },
): Promise<void> {
  const { orgId, due, to } = move;
  const names = [orgId, due.system, due.key, due.notedAt];
  if (to === null)
    await sql.query(
      'delete from ticket_due where org_id = $1 and system = $2 and key = $3 and noted_at = $4',
      names,
    );
  else
    await sql.query(
      `update ticket_due set after_event_date = $5, after_change_id = $6
       where org_id = $1 and system = $2 and key = $3 and noted_at = $4`,
      [...names, to.eventDate, to.id],
    );
}

/** How many tickets are due. */
export async function countDue(sql: Sql, orgId: string): Promise<number> {
  const rows = await sql.query<{ n: number }>('select count(*) as n from ticket_due where org_id = $1', [
    orgId,
  ]);
  return rows[0]?.n ?? 0;
}
