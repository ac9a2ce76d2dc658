import type { Sql } from '@/lib/db/sql';
import type { Outcome } from '@/lib/kernel/words';
import type { Observation } from '../model/control';
import type { PastResult } from '../model/history';
import type { ControlResult } from '../model/run';
import type { ThresholdValues } from '../model/threshold';

/** A result without its observations, with the hash of the rule that made it. */
export type ResultRow = PastResult & {
  readonly orgId: string;
  readonly runId: string;
  readonly controlId: string;
  readonly ruleSha256: string;
  readonly checked: number;
  readonly failing: number;
  readonly unknown: number;
  /** Since when the outcome was what it is, as of the instant asked about. */
  readonly since: Date;
};

const COLUMNS = `r.id, r.org_id as "orgId", r.run_id as "runId", r.control_id as "controlId", r.outcome, r.because, r.sentence,
  r.evaluated_at as "evaluatedAt", encode(r.rule_sha256, 'hex') as "ruleSha256", r.checked, r.failing, r.unknown`;

/** The newest result of each control now, from the status. */
export async function newestResults(sql: Sql, orgIds: readonly string[]): Promise<ResultRow[]> {
  return sql.query<ResultRow>(
    `select ${COLUMNS}, s.since from control_status s join control_result r on r.id = s.result_id
     where s.org_id = any ($1::uuid[]) order by r.org_id, r.control_id`,
    [orgIds],
  );
}

/** The newest result of each control at an instant. */
export async function resultsAt(sql: Sql, orgIds: readonly string[], at: Date): Promise<ResultRow[]> {
  return sql.query<ResultRow>(
    `select ${COLUMNS},
       (select min(o.evaluated_at) from control_result o where o.org_id = r.org_id and o.control_id = r.control_id and o.outcome = r.outcome
          and o.evaluated_at <= r.evaluated_at and o.evaluated_at > coalesce((select max(x.evaluated_at) from control_result x
            where x.org_id = r.org_id and x.control_id = r.control_id and x.outcome <> r.outcome and x.evaluated_at <= r.evaluated_at), '-infinity')) as since
     from (
       select distinct on (org_id, control_id) * from control_result where org_id = any ($1::uuid[]) and evaluated_at <= $2
       order by org_id, control_id, evaluated_at desc, id desc
     ) r order by r.org_id, r.control_id`,
    [orgIds, at],
  );
}

/** The results of one control in [from, to), with the last one before `from`; oldest first. */
export async function pastResults(
  sql: Sql,
  of: { readonly orgId: string; readonly controlId: string; readonly from: Date; readonly to: Date },
): Promise<PastResult[]> {
  const columns = `id, outcome, because, sentence, evaluated_at as "evaluatedAt"`;
  return sql.query<PastResult>(
    `(select ${columns} from control_result where org_id = $1 and control_id = $2 and evaluated_at < $3 order by evaluated_at desc, id desc limit 1)
     union all
     (select ${columns} from control_result where org_id = $1 and control_id = $2 and evaluated_at >= $3 and evaluated_at < $4)
     order by "evaluatedAt", id`,
    [of.orgId, of.controlId, of.from, of.to],
  );
}

/** One result whole; null where there is none with this id among the organisations `sql` may see. */
export async function resultById(sql: Sql, id: string): Promise<ControlResult | null> {
  const [row] = await sql.query<{
    orgId: string;
    runId: string;
    controlId: string;
    outcome: Outcome;
    because: string | null;
    sentence: string;
    ruleSha256: string;
    settingIds: string[];
    checked: number;
    failing: number;
    unknown: number;
    asOf: Date;
    evaluatedAt: Date;
    kept: {
      observations: readonly Observation[];
      rows: ControlResult['rows'];
      thresholds: ThresholdValues;
      inputs: readonly string[];
    };
  }>(
    `select org_id as "orgId", run_id as "runId", control_id as "controlId", outcome, because, sentence, encode(rule_sha256, 'hex') as "ruleSha256",
       setting_ids as "settingIds", checked, failing, unknown, as_of as "asOf", evaluated_at as "evaluatedAt", body::jsonb as kept
     from control_result where id = $1`,
    [id],
  );
  if (row === undefined) return null;
  const { kept, ...rest } = row;
  const { observations, rows, thresholds, inputs } = kept;
  return { id, ...rest, observations, rows, thresholds, inputs };
}
