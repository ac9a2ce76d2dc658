import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIso, toIsoMs } from '@/lib/kernel/instant';
import type { LinkDecision } from '../../model/manual/link-decision';

/** Name of the fact in the ledger's leaf. */
export const DECISION_FACT = 'link_decision';

const instant = z.iso.datetime().transform((text) => new Date(text));
const contentSchema = z.object({
  statement: z
    .object({ title: z.string(), approver: z.string(), approvedAt: instant, url: z.string().nullable() })
    .nullable(),
  claim: z
    .object({
      status: z.string(),
      foundBy: z.string(),
      title: z.string().nullable(),
      url: z.string().nullable(),
    })
    .nullable(),
});

type Row = Omit<LinkDecision, 'statement' | 'claim'> & { readonly content: unknown };

const COLUMNS = `id, change_id as "changeId", decided_at as "decidedAt", what, kind, reference, of_decision as "ofDecision", batch_id as "batchId",
  request_id as "requestId", decider_id as "deciderId", decider, reason, content`;

export type NewDecision = Omit<LinkDecision, 'id'> & { readonly eventDate: Date };

/** Appends decisions in the given order and gives their ids. Within a transaction. */
export async function appendDecisions(
  sql: Sql,
  orgId: string,
  decisions: readonly NewDecision[],
): Promise<string[]> {
  if (decisions.length === 0) return [];
  const rows = decisions.map((one) => {
    const id = newId('linkDecision', one.decidedAt);
    const { statement } = one;
    const content = {
      statement: statement === null ? null : { ...statement, approvedAt: toIso(statement.approvedAt) },
      claim: one.claim,
    };
    const { changeId, what, kind, reference, ofDecision, batchId, requestId, deciderId, decider, reason } =
      one;
    const facts = {
      changeId,
      what,
      kind,
      reference,
      ofDecision,
      batchId,
      requestId,
      deciderId,
      decider,
      reason,
    };
    const body = canonicalJson({
      id,
      orgId,
      ...facts,
      eventDate: toIsoMs(one.eventDate),
      decidedAt: toIsoMs(one.decidedAt),
      content,
    });
    const leaf = sealable({ kind: DECISION_FACT, orgId, factId: id, receivedAt: one.decidedAt, bytes: body });
    return { id, one, body, content: canonicalJson(content), ...leaf };
  });
  await sql.query(
    `insert into link_decision (id, org_id, change_id, event_date, decided_at, what, kind, reference, of_decision, batch_id, request_id, decider_id, decider,
       reason, content, received_at, body, salt, leaf_hash)
     select id, $1, change_id, event_date, decided_at, what, kind, reference, of_decision, batch_id, request_id, decider_id, decider, reason, content::jsonb,
       decided_at, body, salt, leaf
     from unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
       $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::bytea[], $18::bytea[]) with ordinality
       as t (id, change_id, event_date, decided_at, what, kind, reference, of_decision, batch_id, request_id, decider_id, decider, reason, content, body, salt, leaf, n)
     order by n`,
    [
      orgId,
      rows.map((row) => row.id),
      rows.map((row) => row.one.changeId),
      rows.map((row) => row.one.eventDate),
      rows.map((row) => row.one.decidedAt),
      rows.map((row) => row.one.what),
      rows.map((row) => row.one.kind),
      rows.map((row) => row.one.reference),
      rows.map((row) => row.one.ofDecision),
      rows.map((row) => row.one.batchId),
      rows.map((row) => row.one.requestId),
      rows.map((row) => row.one.deciderId),
      rows.map((row) => row.one.decider),
      rows.map((row) => row.one.reason),
      rows.map((row) => row.content),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leafHash),
    ],
  );
  return rows.map((row) => row.id);
}

/** All decisions about each change that has any, in the order they were made. */
export async function decisionsOf(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, LinkDecision[]>> {
  const found = new Map<string, LinkDecision[]>();
  if (changeIds.length === 0) return found;
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from link_decision where org_id = $1 and change_id = any($2) order by seq`,
    [orgId, changeIds],
  );
  for (const row of rows) {
    const { content, ...facts } = row;
    const decision = { ...facts, ...contentSchema.parse(content) };
    const known = found.get(row.changeId);
    if (known === undefined) found.set(row.changeId, [decision]);
    else known.push(decision);
  }
  return found;
}
