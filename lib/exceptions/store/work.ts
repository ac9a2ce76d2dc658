import type { Sql } from '@/lib/db/sql';
import { severityOf } from '@/lib/findings/model/severity';
import type { Risk } from '@/lib/kernel/words';
import type { Exception } from '../model/exception';
import type { StandingNow } from '../model/keep';
import { EXCEPTION_COLUMNS, type ExceptionRow, exceptionOf } from './exception-row';

/** A finding that no open exception answers, with the round before where there was one. */
export type Unanswered = {
  readonly key: string;
  readonly findingId: string;
  readonly rule: string;
  readonly about: 'act' | 'state';
  readonly stretch: number;
  readonly since: Date;
  readonly severity: Risk;
  readonly sentence: string;
  readonly reasons: readonly string[];
  readonly riskBasis: string | null;
  readonly occurredAt: Date;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly divisionIds: readonly string[];
  readonly moveId: string | null;
  readonly changeIds: readonly string[];
  readonly former: { readonly id: string; readonly round: number; readonly severity: Risk } | null;
};

type UnansweredRow = {
  key: string;
  finding_id: string;
  rule: string;
  about: 'act' | 'state';
  stretch: number;
  since: Date;
  severity: number;
  sentence: string;
  reasons: string[];
  risk_basis: string | null;
  occurred_at: Date;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  division_ids: string[];
  move_id: string | null;
  change_ids: string[];
  former_id: string | null;
  former_round: number | null;
  former_severity: number | null;
};

/**
 * Findings after `after` in the order of their keys that nobody has answered yet: acts without an exception, and states that
 * hold (or held when last looked at) without one for this stretch of holding.
 */
export async function selectUnanswered(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly after: string;
    readonly limit: number;
    /** Least severity that any opening rule asks for, 1 to 4. */
    readonly minSeverity: number;
    /** Rules of acts that any opening rule names, `like` patterns; null: all. */
    readonly actRules: readonly string[] | null;
  },
): Promise<Unanswered[]> {
  const rows = await sql.query<UnansweredRow>(
    `select f.key, f.id as finding_id, f.rule, case when s.key is null then 'act' else 'state' end as about,
       coalesce(s.times, 0) as stretch, coalesce(s.since, f.occurred_at) as since, coalesce(s.severity, f.severity) as severity,
       coalesce(s.sentence, f.sentence) as sentence, coalesce(s.reasons, f.reasons) as reasons, s.risk_basis, f.occurred_at,
       f.subject_type, f.subject_id, f.subject_name, coalesce(s.division_ids, f.division_ids) as division_ids, f.move_id, f.change_ids,
       l.id as former_id, l.round as former_round, l.severity as former_severity
     from finding f
     left join finding_standing s on s.org_id = f.org_id and s.key = f.key
     left join lateral (
       select e.id, e.round, e.severity, e.state, e.stretch from exception e where e.org_id = f.org_id and e.key = f.key
       order by e.round desc limit 1
     ) l on true
     where f.org_id = $1 and f.key > $2
       and case when s.key is null
         then l.id is null and f.severity >= $4 and ($5::text[] is null or f.rule like any ($5))
         else s.state <> 'cleared' and s.severity >= $4 and (l.id is null or (l.state in ('resolved', 'false_positive') and s.times > l.stretch))
       end
     order by f.key limit $3`,
    [asked.orgId, asked.after, asked.limit, asked.minSeverity, asked.actRules],
  );
  return rows.map((row) => ({
    key: row.key,
    findingId: row.finding_id,
    rule: row.rule,
    about: row.about,
    stretch: row.stretch,
    since: row.since,
    severity: severityOf(row.severity),
    sentence: row.sentence,
    reasons: row.reasons,
    riskBasis: row.risk_basis,
    occurredAt: row.occurred_at,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    divisionIds: row.division_ids,
    moveId: row.move_id,
    changeIds: row.change_ids,
    former:
      row.former_id === null || row.former_round === null || row.former_severity === null
        ? null
        : { id: row.former_id, round: row.former_round, severity: severityOf(row.former_severity) },
  }));
}

export type Due = { readonly exception: Exception; readonly standing: StandingNow | null };

/**
 * Exceptions after `after` in the order of their ids about which time or a run has something to say, locked for the transaction:
 * states that went, came back, changed their risk or were seen after somebody called them fixed; acceptances past their end.
 * What is locked by somebody's decision is left for the next run.
 */
