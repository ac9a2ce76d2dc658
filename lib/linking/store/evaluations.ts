import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { EvaluationCause, Planning } from '@/lib/kernel/words';
import type { ChangeLinkage, Claim, LinkReason } from '../model/claim';
import type { Occasion } from '../model/evaluation-cause';
import { storedClaim } from '../model/stored-claim';
import { claimsOf } from './claim-json';

/** What a change's citations came to at one instant. */
export type Evaluation = {
  readonly changeId: string;
  readonly eventDate: Date;
  readonly linkage: ChangeLinkage;
  readonly planning: Exclude<Planning, 'not_applicable'>;
  readonly reason: LinkReason | null;
  readonly claims: readonly Claim[];
};

export type KeptEvaluation = Evaluation & {
  readonly id: string;
  readonly decidedAt: Date;
  /** Null in rows of before causes were kept. */
  readonly cause: EvaluationCause | null;
  readonly ticket: string | null;
};

type Row = {
  id: string;
  change_id: string;
  event_date: Date;
  decided_at: Date;
  linkage: ChangeLinkage;
  planning: Exclude<Planning, 'not_applicable'>;
  reason: LinkReason | null;
  claims: unknown;
  cause: EvaluationCause | null;
  cause_ticket: string | null;
};

const COLUMNS =
  'id, change_id, event_date, decided_at, linkage, planning, reason, claims, cause, cause_ticket';

/** Waits for any other evaluation of the organisation to commit, so that each sees the one before it. Within a transaction. */
export async function lockEvaluations(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.linking:' || $1, 0))`, [orgId]);
}

/** The last evaluation of each change that has one. */
export async function lastEvaluations(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<Map<string, KeptEvaluation>> {
  const rows = await sql.query<Row>(
    `select distinct on (change_id) ${COLUMNS} from link_evaluation
     where org_id = $1 and change_id = any($2) order by change_id, decided_at desc, id desc`,
    [orgId, changeIds],
  );
  return new Map(rows.map((row) => [row.change_id, evaluationOf(row)]));
}

/** All evaluations of the changes, oldest first. */
export async function allEvaluations(
  sql: Sql,
  orgId: string,
  changeIds: readonly string[],
): Promise<KeptEvaluation[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from link_evaluation where org_id = $1 and change_id = any($2) order by decided_at, id`,
    [orgId, changeIds],
  );
  return rows.map(evaluationOf);
}

/** Appends evaluations. */
export async function appendEvaluations(
  sql: Sql,
  kept: {
    orgId: string;
    decidedAt: Date;
    formula: string;
    occasion: Occasion;
    evaluations: readonly Evaluation[];
  },
): Promise<void> {
  const { orgId, decidedAt, formula } = kept;
  const { cause, ticket } = kept.occasion;
  if (kept.evaluations.length === 0) return;
  const rows = kept.evaluations.map((evaluation) => {
    const id = newId('evaluation', decidedAt);
    const claims = evaluation.claims.map(storedClaim);
    const body = canonicalJson({
      id,
      orgId,
      changeId: evaluation.changeId,
      eventDate: toIsoMs(evaluation.eventDate),
      decidedAt: toIsoMs(decidedAt),
      linkage: evaluation.linkage,
      planning: evaluation.planning,
      reason: evaluation.reason,
      formula,
      cause,
      ticket,
      claims,
    });
    const { salt, leafHash } = sealable({
      kind: 'link_evaluation',
      orgId,
      factId: id,
      receivedAt: decidedAt,
      bytes: body,
    });
    return { evaluation, id, body, claims: canonicalJson(claims), salt, leafHash };
  });
  await sql.query(
    `insert into link_evaluation (id, org_id, change_id, event_date, decided_at, linkage, planning, reason, formula, claims, body, salt, leaf_hash, cause, cause_ticket)
     select id, $1, change_id, event_date, $2, linkage, planning, reason, $3, claims::jsonb, body, salt, leaf, $14, $15
     from unnest($4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bytea[], $13::bytea[])
       as t (id, change_id, event_date, linkage, planning, reason, claims, body, salt, leaf)`,
    [
      orgId,
      decidedAt,
      formula,
      rows.map((row) => row.id),
      rows.map((row) => row.evaluation.changeId),
      rows.map((row) => row.evaluation.eventDate),
      rows.map((row) => row.evaluation.linkage),
      rows.map((row) => row.evaluation.planning),
      rows.map((row) => row.evaluation.reason),
      rows.map((row) => row.claims),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.leafHash),
      cause,
      ticket,
    ],
  );
}

function evaluationOf(row: Row): KeptEvaluation {
  return {
    id: row.id,
    changeId: row.change_id,
    eventDate: row.event_date,
    decidedAt: row.decided_at,
    linkage: row.linkage,
    planning: row.planning,
    reason: row.reason,
    claims: claimsOf(row.claims),
    cause: row.cause,
    ticket: row.cause_ticket,
  };
}
