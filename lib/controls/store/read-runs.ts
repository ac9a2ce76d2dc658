import type { Sql } from '@/lib/db/sql';
import type { ControlRun, EvidenceState } from '../model/run';
import type { Cadence, FinishedRun } from '../model/schedule';

type Row = Omit<ControlRun, 'counts'> & {
  readonly passed: number;
  readonly failed: number;
  readonly notEvaluated: number;
  readonly notApplicable: number;
};

const COLUMNS = `id, org_id as "orgId", occasion, cadence, due_at as "dueAt", asked_by as "askedBy", as_of as "asOf", started_at as "startedAt",
  finished_at as "finishedAt", passed, failed, not_evaluated as "notEvaluated", not_applicable as "notApplicable", client_id as "clientId",
  product_version as "productVersion"`;

/** Runs, the newest first; `before` is the last one of the page before. */
export async function listRuns(
  sql: Sql,
  filter: {
    readonly orgIds: readonly string[];
    readonly before: { readonly startedAt: Date; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<ControlRun[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from control_run where org_id = any ($1::uuid[])
       and ($2::timestamptz is null or (started_at, id) < ($2::timestamptz, $3::text))
     order by started_at desc, id desc limit $4`,
    [filter.orgIds, filter.before?.startedAt ?? null, filter.before?.id ?? null, filter.limit],
  );
  return rows.map(toRun);
}

/** The run with this id, or null. */
export async function runById(sql: Sql, id: string): Promise<ControlRun | null> {
  const [row] = await sql.query<Row>(`select ${COLUMNS} from control_run where id = $1`, [id]);
  return row === undefined ? null : toRun(row);
}

/** When runs of an organisation finished, from an instant on; what is missed is told by these. */
export async function finishedRuns(sql: Sql, orgId: string, from: Date): Promise<FinishedRun[]> {
  return sql.query<{ cadence: Cadence; occasion: 'scheduled' | 'asked'; finishedAt: Date }>(
    `select cadence, occasion, finished_at as "finishedAt" from control_run where org_id = $1 and started_at >= $2 order by started_at`,
    [orgId, from],
  );
}

export type EvidenceRow = {
  readonly id: string;
  readonly runId: string;
  readonly orgId: string;
  readonly input: string;
  readonly source: 'platform' | 'product';
  readonly endpoint: string | null;
  readonly permission: string | null;
  readonly state: EvidenceState;
  readonly because: string | null;
  readonly httpStatus: number | null;
  readonly fetchedAt: Date;
  readonly expectedTotal: number | null;
  readonly readTotal: number | null;
  readonly pages: number | null;
  readonly sha256: string | null;
};

const EVIDENCE = `e.id, e.run_id as "runId", e.org_id as "orgId", e.input, e.source, e.endpoint, e.permission, e.state, e.because,
  e.http_status as "httpStatus", e.fetched_at as "fetchedAt", e.expected_total as "expectedTotal", e.read_total as "readTotal", e.pages,
  encode(e.answer_sha256, 'hex') as sha256`;

/** What a run was given to look at; only these inputs where some are named. */
export async function evidenceOfRun(
  sql: Sql,
  runId: string,
  inputs: readonly string[] | null = null,
): Promise<EvidenceRow[]> {
  return sql.query<EvidenceRow>(
    `select ${EVIDENCE} from control_evidence e where e.run_id = $1 and ($2::text[] is null or e.input = any ($2)) order by e.input`,
    [runId, inputs],
  );
}

/** One input with the bytes of its answer; null where there is none. */
export async function evidenceById(
  sql: Sql,
  id: string,
): Promise<(EvidenceRow & { readonly bytes: string | null }) | null> {
  const [row] = await sql.query<EvidenceRow & { bytes: string | null }>(
    `select ${EVIDENCE}, a.bytes from control_evidence e
     left join control_answer a on a.org_id = e.org_id and a.sha256 = e.answer_sha256 where e.id = $1`,
    [id],
  );
  return row ?? null;
}

function toRun({ passed, failed, notEvaluated, notApplicable, ...run }: Row): ControlRun {
  return {
    ...run,
    counts: { pass: passed, fail: failed, not_evaluated: notEvaluated, not_applicable: notApplicable },
  };
}
