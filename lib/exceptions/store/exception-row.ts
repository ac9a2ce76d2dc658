import { severityNumber, severityOf } from '@/lib/findings/model/severity';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Exception, ExceptionState } from '../model/exception';

/** Columns of `exception e` in the shape of a row. */
export const EXCEPTION_COLUMNS = `e.id, e.org_id::text, e.key, e.round, e.finding_id, e.rule, e.about, e.stretch, e.historic, e.opened_at, e.occurred_at,
  e.subject_type, e.subject_id, e.subject_name, e.division_ids, e.control_ids, e.move_id, e.change_ids, e.former_id, e.opened_because, e.state,
  e.state_since, e.state_because, e.severity, e.severity_because, e.sentence, e.risk_basis, e.owner_id, e.owner_name, e.sla_days, e.due_anchor,
  e.due_at, e.due_set_by, e.fix_claimed_at, e.fix_claimed_by, e.request, e.acceptance, e.expires_at, e.false_positive, e.resolution,
  e.successor_id, e.last_seq, e.updated_at`;

export type ExceptionRow = {
  id: string;
  org_id: string;
  key: string;
  round: number;
  finding_id: string;
  rule: string;
  about: 'act' | 'state';
  stretch: number;
  historic: boolean;
  opened_at: Date;
  occurred_at: Date;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  division_ids: string[];
  control_ids: string[];
  move_id: string | null;
  change_ids: string[];
  former_id: string | null;
  opened_because: string;
  state: ExceptionState;
  state_since: Date;
  state_because: string | null;
  severity: number;
  severity_because: string;
  sentence: string;
  risk_basis: string | null;
  owner_id: string | null;
  owner_name: string | null;
  sla_days: number;
  due_anchor: Date;
  due_at: Date;
  due_set_by: string | null;
  fix_claimed_at: Date | null;
  fix_claimed_by: string | null;
  request: Exception['request'];
  acceptance: Exception['acceptance'];
  expires_at: Date | null;
  false_positive: Exception['falsePositive'];
  resolution: Exception['resolution'];
  successor_id: string | null;
  last_seq: number;
  updated_at: Date;
};

export function exceptionOf(row: ExceptionRow): Exception {
  return {
    id: row.id,
    orgId: row.org_id,
    key: row.key,
    round: row.round,
    findingId: row.finding_id,
    rule: row.rule,
    about: row.about,
    stretch: row.stretch,
    historic: row.historic,
    openedAt: row.opened_at,
    occurredAt: row.occurred_at,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    divisionIds: row.division_ids,
    controlIds: row.control_ids,
    moveId: row.move_id,
    changeIds: row.change_ids,
    formerId: row.former_id,
    openedBecause: row.opened_because,
    state: row.state,
    stateSince: row.state_since,
    stateBecause: row.state_because,
    severity: severityOf(row.severity),
    severityBecause: row.severity_because,
    sentence: row.sentence,
    riskBasis: row.risk_basis,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? row.owner_id },
    slaDays: row.sla_days,
    dueAnchor: row.due_anchor,
    dueAt: row.due_at,
    dueSetBy: row.due_set_by,
    fixClaimed: row.fix_claimed_at === null ? null : { at: row.fix_claimed_at, by: row.fix_claimed_by ?? '' },
    request: row.request,
    acceptance: row.acceptance,
    falsePositive: row.false_positive,
    resolution: row.resolution,
    successorId: row.successor_id,
    lastSeq: row.last_seq,
    updatedAt: row.updated_at,
  };
}

/** The record of an exception, as statements over JSON take it. */
export function recordOf(one: Exception) {
  return {
    id: one.id,
    org_id: one.orgId,
    key: one.key,
    round: one.round,
    finding_id: one.findingId,
    rule: one.rule,
    about: one.about,
    stretch: one.stretch,
    historic: one.historic,
    opened_at: toIsoMs(one.openedAt),
    occurred_at: toIsoMs(one.occurredAt),
    subject_type: one.subject.type,
    subject_id: one.subject.id,
    subject_name: one.subject.name,
    division_ids: one.divisionIds,
    control_ids: one.controlIds,
    move_id: one.moveId,
    change_ids: one.changeIds,
    former_id: one.formerId,
    opened_because: one.openedBecause,
    state: one.state,
    state_since: toIsoMs(one.stateSince),
    state_because: one.stateBecause,
    severity: severityNumber(one.severity),
    severity_because: one.severityBecause,
    sentence: one.sentence,
    risk_basis: one.riskBasis,
    owner_id: one.owner?.id ?? null,
    owner_name: one.owner?.name ?? null,
    sla_days: one.slaDays,
    due_anchor: toIsoMs(one.dueAnchor),
    due_at: toIsoMs(one.dueAt),
    due_set_by: one.dueSetBy,
    fix_claimed_at: one.fixClaimed === null ? null : toIsoMs(one.fixClaimed.at),
    fix_claimed_by: one.fixClaimed?.by ?? null,
    request: one.request,
    acceptance: one.acceptance,
    expires_at: one.state === 'accepted' ? (one.acceptance?.terms.expiresAt ?? null) : null,
    false_positive: one.falsePositive,
    resolution: one.resolution,
    successor_id: one.successorId,
    last_seq: one.lastSeq,
    updated_at: toIsoMs(one.updatedAt),
  };
}

/** The columns of `recordOf` with their types, for `jsonb_to_recordset`. */
export const RECORD_TYPES = `id text, org_id uuid, key text, round integer, finding_id text, rule text, about text, stretch integer, historic boolean,
  opened_at timestamptz, occurred_at timestamptz, subject_type text, subject_id text, subject_name text, division_ids jsonb, control_ids jsonb,
  move_id text, change_ids jsonb, former_id text, opened_because text, state text, state_since timestamptz, state_because text, severity smallint,
  severity_because text, sentence text, risk_basis text, owner_id text, owner_name text, sla_days integer, due_anchor timestamptz,
  due_at timestamptz, due_set_by text, fix_claimed_at timestamptz, fix_claimed_by text, request jsonb, acceptance jsonb, expires_at timestamptz,
  false_positive jsonb, resolution jsonb, successor_id text, last_seq integer, updated_at timestamptz`;
