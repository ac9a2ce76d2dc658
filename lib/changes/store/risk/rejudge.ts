import type { Sql } from '@/lib/db/sql';
import type { RuleContent } from '../../model/risk/rule';
import {
  RECONSIDERED_COLUMNS,
  type Reconsidered,
  type ReconsideredRow,
  toReconsidered,
} from '../opinion/enrichment';

/** Changes that are to be judged again: for a version of a rule, or all because the product's own table is another. */
export type Rejudge = {
  readonly seq: number;
  readonly orgId: string;
  readonly ruleId: string | null;
  readonly version: number | null;
  readonly from: Date;
  readonly requestedAt: Date;
  readonly stage: 'sweep' | 'late';
  readonly after: { readonly eventDate: Date; readonly id: string } | null;
  readonly read: number;
  readonly changed: number;
};

const COLUMNS = `seq, org_id as "orgId", rule_id as "ruleId", version, from_at as "from", requested_at as "requestedAt", stage, after_event, after_id,
  read_count as "read", changed_count as "changed"`;
type Row = Omit<Rejudge, 'after'> & { readonly after_event: Date | null; readonly after_id: string | null };

export async function requestRejudge(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly ruleId: string;
    readonly version: number;
    readonly from: Date;
    readonly at: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into risk_rejudge (org_id, rule_id, version, from_at, requested_at, stage) values ($1, $2, $3, $4, $5, 'sweep')`,
    [asked.orgId, asked.ruleId, asked.version, asked.from, asked.at],
  );
}

/** Digest of the product's table that the organisation's changes were last judged with, or null. */
export async function lastTable(sql: Sql, orgId: string): Promise<string | null> {
  const rows = await sql.query<{ sha256: string }>(
    `select table_sha256 as sha256 from risk_rejudge where org_id = $1 and table_sha256 is not null order by seq desc limit 1`,
    [orgId],
  );
  return rows[0]?.sha256 ?? null;
}

/** Whether changes stand there with reasons of which no rule is known: judged before rules had names. */
export async function hasUnmarked(sql: Sql, orgId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from change where org_id = $1 and cardinality(risk_reasons) > 0 and cardinality(risk_rules) = 0 limit 1`,
    [orgId],
  );
  return rows.length > 0;
}

/** Notes the product's table; with `judge` every change is to be judged with it. */
export async function noteTable(
  sql: Sql,
  asked: { readonly orgId: string; readonly sha256: string; readonly at: Date; readonly judge: boolean },
): Promise<void> {
  await sql.query(
    `insert into risk_rejudge (org_id, table_sha256, from_at, requested_at, stage, finished_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      asked.orgId,
      asked.sha256,
      new Date(0),
      asked.at,
      asked.judge ? 'sweep' : 'done',
      asked.judge ? null : asked.at,
    ],
  );
}

/** What an organisation still has to judge again, oldest first. */
export async function openRejudges(sql: Sql, orgId: string): Promise<Rejudge[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from risk_rejudge where org_id = $1 and stage <> 'done' order by seq`,
    [orgId],
  );
  return rows.map(toRejudge);
}

/** The oldest open one, held until the transaction ends; null when there is none or another worker holds it. */
export async function holdRejudge(sql: Sql, orgId: string): Promise<Rejudge | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from risk_rejudge
     where org_id = $1 and seq = (select min(seq) from risk_rejudge where org_id = $1 and stage <> 'done') and stage <> 'done'
     for update skip locked`,
    [orgId],
  );
  return rows[0] === undefined ? null : toRejudge(rows[0]);
}

/** A sweep is over: later its late comers are read, from the start. */
export async function endStage(sql: Sql, { seq, stage }: Rejudge, at: Date): Promise<void> {
  if (stage === 'sweep')
    await sql.query(
      `update risk_rejudge set stage = 'late', after_event = null, after_id = null where seq = $1`,
      [seq],
    );
  else await sql.query(`update risk_rejudge set stage = 'done', finished_at = $2 where seq = $1`, [seq, at]);
}

/** How far it came; the next batch goes on behind. */
export async function advanceRejudge(
  sql: Sql,
  seq: number,
  by: { readonly after: NonNullable<Rejudge['after']>; readonly read: number; readonly changed: number },
): Promise<void> {
  await sql.query(
    `update risk_rejudge set after_event = $2, after_id = $3, read_count = read_count + $4, changed_count = changed_count + $5 where seq = $1`,
    [seq, by.after.eventDate, by.after.id, by.read, by.changed],
  );
}

/** Whether records are still being collected by a run that began before: it may judge them with older rules. */
export async function readsWithOlderRules(sql: Sql, orgId: string, requestedAt: Date): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from collection_run where org_id = $1 and state = 'running' and started_at < $2 and started_at > $2::timestamptz - interval '2 days' limit 1`,
    [orgId, requestedAt],
  );
  return rows.length > 0;
}

/** Which changes a rule may concern: those it judged, and with `content` those its plain words fit. Null: every change. */
export type Concerning = { readonly ruleId: string; readonly content: RuleContent | null } | null;

/** `change c` as SQL: what a rule's service, entity types and actions may fit, or what it already judged. Takes five parameters from `$first` on. */
export function concerningSql(first: number): string {
  const [all, marked, service, types, actions] = [0, 1, 2, 3, 4].map((n) => `$${first + n}`);
  return `(${all}::boolean or (cardinality(c.risk_rules) > 0 and exists (select from unnest(c.risk_rules) mark where starts_with(mark, ${marked}::text || '@')))
    or (${types}::text[] is not null and (${service}::text is null or c.service = ${service})
      and (cardinality(${types}::text[]) = 0 or c.entity_type = any (${types})) and (cardinality(${actions}::text[]) = 0 or c.action = any (${actions}))))`;
}

export function concerningValues(concerning: Concerning): readonly unknown[] {
  const content = concerning?.content ?? null;
  return [
    concerning === null,
    concerning?.ruleId ?? '',
    content?.service ?? null,
    content?.entityTypes ?? null,
    content?.actions ?? null,
  ];
}

/** Rows read again that came in, or were enriched, this long before the request: who wrote them may have begun earlier. */
const LATE_REACH = `interval '1 hour'`;

/** The next changes of a rejudging, oldest first. */
export async function changesToRejudge(
  sql: Sql,
  rejudge: Rejudge,
  asked: { readonly concerning: Concerning; readonly limit: number },
): Promise<Reconsidered[]> {
  const late = `($6::text = 'sweep' or greatest(c.received_at, coalesce(c.enriched_at, c.received_at)) >= $7::timestamptz - ${LATE_REACH})`;
  const rows = await sql.query<ReconsideredRow>(
    `select ${RECONSIDERED_COLUMNS} from change c
     where c.org_id = $1 and c.event_date >= $2 and (c.event_date, c.id) > ($3, $4) and ${late} and ${concerningSql(8)}
     order by c.event_date, c.id limit $5`,
    [
      rejudge.orgId,
      rejudge.from,
      rejudge.after?.eventDate ?? new Date(0),
      rejudge.after?.id ?? '',
      asked.limit,
      rejudge.stage,
      rejudge.requestedAt,
      ...concerningValues(asked.concerning),
    ],
  );
  return rows.map(toReconsidered);
}

function toRejudge({ after_event: at, after_id: id, ...row }: Row): Rejudge {
  return { ...row, after: at === null || id === null ? null : { eventDate: at, id } };
}
