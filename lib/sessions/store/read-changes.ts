import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { SessionKind } from '../contract';
import type { LightChange } from '../model/light-change';

type Row = Omit<LightChange, 'held'> & {
  sessionId: string | null;
  kind: SessionKind | null;
  parentId: string | null;
  stepId: string | null;
};

/** The record's own correlation. That of a push envelope is of the delivery: unrelated records share it, and a pull does not tell it. */
const CORRELATION = `case when c.context ->> 'correlationId' = c.correlation_id then c.correlation_id end`;
const LIGHT = `c.id, c.event_date as at, c.level, c.actor_id as "actorId", c.client_id as "clientId", c.accountable,
  coalesce(c.transaction_initiator, false) as initiator, coalesce(c.transaction_id, case when c.transaction_initiator then c.id end) as "transactionKey",
  ${CORRELATION} as "correlationId", m.act_id as "actId", c.session_id as "sessionId", s.kind, s.parent_id as "parentId", s.step_id as "stepId"`;
const BESIDE = `left join related_member m on m.org_id = c.org_id and m.change_id = c.id
  left join session s on s.org_id = c.org_id and s.id = c.session_id`;

/** What of a range can belong to a session: accountable changes, those that share something, those that are held. In order. */
export async function changesInRange(sql: Sql, orgId: string, range: Interval): Promise<LightChange[]> {
  return light(
    sql,
    `select ${LIGHT} from change c ${BESIDE}
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3
       and (c.accountable or c.transaction_id is not null or c.transaction_initiator or c.correlation_id is not null or c.session_id is not null or m.act_id is not null)
     order by c.event_date, c.id`,
    [orgId, range.from, range.to],
  );
}

/** Every change outside the range that names one of the transactions, or began one without naming it. */
export async function changesOfTransactions(
  sql: Sql,
  orgId: string,
  asked: { readonly keys: readonly string[]; readonly outside: Interval },
): Promise<LightChange[]> {
  if (asked.keys.length === 0) return [];
  return light(
    sql,
    `select ${LIGHT} from change c ${BESIDE}
     where c.org_id = $1 and c.transaction_id = any ($2::text[]) and not (c.event_date >= $3 and c.event_date < $4)
     union all
     select ${LIGHT} from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id ${BESIDE}
     where r.org_id = $1 and r.source_id = any ($2::text[]) and c.transaction_id is null and c.transaction_initiator
       and not (c.event_date >= $3 and c.event_date < $4)`,
    [orgId, asked.keys, asked.outside.from, asked.outside.to],
  );
}

/** Those of the transactions that more than one change names. */
export async function transactionsShared(
  sql: Sql,
  orgId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await sql.query<{ key: string }>(
    `select key from (
       select transaction_id as key from change where org_id = $1 and transaction_id = any ($2::text[])
       union all
       select c.id from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id
       where r.org_id = $1 and r.source_id = any ($2::text[]) and c.transaction_id is null and c.transaction_initiator
     ) named group by key having count(*) > 1`,
    [orgId, keys],
  );
  return new Set(rows.map((row) => row.key));
}

/** A correlation with the stretch of time to look at, both ends included. */
export type CorrelationSpan = { readonly correlationId: string; readonly from: Date; readonly to: Date };

/** The changes of each correlation within its span. */
export async function changesOfCorrelations(
  sql: Sql,
  orgId: string,
  spans: readonly CorrelationSpan[],
): Promise<LightChange[]> {
  if (spans.length === 0) return [];
  return light(
    sql,
    `select ${LIGHT} from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as t (correlation_id, from_at, to_at)
     join change c on c.correlation_id = t.correlation_id and c.event_date between t.from_at and t.to_at ${BESIDE} where c.org_id = $1 and c.context ->> 'correlationId' = c.correlation_id`,
    [
      orgId,
      spans.map((span) => span.correlationId),
      spans.map((span) => span.from),
      spans.map((span) => span.to),
    ],
  );
}

/** The changes that the acts hold. */
export async function changesOfActs(
  sql: Sql,
  orgId: string,
  actIds: readonly string[],
): Promise<LightChange[]> {
  if (actIds.length === 0) return [];
  return light(
    sql,
    `select ${LIGHT} from related_member a join raw_event r on r.org_id = a.org_id and r.source_id = a.change_id
     join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id ${BESIDE}
     where a.org_id = $1 and a.act_id = any ($2::text[])`,
    [orgId, actIds],
  );
}

/** Who made accountable changes in the range, and through which clients. */
export async function actorsInRange(
  sql: Sql,
  orgId: string,
  range: Interval,
): Promise<{ actorId: string; clientId: string | null }[]> {
  return sql.query<{ actorId: string; clientId: string | null }>(
    `select distinct actor_id as "actorId", client_id as "clientId" from change
     where org_id = $1 and event_date >= $2 and event_date < $3 and accountable and actor_id is not null`,
    [orgId, range.from, range.to],
  );
}

/** The accountable changes of one actor through one client next to a place, nearest first. */
export async function neighboursOf(
  sql: Sql,
  orgId: string,
  asked: {
    readonly actorId: string;
    readonly clientId: string | null;
    readonly from: { readonly at: Date; readonly id: string };
    readonly side: 'before' | 'after';
    readonly limit: number;
  },
): Promise<LightChange[]> {
  const [beyond, direction] = asked.side === 'before' ? ['<', 'desc'] : ['>', 'asc'];
  return light(
    sql,
    `select ${LIGHT} from change c ${BESIDE}
     where c.org_id = $1 and c.actor_id = $2 and coalesce(nullif(c.client_id, c.actor_id), '') = coalesce(nullif($3, $2), '') and c.accountable
       and c.event_date ${beyond}= $4 and (c.event_date, c.id) ${beyond} ($4, $5)
     order by c.event_date ${direction}, c.id ${direction} limit $6`,
    [orgId, asked.actorId, asked.clientId, asked.from.at, asked.from.id, asked.limit],
  );
}

async function light(sql: Sql, text: string, values: readonly unknown[]): Promise<LightChange[]> {
  const rows = await sql.query<Row>(text, values);
  return rows.map(({ sessionId, kind, parentId, stepId, ...change }) => ({
    ...change,
    held: sessionId === null ? null : { sessionId, kind, parentId, stepId },
  }));
}
