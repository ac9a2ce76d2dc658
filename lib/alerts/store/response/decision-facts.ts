import { z } from 'zod';
import { GUARDS } from '@/lib/alerts/contract/responses';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { GuardOutcome } from '../../model/response/guards';
import type { Speaker } from '../../model/response/response';

/** Kind of their leaves in the ledger. */
export const DECISION_LEAF_KIND = 'response_decision';

/** One word about a response. */
export type Decision = {
  readonly at: Date;
  readonly what:
    | 'proposed'
    | 'asked'
    | 'approved'
    | 'rejected'
    | 'undo_asked'
    | 'expired'
    | 'begun'
    | 'refused'
    | 'done'
    | 'failed';
  readonly by: Speaker;
  readonly reason: string | null;
  /** What the guards said at that moment; null where they were not asked. */
  readonly guards: readonly GuardOutcome[] | null;
};

/** Appends a word about a response. Within the transaction of what it leads to. */
export async function appendDecision(
  sql: Sql,
  of: { readonly orgId: string; readonly responseId: string },
  decision: Decision,
): Promise<void> {
  const receivedAt = decision.at;
  const id = newId('responseDecision', receivedAt);
  const body = canonicalJson({
    id,
    responseId: of.responseId,
    at: toIsoMs(decision.at),
    what: decision.what,
    by: { ...decision.by },
    reason: decision.reason,
    guards: decision.guards === null ? null : decision.guards.map((guard) => ({ ...guard })),
  });
  const leaf = sealable({ kind: DECISION_LEAF_KIND, orgId: of.orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into response_decision (id, org_id, response_id, at, what, actor_kind, actor_id, actor_name, reason, guards, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $4, $11, $12, $13)`,
    [
      id,
      of.orgId,
      of.responseId,
      decision.at,
      decision.what,
      decision.by.kind,
      decision.by.id,
      decision.by.name,
      decision.reason,
      decision.guards === null ? null : JSON.stringify(decision.guards),
      body,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

const guardsSchema = z
  .array(
    z.object({
      guard: z.enum(GUARDS),
      outcome: z.enum(['pass', 'refuse', 'not_evaluated']),
      because: z.string(),
    }),
  )
  .nullable();

/** Every word about a response, oldest first. */
export async function selectDecisions(sql: Sql, responseId: string): Promise<Decision[]> {
  const rows = await sql.query<{
    at: Date;
    what: Decision['what'];
    actor_kind: Speaker['kind'];
    actor_id: string | null;
    actor_name: string;
    reason: string | null;
    guards: unknown;
  }>(
    `select at, what, actor_kind, actor_id, actor_name, reason, guards from response_decision where response_id = $1 order by seq`,
    [responseId],
  );
  return rows.map((row) => ({
    at: row.at,
    what: row.what,
    by: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    reason: row.reason,
    guards: guardsSchema.parse(row.guards),
  }));
}
