import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';

/** Name of the fact in the ledger's leaf. */
export const REVIEW_FACT = 'move_review';

export type MoveReview = {
  readonly id: string;
  readonly decidedAt: Date;
  readonly outcome: 'approved' | 'rejected';
  readonly reviewer: string;
  readonly comment: string;
};

/** Appends what a person said of a move, with the move as it was shown to them. */
export async function appendReview(
  sql: Sql,
  review: Omit<MoveReview, 'id'> & {
    readonly orgId: string;
    readonly moveId: string;
    readonly reviewerId: string;
    /** Frozen into the body. */
    readonly move: Readonly<Record<string, string | null>>;
  },
): Promise<string> {
  const { orgId, moveId, decidedAt, outcome, reviewer, reviewerId, comment, move } = review;
  const id = newId('moveReview', decidedAt);
  const body = canonicalJson({
    id,
    orgId,
    moveId,
    decidedAt: toIsoMs(decidedAt),
    outcome,
    reviewer,
    reviewerId,
    comment,
    move,
  });
  const { salt, leafHash } = sealable({
    kind: REVIEW_FACT,
    orgId,
    factId: id,
    receivedAt: decidedAt,
    bytes: body,
  });
  await sql.query(
    `insert into move_review (id, org_id, move_id, decided_at, outcome, reviewer_id, reviewer, comment, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $4, $9, $10, $11)`,
    [id, orgId, moveId, decidedAt, outcome, reviewerId, reviewer, comment, body, salt, leafHash],
  );
  return id;
}

/** Everything people said of a move, newest first. */
export async function reviewsOf(sql: Sql, orgId: string, moveId: string): Promise<MoveReview[]> {
  return sql.query<MoveReview>(
    `select id, decided_at as "decidedAt", outcome, reviewer, comment from move_review where org_id = $1 and move_id = $2
     order by decided_at desc, id desc`,
    [orgId, moveId],
  );
}

/** Moves whose review is overdue at the instant, the longest overdue first. */
export async function overdueMoves(
  sql: Sql,
  of: { readonly orgId: string; readonly now: Date },
): Promise<{ readonly id: string; readonly at: Date; readonly dueAt: Date }[]> {
  return sql.query(
    `select m.id, m.at, m.review_due_at as "dueAt" from division_move m
     where m.org_id = $1 and m.review_due_at <= $2 and not exists (select from move_review r where r.org_id = m.org_id and r.move_id = m.id)
     order by m.review_due_at, m.id`,
    [of.orgId, of.now],
  );
}
