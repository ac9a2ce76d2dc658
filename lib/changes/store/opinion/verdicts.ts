import type { Sql } from '@/lib/db/sql';
import type { Linkage, Planning } from '@/lib/kernel/words';

type VerdictRow = {
  readonly changeId: string;
  readonly eventDate: Date;
  readonly linkage: Linkage;
  readonly planning: Planning;
  readonly reason: string | null;
  readonly decidedAt: Date;
  readonly bypass?: boolean;
  readonly excused?: boolean;
};

/** Sets the opinions of linking. Rows are locked in key order first, so that two linkers never wait for each other in a ring. */
export async function writeVerdicts(
  sql: Sql,
  orgId: string,
  verdicts: readonly VerdictRow[],
): Promise<number> {
  const rows = await sql.query(
    `with verdict as (
       select * from json_to_recordset($2) as x (id text, event_date timestamptz, linkage text, planning text, reason text, decided_at timestamptz, bypass boolean, excused boolean)
     ), held as (
       select c.event_date, c.id from change c join verdict v on c.event_date = v.event_date and c.id = v.id and c.org_id = $1
       order by c.event_date, c.id for no key update of c
     )
     update change c set
       accountable = case when c.excluded_reason is null or c.excluded_reason = 'excused' then not coalesce(v.excused, false) else false end,
       excluded_reason = case when c.excluded_reason is null or c.excluded_reason = 'excused' then case when v.excused then 'excused' end else c.excluded_reason end,
       linkage = case when v.excused or (c.excluded_reason is not null and c.excluded_reason <> 'excused') then 'not_applicable' else v.linkage end,
       planning = case when v.excused or (c.excluded_reason is not null and c.excluded_reason <> 'excused') then 'not_applicable' else v.planning end,
       linkage_reason = v.reason,
       bypass = coalesce(v.bypass, c.bypass),
       link_checked_at = v.decided_at
     from verdict v
     where (c.event_date, c.id) in (select event_date, id from held) and c.org_id = $1 and c.event_date = v.event_date and c.id = v.id
     returning c.id`,
    [
      orgId,
      JSON.stringify(
        verdicts.map((one) => ({
          id: one.changeId,
          event_date: one.eventDate,
          linkage: one.linkage,
          planning: one.planning,
          reason: one.reason,
          decided_at: one.decidedAt,
          bypass: one.bypass,
          excused: one.excused,
        })),
      ),
    ],
  );
  return rows.length;
}
