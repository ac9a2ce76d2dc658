import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { StepFact } from '../../model/response/fold-steps';

/** Kind of their leaves in the ledger. */
export const STEP_LEAF_KIND = 'response_step';

/** Appends what became of a step. `content` holds no secret: whoever makes it has left them out. */
export async function appendStep(
  sql: Sql,
  of: { readonly orgId: string; readonly responseId: string },
  fact: StepFact,
): Promise<void> {
  const id = newId('responseStep', fact.at);
  const body = canonicalJson({
    id,
    responseId: of.responseId,
    n: fact.n,
    event: fact.event,
    at: toIsoMs(fact.at),
    outcome: fact.outcome,
    content: fact.content,
  });
  const leaf = sealable({
    kind: STEP_LEAF_KIND,
    orgId: of.orgId,
    factId: id,
    receivedAt: fact.at,
    bytes: body,
  });
  await sql.query(
    `insert into response_step (id, org_id, response_id, n, event, at, outcome, content, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $6, $9, $10, $11)`,
    [
      id,
      of.orgId,
      of.responseId,
      fact.n,
      fact.event,
      fact.at,
      fact.outcome,
      JSON.stringify(fact.content),
      body,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

const state = z.record(z.string(), z.unknown()).nullable();
const contentSchema = z.object({
  doing: z.string(),
  call: z.string().nullable(),
  before: state,
  after: state,
  because: z.string().nullable(),
  calls: z.array(
    z.object({ sentAt: z.string(), status: z.number().nullable(), correlationId: z.string().nullable() }),
  ),
});

/** What became of a response's steps, in the order it happened. */
export async function selectSteps(sql: Sql, responseId: string): Promise<StepFact[]> {
  const rows = await sql.query<{
    n: number;
    event: StepFact['event'];
    at: Date;
    outcome: StepFact['outcome'];
    content: unknown;
  }>('select n, event, at, outcome, content from response_step where response_id = $1 order by seq', [
    responseId,
  ]);
  return rows.map((row) => ({ ...row, content: contentSchema.parse(row.content) }));
}
