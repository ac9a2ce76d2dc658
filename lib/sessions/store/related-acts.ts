import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { type Interval, toIsoMs } from '@/lib/kernel/instant';

/** An act that the platform could be asked about. */
export type ActToAsk = {
  readonly id: string;
  readonly entityType: string;
  readonly action: string;
  readonly properties: readonly string[];
};

/** Removals and moves of the types by somebody, in the period, that share nothing with any other record and were not asked about. Oldest first. */
export async function actsToAsk(
  sql: Sql,
  orgId: string,
  asked: { readonly within: Interval; readonly entityTypes: readonly string[]; readonly limit: number },
): Promise<ActToAsk[]> {
  const { within, entityTypes, limit } = asked;
  // The rollup names the few days that hold any, so that the others are not read.
  return sql.query<ActToAsk>(
    `with days as (
       select distinct day from ru_dim
       where org_id = $1 and day >= date_trunc('day', $2::timestamptz, 'UTC') and day < $3 and entity_type = any ($4::text[]) and excluded = '' and n > 0
     )
     select c.id, c.entity_type as "entityType", c.action, array(select p ->> 'property' from jsonb_array_elements(c.property_changes) p) as properties
     from days d join change c on c.event_date >= d.day and c.event_date < d.day + interval '1 day'
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3 and c.entity_type = any ($4::text[]) and c.level = 'USER' and c.accountable
       and c.transaction_id is null and not coalesce(c.transaction_initiator, false) and c.context ->> 'correlationId' is null
       and (c.action ~* 'delete|remove|purge' or c.property_changes::text ~* 'division')
       and not exists (select from related_act a where a.org_id = $1 and a.act_id = c.id)
       and not exists (select from related_member m where m.org_id = $1 and m.change_id = c.id)
     order by c.event_date, c.id limit $5`,
    [orgId, within.from, within.to, entityTypes, limit],
  );
}

/** Appends what the platform answered about an act. */
export async function appendRelatedAct(
  sql: Sql,
  orgId: string,
  act: { readonly actId: string; readonly changeIds: readonly string[]; readonly receivedAt: Date },
): Promise<void> {
  const { actId, changeIds, receivedAt } = act;
  const body = canonicalJson({ orgId, actId, changeIds, receivedAt: toIsoMs(receivedAt) });
  const factId = `${actId}:${toIsoMs(receivedAt)}`;
  const { salt, leafHash } = sealable({ kind: 'related_act', orgId, factId, receivedAt, bytes: body });
  await sql.query(
    `insert into related_act (org_id, act_id, received_at, change_ids, body, salt, leaf_hash) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (org_id, act_id, received_at) do nothing`,
    [orgId, actId, receivedAt, changeIds, body, salt, leafHash],
  );
}

/** Puts records under an act, or under the act that one of them is under already. */
export async function joinAct(
  sql: Sql,
  orgId: string,
  act: { readonly actId: string; readonly changeIds: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into related_member (org_id, change_id, act_id)
     select $1, id, coalesce((select min(act_id) from related_member where org_id = $1 and change_id = any ($2::text[])), $3)
     from unnest($2::text[]) id on conflict (org_id, change_id) do nothing`,
    [orgId, act.changeIds, act.actId],
  );
}

/** The hours in which the records lie, as far as they are known. */
export async function hoursOf(sql: Sql, orgId: string, changeIds: readonly string[]): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select distinct date_trunc('hour', event_date, 'UTC') as hour from raw_event where org_id = $1 and source_id = any ($2::text[]) order by 1`,
    [orgId, changeIds],
  );
  return rows.map((row) => row.hour);
}
