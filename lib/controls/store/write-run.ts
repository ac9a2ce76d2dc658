import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable, sha256 } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import {
  type ControlResult,
  type ControlRun,
  EVIDENCE_FACT,
  type InputEvidence,
  RESULT_FACT,
  RUN_FACT,
} from '../model/run';

/** One run of an organisation at a time is written; the rest of the transaction holds the place. */
export async function lockRuns(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtext($1))`, [`controls:${orgId}`]);
}

/** Whether somebody finished the run that was due at an instant. */
export async function isDueDone(
  sql: Sql,
  due: { readonly orgId: string; readonly dueAt: Date; readonly cadence: string },
): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from control_run where org_id = $1 and due_at = $2 and cadence = $3',
    [due.orgId, due.dueAt, due.cadence],
  );
  return rows.length > 0;
}

/** Writes a finished run. Throws where the run that was due was written already. */
export async function insertRun(sql: Sql, run: ControlRun): Promise<void> {
  const { id, orgId, counts } = run;
  const body = canonicalJson({ ...run });
  const leaf = sealable({ kind: RUN_FACT, orgId, factId: id, receivedAt: run.finishedAt, bytes: body });
  await sql.query(
    `insert into control_run (id, org_id, occasion, cadence, due_at, asked_by, as_of, started_at, finished_at, passed, failed,
       not_evaluated, not_applicable, client_id, product_version, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $9, $17, $18)`,
    [
      id,
      orgId,
      run.occasion,
      run.cadence,
      run.dueAt,
      run.askedBy,
      run.asOf,
      run.startedAt,
      run.finishedAt,
      counts.pass,
      counts.fail,
      counts.not_evaluated,
      counts.not_applicable,
      run.clientId,
      run.productVersion,
      body,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

/** Writes what a run was given to look at. The bytes of an answer that was there before are not written again. */
export async function insertEvidence(
  sql: Sql,
  run: Pick<ControlRun, 'id' | 'orgId' | 'finishedAt'>,
  evidence: readonly InputEvidence[],
): Promise<void> {
  for (const { bytes, ...one } of evidence) {
    const hash = bytes === null ? null : sha256(bytes);
    if (bytes !== null)
      await sql.query(
        'insert into control_answer (org_id, sha256, bytes) values ($1, $2, $3) on conflict do nothing',
        [run.orgId, hash, bytes],
      );
    const id = newId('controlEvidence', run.finishedAt);
    const body = canonicalJson({
      ...one,
      id,
      orgId: run.orgId,
      runId: run.id,
      answerSha256: hash?.toString('hex') ?? null,
    });
    const leaf = sealable({
      kind: EVIDENCE_FACT,
      orgId: run.orgId,
      factId: id,
      receivedAt: run.finishedAt,
      bytes: body,
    });
    await sql.query(
      `insert into control_evidence (id, org_id, run_id, input, source, endpoint, permission, state, because, http_status, fetched_at,
         expected_total, read_total, pages, answer_sha256, body, received_at, salt, leaf_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
      [
        id,
        run.orgId,
        run.id,
        one.input,
        one.source,
        one.endpoint,
        one.permission,
        one.state,
        one.because,
        one.httpStatus,
        one.fetchedAt,
        one.expectedTotal,
        one.readTotal,
        one.pages,
        hash,
        body,
        run.finishedAt,
        leaf.salt,
        leaf.leafHash,
      ],
    );
  }
}

/** Writes what a run said of its controls. */
export async function insertResults(
  sql: Sql,
  results: readonly ControlResult[],
  receivedAt: Date,
): Promise<void> {
  const rows = results.map((one) => {
    const body = canonicalJson({ ...one });
    const leaf = sealable({ kind: RESULT_FACT, orgId: one.orgId, factId: one.id, receivedAt, bytes: body });
    return {
      id: one.id,
      org_id: one.orgId,
      run_id: one.runId,
      control_id: one.controlId,
      rule: one.ruleSha256,
      setting_ids: one.settingIds,
      outcome: one.outcome,
      because: one.because,
      sentence: one.sentence,
      checked: one.checked,
      failing: one.failing,
      unknown: one.unknown,
      as_of: toIsoMs(one.asOf),
      evaluated_at: toIsoMs(one.evaluatedAt),
      body,
      salt: leaf.salt.toString('hex'),
      leaf_hash: leaf.leafHash.toString('hex'),
    };
  });
  await sql.query(
    `insert into control_result (id, org_id, run_id, control_id, rule_sha256, setting_ids, outcome, because, sentence, checked, failing,
       unknown, as_of, evaluated_at, body, received_at, salt, leaf_hash)
     select id, org_id, run_id, control_id, decode(rule, 'hex'), array(select jsonb_array_elements_text(setting_ids)), outcome, because,
       sentence, checked, failing, unknown, as_of, evaluated_at, body, $2, decode(salt, 'hex'), decode(leaf_hash, 'hex')
     from jsonb_to_recordset($1) as t (id text, org_id uuid, run_id text, control_id text, rule text, setting_ids jsonb, outcome text,
       because text, sentence text, checked integer, failing integer, unknown integer, as_of timestamptz, evaluated_at timestamptz,
       body text, salt text, leaf_hash text)`,
    [JSON.stringify(rows), receivedAt],
  );
}

/**
 * Makes the status of an organisation's controls that of their newest results. The present outcome began with the first result
 * after the last one that said something else.
 */
export async function refreshStatus(sql: Sql, orgId: string): Promise<void> {
  await sql.query(
    `insert into control_status (org_id, control_id, result_id, run_id, outcome, since, evaluated_at)
     select r.org_id, r.control_id, r.id, r.run_id, r.outcome,
       (select min(o.evaluated_at) from control_result o where o.org_id = r.org_id and o.control_id = r.control_id
          and o.outcome = r.outcome and o.evaluated_at > coalesce((select max(x.evaluated_at) from control_result x
            where x.org_id = r.org_id and x.control_id = r.control_id and x.outcome <> r.outcome), '-infinity')), r.evaluated_at
     from (
       select distinct on (control_id) * from control_result where org_id = $1 order by control_id, evaluated_at desc, id desc
     ) r
     on conflict (org_id, control_id) do update set result_id = excluded.result_id, run_id = excluded.run_id, outcome = excluded.outcome,
       since = excluded.since, evaluated_at = excluded.evaluated_at`,
    [orgId],
  );
}
