import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import { severityNumber, severityOf } from '../model/severity';
import type { Standing, StandingConcern, StandingEventKind, StandingState } from '../model/standing';

/** Kind of the leaves of what happened to standing findings. */
export const STANDING_LEAF_KIND = 'standing_event';

export type StandingEvent = {
  readonly orgId: string;
  readonly key: string;
  readonly at: Date;
  readonly what: StandingEventKind;
  readonly severity: Standing['severity'];
  readonly sentence: string;
  readonly because: string | null;
};

const COLUMNS = `org_id, key, rule, state, because, since, checked_at, times, severity, sentence, reasons, risk_basis, division_ids`;

type Row = {
  org_id: string;
  key: string;
  rule: string;
  state: StandingState;
  because: string | null;
  since: Date;
  checked_at: Date;
  times: number;
  severity: number;
  sentence: string;
  reasons: string[];
  risk_basis: string;
  division_ids: string[];
};

/** How findings with these keys stand, whichever have a standing. */
export async function selectStanding(sql: Sql, orgId: string, keys: readonly string[]): Promise<Standing[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from finding_standing where org_id = $1 and key = any($2) order by key`,
    [orgId, keys],
  );
  return rows.map(standingOf);
}

/** As `selectStanding`, locked for the transaction. */
export async function lockStanding(sql: Sql, orgId: string, keys: readonly string[]): Promise<Standing[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from finding_standing where org_id = $1 and key = any($2) order by key for update`,
    [orgId, keys],
  );
  return rows.map(standingOf);
}

/** Writes that the concerns hold at `checkedAt`. A stretch begins where there was none or the last one was cleared. */
export async function upsertHolding(
  sql: Sql,
  input: { readonly orgId: string; readonly concerns: readonly StandingConcern[]; readonly checkedAt: Date },
): Promise<void> {
  const rows = input.concerns.map((one) => ({
    key: one.key,
    rule: one.rule,
    severity: severityNumber(one.severity),
    sentence: one.sentence,
    reasons: one.reasons,
    risk_basis: one.riskBasis,
    division_ids: one.divisionIds,
    since: toIsoMs(one.occurredAt),
  }));
  await sql.query(
    `insert into finding_standing as s (${COLUMNS})
     select $1, key, rule, 'holds', null, since, $2, 1, severity, sentence, array(select jsonb_array_elements_text(reasons)), risk_basis,
       array(select jsonb_array_elements_text(division_ids))
     from jsonb_to_recordset($3) as t (key text, rule text, severity smallint, sentence text, reasons jsonb, risk_basis text,
       division_ids jsonb, since timestamptz) order by key
     on conflict (org_id, key) do update set state = 'holds', because = null, checked_at = excluded.checked_at,
       since = case when s.state = 'cleared' then excluded.checked_at else s.since end,
       times = s.times + case when s.state = 'cleared' then 1 else 0 end, severity = excluded.severity, sentence = excluded.sentence,
       reasons = excluded.reasons, risk_basis = excluded.risk_basis, division_ids = excluded.division_ids`,
    [input.orgId, input.checkedAt, JSON.stringify(rows)],
  );
}

/** Clears what held, or was not evaluated, of these rules and was not seen by the run of `checkedAt`; returns what was cleared. */
export async function clearOlder(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly checkedAt: Date;
    readonly keepKeys: readonly string[];
  },
): Promise<Standing[]> {
  const rows = await sql.query<Row>(
    `update finding_standing set state = 'cleared', because = null, since = $3, checked_at = $3
     where org_id = $1 and rule = any($2) and state <> 'cleared' and checked_at < $3 and not key = any($4) returning ${COLUMNS}`,
    [input.orgId, input.rules, input.checkedAt, input.keepKeys],
  );
  return rows.map(standingOf);
}

/** Marks what holds of these rules, or of these keys alone, as not evaluated; returns what was not so before. */
export async function markNotEvaluated(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly rules: readonly string[];
    readonly keys: readonly string[] | null;
    readonly because: string;
  },
): Promise<Standing[]> {
  const rows = await sql.query<Row>(
    `with held as (
       select key, state as before from finding_standing
       where org_id = $1 and rule = any($2) and state <> 'cleared' and ($3::text[] is null or key = any($3)) for update
     ), marked as (
       update finding_standing s set state = 'not_evaluated', because = $4 from held
       where s.org_id = $1 and s.key = held.key returning s.*, held.before
     ) select ${COLUMNS} from marked where before = 'holds' order by key`,
    [input.orgId, input.rules, input.keys, input.because],
  );
  return rows.map(standingOf);
}

/** Appends what happened to standing findings. */
export async function appendStandingEvents(
  sql: Sql,
  events: readonly StandingEvent[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => {
    const id = newId('standingEvent', now);
    const body = canonicalJson({ id, ...event, at: toIsoMs(event.at), receivedAt: toIsoMs(now) });
    const leaf = sealable({
      kind: STANDING_LEAF_KIND,
      orgId: event.orgId,
      factId: id,
      receivedAt: now,
      bytes: body,
    });
    return {
      id,
      org_id: event.orgId,
      key: event.key,
      at: toIsoMs(event.at),
      what: event.what,
      severity: severityNumber(event.severity),
      sentence: event.sentence,
      because: event.because,
      body,
      received_at: toIsoMs(now),
      salt: leaf.salt.toString('hex'),
      leaf_hash: leaf.leafHash.toString('hex'),
    };
  });
  await sql.query(
    `insert into standing_event (id, org_id, key, at, what, severity, sentence, because, body, received_at, salt, leaf_hash)
     select id, org_id, key, at, what, severity, sentence, because, body, received_at, decode(salt, 'hex'), decode(leaf_hash, 'hex')
     from jsonb_to_recordset($1) as t (id text, org_id uuid, key text, at timestamptz, what text, severity smallint, sentence text,
       because text, body text, received_at timestamptz, salt text, leaf_hash text)`,
    [JSON.stringify(rows)],
  );
}

/** What happened to one finding, oldest first. */
export async function selectStandingEvents(
  sql: Sql,
  orgId: string,
  key: string,
): Promise<(StandingEvent & { readonly id: string; readonly receivedAt: Date })[]> {
  const rows = await sql.query<{
    id: string;
    at: Date;
    what: StandingEventKind;
    severity: number;
    sentence: string;
    because: string | null;
    received_at: Date;
  }>(
    `select id, at, what, severity, sentence, because, received_at from standing_event where org_id = $1 and key = $2 order by at, id`,
    [orgId, key],
  );
  return rows.map(({ received_at, severity, ...row }) => ({
    ...row,
    orgId,
    key,
    severity: severityOf(severity),
    receivedAt: received_at,
  }));
}

function standingOf(row: Row): Standing {
  return {
    orgId: row.org_id,
    key: row.key,
    rule: row.rule,
    state: row.state,
    because: row.because,
    since: row.since,
    checkedAt: row.checked_at,
    times: row.times,
    severity: severityOf(row.severity),
    sentence: row.sentence,
    reasons: row.reasons,
    riskBasis: row.risk_basis,
    divisionIds: row.division_ids,
  };
}
