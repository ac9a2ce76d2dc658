import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { addMs, HOUR_MS, toIso, toIsoMs } from '@/lib/kernel/instant';
import {
  type Excusable,
  type ExcuseDecision,
  type ExcuseMatcher,
  type ExcuseRule,
  rulesOf,
} from '../../model/excuses/excuse-rule';

/** Name of the fact in the ledger's leaf. */
export const EXCUSE_FACT = 'excuse_decision';

const instant = z.iso.datetime().transform((text) => new Date(text));
const word = z.string().optional();
const contentSchema = z.object({
  terms: z
    .object({
      title: z.string(),
      matcher: z.object({
        service: word,
        entityType: word,
        action: word,
        actor: word,
        division: word,
        property: word,
      }),
      from: instant,
      expiresAt: instant,
      withHighRisk: z.boolean(),
      replaces: z.string().nullable(),
    })
    .nullable(),
  endsAt: instant.nullable(),
});

/** Every rule of the organisations, the oldest first. */
export async function readExcuseRules(
  sql: Sql,
  orgIds: readonly string[],
): Promise<(ExcuseRule & { readonly orgId: string })[]> {
  const rows = await sql.query<Omit<ExcuseDecision, 'terms' | 'endsAt'> & { orgId: string; terms: unknown }>(
    `select org_id as "orgId", rule_id as "ruleId", decided_at as "decidedAt", what, decider_id as "deciderId", decider, reason, terms
     from excuse_decision where org_id = any ($1::uuid[]) order by seq`,
    [orgIds],
  );
  const orgs = new Map(rows.map((row) => [row.ruleId, row.orgId]));
  const decisions = rows.map(({ terms, orgId: _, ...row }) => ({ ...row, ...contentSchema.parse(terms) }));
  return rulesOf(decisions).map((rule) => ({ ...rule, orgId: orgs.get(rule.id) ?? '' }));
}

/** Appends one decision. Within a transaction; the database refuses the same word on a rule twice. */
export async function appendExcuseDecision(
  sql: Sql,
  orgId: string,
  decision: ExcuseDecision,
): Promise<string> {
  const { ruleId, decidedAt, what, deciderId, decider, reason, terms, endsAt } = decision;
  const id = newId('excuseDecision', decidedAt);
  const content = {
    terms: terms === null ? null : { ...terms, from: toIso(terms.from), expiresAt: toIso(terms.expiresAt) },
    endsAt: endsAt === null ? null : toIso(endsAt),
  };
  const facts = { id, orgId, ruleId, what, deciderId, decider, reason };
  const body = canonicalJson({ ...facts, decidedAt: toIsoMs(decidedAt), terms: content });
  const { salt, leafHash } = sealable({
    kind: EXCUSE_FACT,
    orgId,
    factId: id,
    receivedAt: decidedAt,
    bytes: body,
  });
  await sql.query(
    `insert into excuse_decision (id, org_id, rule_id, decided_at, what, decider_id, decider, reason, terms, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $4, $10, $11, $12)`,
    [
      id,
      orgId,
      ruleId,
      decidedAt,
      what,
      deciderId,
      decider,
      reason,
      canonicalJson(content),
      body,
      salt,
      leafHash,
    ],
  );
  return id;
}

/** Waits for any other decision about the organisation's rules. Within a transaction. */
export async function lockExcuses(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.excuses:' || $1, 0))`, [orgId]);
}

export type ExcusableRow = Excusable & { readonly id: string; readonly ruleId: string | null };

const EXCUSABLE = `c.id, c.event_date as at, c.service, c.entity_type as "entityType", c.action, array[c.actor_id, c.user_id, c.client_id] as "actorIds",
  c.division_id as "divisionId", array(select p ->> 'property' from jsonb_array_elements(c.property_changes) p) as properties, c.risk`;

/** These changes as rules read them, with the rule that excuses each by its last verdict. */
export async function excusablesById(
  sql: Sql,
  orgId: string,
  changes: readonly { readonly id: string; readonly eventDate: Date }[],
): Promise<ExcusableRow[]> {
  if (changes.length === 0) return [];
  return sql.query<ExcusableRow>(
    `select ${EXCUSABLE}, null as "ruleId" from unnest($2::text[], $3::timestamptz[]) k (id, at)
     join change c on c.event_date = k.at and c.id = k.id and c.org_id = $1`,
    [orgId, changes.map((one) => one.id), changes.map((one) => one.eventDate)],
  );
}