export async function lockDue(
  sql: Sql,
  asked: { readonly orgId: string; readonly after: string; readonly limit: number; readonly now: Date },
): Promise<Due[]> {
  const rows = await sql.query<
    ExceptionRow & {
      s_state: StandingNow['state'] | null;
      s_since: Date;
      s_checked_at: Date;
      s_times: number;
      s_severity: number;
      s_risk_basis: string;
      s_sentence: string;
    }
  >(
    `select ${EXCEPTION_COLUMNS}, s.state as s_state, s.since as s_since, s.checked_at as s_checked_at, s.times as s_times,
       s.severity as s_severity, s.risk_basis as s_risk_basis, s.sentence as s_sentence
     from exception e left join finding_standing s on s.org_id = e.org_id and s.key = e.key and e.about = 'state'
     where e.org_id = $1 and e.id > $2 and e.state <> 'resolved' and (
       (e.state = 'accepted' and e.expires_at <= $3)
       or (e.state <> 'false_positive' and (s.state = 'cleared' or s.times > e.stretch))
       or (s.state = 'holds' and s.times = e.stretch and (
         s.severity <> e.severity or s.risk_basis is distinct from e.risk_basis or s.checked_at > e.fix_claimed_at)))
     order by e.id limit $4 for update of e skip locked`,
    [asked.orgId, asked.after, asked.now, asked.limit],
  );
  return rows.map((row) => ({
    exception: exceptionOf(row),
    standing:
      row.s_state === null
        ? null
        : {
            state: row.s_state,
            since: row.s_since,
            checkedAt: row.s_checked_at,
            times: row.s_times,
            severity: severityOf(row.s_severity),
            riskBasis: row.s_risk_basis,
            sentence: row.s_sentence,
          },
  }));
}

/**
 * Open exceptions about acts after `after` that were answered since: a review approved by somebody other than who acted, or for
 * changes that nothing asked for, a ticket that does now. Locked, as `lockDue`.
 */
export async function lockAnswered(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly after: string;
    readonly limit: number;
    readonly moveRules: readonly string[];
    readonly linkRules: readonly string[];
  },
): Promise<{ readonly exception: Exception; readonly evidence: string }[]> {
  const rows = await sql.query<ExceptionRow & { evidence: string }>(
    `select ${EXCEPTION_COLUMNS}, coalesce(
         case when e.rule = any ($4) and r.outcome = 'approved' then 'The move was reviewed and approved by ' || r.reviewer || ': ' || r.comment end,
         case when e.rule = any ($5) and c.linked then 'What asked for it is there now: every change it rests on is linked to an approved request.' end
       ) as evidence
     from exception e
     left join lateral (
       select x.outcome, x.reviewer, x.comment from move_review x where x.org_id = e.org_id and x.move_id = e.move_id
       order by x.decided_at desc, x.id desc limit 1
     ) r on e.move_id is not null and e.rule = any ($4)
     left join lateral (
       select count(*) = cardinality(e.change_ids) as linked from change x
       where x.org_id = e.org_id and x.id = any (e.change_ids) and x.linkage = 'linked'
     ) c on e.rule = any ($5) and e.change_ids <> '{}'
     where e.org_id = $1 and e.id > $2 and e.about = 'act' and e.state in ('new', 'triaged', 'in_remediation')
       and ((e.rule = any ($4) and r.outcome = 'approved') or (e.rule = any ($5) and c.linked))
     order by e.id limit $3 for update of e skip locked`,
    [asked.orgId, asked.after, asked.limit, asked.moveRules, asked.linkRules],
  );
  return rows.map((row) => ({ exception: exceptionOf(row), evidence: row.evidence }));
}

/** The nearest mark of days before an instant that was reached, as `reminderOf` has it. */
const MARK = (at: string, from: string) =>
  `case when ${at} <= $3 then null
     when ${at} <= $3 + interval '1 day' then case when ${at} - ${from} > interval '1 day' then '1' end
     when ${at} <= $3 + interval '7 days' then case when ${at} - ${from} > interval '7 days' then '7' end
     when ${at} <= $3 + interval '30 days' then case when ${at} - ${from} > interval '30 days' then '30' end end`;
const KEY = (what: string, at: string, mark: string) =>
  `'${what}/' || to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '/' || ${mark}`;

/** Exceptions after `after` whose owners are to be reminded and were not yet, locked, as `lockDue`. */
export async function lockToRemind(
  sql: Sql,
  asked: { readonly orgId: string; readonly after: string; readonly limit: number; readonly now: Date },
): Promise<Exception[]> {
  const rows = await sql.query<ExceptionRow>(
    `select ${EXCEPTION_COLUMNS} from exception e
     cross join lateral (select case when e.state = 'accepted'
         then ${KEY('expiry', 'e.expires_at', `(${MARK('e.expires_at', `(e.acceptance ->> 'approvedAt')::timestamptz`)})`)}
         else ${KEY('due', 'e.due_at', `case when e.due_at <= $3 then 'after' else ${MARK('e.due_at', 'e.due_anchor')} end`)} end as key) r
     where e.org_id = $1 and e.id > $2 and e.state in ('new', 'triaged', 'in_remediation', 'accepted') and r.key is not null
       and not exists (select 1 from exception_event x where x.exception_id = e.id and x.once_key = r.key)
     order by e.id limit $4 for update of e skip locked`,
    [asked.orgId, asked.after, asked.now, asked.limit],
  );
  return rows.map(exceptionOf);
}
