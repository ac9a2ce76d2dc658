import type { Sql } from '@/lib/db/sql';
import type { StagedRecord } from './stage';

/** Which of these changes lack something that a pull can give. */
export async function provisionalAmong(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, { readonly confirmed: boolean; readonly hasStatus: boolean }>> {
  // One look-up by key for each id: joined freely, a planner that knows no figures of these tables yet goes through all that
  // waits for its pull, once for every id.
  const rows = await sql.query<{ id: string; confirmed: boolean; has_status: boolean }>(
    `with seen as materialized (select source_id, event_date from raw_event where org_id = $1 and source_id = any ($2::text[]))
     select c.id, c.confirmed, c.has_status
     from seen cross join lateral (
       select c.id, c.confirmed_at is not null as confirmed, c.status is not null as has_status
       from change c where c.event_date = seen.event_date and c.id = seen.source_id and c.org_id = $1 offset 0
     ) c
     where not (c.confirmed and c.has_status)`,
    [orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, { confirmed: row.confirmed, hasStatus: row.has_status }]));
}

/** Fills the write-once columns where they are empty. What the pull tells (a failure) stands before an excuse; else an excuse stays. */
export async function confirmChanges(
  sql: Sql,
  orgId: string,
  records: readonly StagedRecord[],
): Promise<number> {
  const ordered = [...records].sort(
    (a, b) =>
      a.change.eventDate.getTime() - b.change.eventDate.getTime() || (a.change.id < b.change.id ? -1 : 1),
  );
  const rows = await sql.query(
    `update change c set
       status = coalesce(c.status, x.status),
       transaction_id = coalesce(c.transaction_id, x.transaction_id),
       transaction_initiator = coalesce(c.transaction_initiator, x.transaction_initiator),
       entity_changes = coalesce(c.entity_changes, x.entity_changes),
       confirmed_at = coalesce(c.confirmed_at, x.confirmed_at),
       accountable = x.excluded_reason is null and c.excluded_reason is distinct from 'excused',
       excluded_reason = coalesce(nullif(x.excluded_reason, 'excused'), case when c.excluded_reason = 'excused' then 'excused' end, x.excluded_reason),
       linkage = case when x.excluded_reason is not null then 'not_applicable' else c.linkage end,
       planning = case when x.excluded_reason is not null then 'not_applicable' else c.planning end,
       risk = x.risk,
       risk_reasons = x.risk_reasons,
       risk_rules = x.risk_rules
     from (
       select * from json_to_recordset($2) as x (id text, status text, transaction_id text, transaction_initiator boolean, entity_changes jsonb,
         confirmed_at timestamptz, excluded_reason text, risk smallint, risk_reasons text[], risk_rules text[])
     ) x join raw_event r on r.org_id = $1 and r.source_id = x.id
     where c.event_date = r.event_date and c.id = x.id and c.org_id = $1
     returning c.id`,
    [
      orgId,
      JSON.stringify(
        ordered.map(({ change, receivedAt, accountability, enrichment }) => ({
          id: change.id,
          status: change.status,
          transaction_id: change.transactionId,
          transaction_initiator: change.transactionInitiator,
          entity_changes: change.entityChanges,
          confirmed_at: receivedAt,
          excluded_reason: accountability.excludedReason,
          risk: enrichment.risk,
          risk_reasons: enrichment.riskReasons,
          risk_rules: enrichment.riskRules,
        })),
      ),
    ],
  );
  return rows.length;
}
