import { severityOf } from '@/lib/findings/model/severity';
import type { ActorKind } from '@/lib/kernel/words';
import type { AlertState } from '../../contract/alerts';
import type { Alert } from '../../model/alert';

export type AlertRow = {
  id: string;
  org_id: string;
  key: string;
  state: AlertState;
  severity: number;
  title: string;
  rules: string[];
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  actor_kind: ActorKind | null;
  actor_id: string | null;
  actor_name: string | null;
  session_id: string | null;
  move_id: string | null;
  findings: number;
  first_event_at: Date;
  last_event_at: Date;
  first_received_at: Date | null;
  raised_at: Date;
  updated_at: Date;
  unmutable: boolean;
  merged_into: string | null;
  routed_by: string[];
  not_sent: string | null;
  mute_id: string | null;
  muted_until: Date | null;
  told_at: Date | null;
  told_severity: number | null;
  told_findings: number;
  messages: number;
};

/** Columns of `alert a` in the shape of a row. */
export const ALERT_COLUMNS = `a.id, a.org_id::text, a.key, a.state, a.severity, a.title, a.rules, a.subject_type, a.subject_id, a.subject_name, a.actor_kind,
  a.actor_id, a.actor_name, a.session_id, a.move_id, a.findings, a.first_event_at, a.last_event_at, a.first_received_at, a.raised_at, a.updated_at,
  a.unmutable, a.merged_into, a.routed_by, a.not_sent, a.mute_id, a.muted_until, a.told_at, a.told_severity, a.told_findings, a.messages`;

/** The alert of a row. */
export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    orgId: row.org_id,
    key: row.key,
    state: row.state,
    severity: severityOf(row.severity),
    title: row.title,
    rules: row.rules,
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    actor: row.actor_kind === null ? null : { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    sessionId: row.session_id,
    moveId: row.move_id,
    findings: row.findings,
    firstEventAt: row.first_event_at,
    lastEventAt: row.last_event_at,
    firstReceivedAt: row.first_received_at,
    raisedAt: row.raised_at,
    updatedAt: row.updated_at,
    unmutable: row.unmutable,
    mergedInto: row.merged_into,
    routedBy: row.routed_by,
    notSent: row.not_sent,
    muteId: row.mute_id,
    mutedUntil: row.muted_until,
    toldAt: row.told_at,
    toldSeverity: row.told_severity === null ? null : severityOf(row.told_severity),
    toldFindings: row.told_findings,
    messages: row.messages,
  };
}