/**
 * Changes of an hour that a rule could excuse or already does, after `after`: accountable ones, and those excused by linking. What
 * the policy calls noise of the platform was never judged and is left out.
 */
export async function excusablesIn(
  sql: Sql,
  asked: { readonly orgId: string; readonly hour: Date; readonly after: string; readonly limit: number },
): Promise<ExcusableRow[]> {
  return sql.query<ExcusableRow>(
    `select ${EXCUSABLE}, case when c.excluded_reason = 'excused' then (
       select e.excuse_rule from link_evaluation e where e.org_id = c.org_id and e.change_id = c.id order by e.decided_at desc, e.id desc limit 1
     ) end as "ruleId"
     from change c where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3 and c.id > $4
       and (c.accountable or (c.excluded_reason = 'excused' and c.link_checked_at is not null))
     order by c.id limit $5`,
    [asked.orgId, asked.hour, addMs(asked.hour, HOUR_MS), asked.after, asked.limit],
  );
}

/** The oldest due hour, or null. */
export async function nextExcuseHour(sql: Sql, orgId: string): Promise<{ hour: Date; seq: number } | null> {
  const rows = await sql.query<{ hour: Date; seq: number }>(
    `select hour, max(seq) as seq from excuse_due where org_id = $1 group by hour order by hour limit 1`,
    [orgId],
  );
  return rows[0] ?? null;
}

/** Takes an hour off the list, up to what was there when it was read: what commits later makes it due again. */
export async function clearExcuseHour(
  sql: Sql,
  orgId: string,
  of: { hour: Date; seq: number },
): Promise<void> {
  await sql.query('delete from excuse_due where org_id = $1 and hour = $2 and seq <= $3', [
    orgId,
    of.hour,
    of.seq,
  ]);
}

/** Makes every hour with a change in the range due. */
export async function makeExcusesDue(
  sql: Sql,
  orgId: string,
  range: { readonly from: Date; readonly to: Date },
): Promise<void> {
  await sql.query(
    `insert into excuse_due (org_id, hour)
     select $1, h.hour from (select distinct date_trunc('hour', event_date, 'UTC') as hour from change where org_id = $1 and event_date >= $2 and event_date < $3) h
     order by h.hour`,
    [orgId, range.from, range.to],
  );
}

/** Changes of a range that fit the plain words of a matcher and could be excused, the newest first: accountable ones of any risk. */
export async function excusablesFor(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly from: Date;
    readonly to: Date;
    readonly matcher: ExcuseMatcher;
    readonly limit: number;
  },
): Promise<(Excusable & { readonly id: string; readonly linkage: string; readonly label: string })[]> {
  const { service, entityType, action, division, actor } = asked.matcher;
  return sql.query(
    `select ${EXCUSABLE}, c.linkage, coalesce(c.entity_label, c.entity_name, '') as label from change c
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3 and c.accountable
       and ($4::text is null or c.service = $4) and ($5::text is null or c.entity_type = $5) and ($6::text is null or c.action = $6)
       and ($7::text is null or c.division_id = $7) and ($8::text is null or lower($8) in (lower(c.actor_id), lower(c.user_id), lower(c.client_id)))
     order by c.event_date desc, c.id desc limit $9`,
    [
      asked.orgId,
      asked.from,
      asked.to,
      service ?? null,
      entityType ?? null,
      action ?? null,
      division ?? null,
      actor ?? null,
      asked.limit,
    ],
  );
}

/** How many changes each rule excuses now. */
export async function countExcused(sql: Sql, orgIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; n: number }>(
    `select l.excuse_rule as id, count(*) as n from (
       select distinct on (e.org_id, e.change_id) e.org_id, e.change_id, e.event_date, e.excuse_rule from link_evaluation e
       where (e.org_id, e.change_id) in (select x.org_id, x.change_id from link_evaluation x where x.org_id = any ($1::uuid[]) and x.excuse_rule is not null)
       order by e.org_id, e.change_id, e.decided_at desc, e.id desc
     ) l join change c on c.org_id = l.org_id and c.id = l.change_id and c.event_date = l.event_date
     where l.excuse_rule is not null and c.excluded_reason = 'excused' group by 1`,
    [orgIds],
  );
  return new Map(rows.map((row) => [row.id, row.n]));
}
