import { z } from 'zod';
import type { ActorKind } from '@/lib/kernel/words';
import { type Concern, type Finding, RESPONSE_KINDS } from '../model/concern';
import { severityOf } from '../model/severity';

/** A finding with what became known of it later. */
export type KeptFinding = Finding & {
  readonly alertId: string | null;
  readonly incident: { readonly number: string; readonly url: string | null } | null;
};

export type FindingRow = {
  id: string;
  org_id: string;
  key: string;
  rule: string;
  rule_sha256: string;
  severity: number;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  sentence: string;
  reasons: string[];
  occurred_at: Date;
  event_received_at: Date | null;
  actor_kind: ActorKind | null;
  actor_id: string | null;
  actor_name: string | null;
  change_ids: string[];
  move_id: string | null;
  session_id: string | null;
  division_ids: string[];
  responses: unknown;
  tell: Concern['tell'][number][];
  unmutable: boolean;
  received_at: Date;
  alert_id: string | null;
  incident_number: string | null;
  incident_url: string | null;
};

/** Columns of `finding f` in the shape of a row. */
export const FINDING_COLUMNS = `f.id, f.org_id::text, f.key, f.rule, encode(f.rule_sha256, 'hex') as rule_sha256, f.severity, f.subject_type, f.subject_id,
  f.subject_name, f.sentence, f.reasons, f.occurred_at, f.event_received_at, f.actor_kind, f.actor_id, f.actor_name, f.change_ids, f.move_id,
  f.session_id, f.division_ids, f.responses, f.tell, f.unmutable, f.received_at, f.alert_id, f.incident_number, f.incident_url`;

const responsesSchema = z.array(
  z.object({
    kind: z.enum(RESPONSE_KINDS),
    target: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }),
    divisionFrom: z.string().optional(),
    divisionTo: z.string().optional(),
  }),
);

/** The finding of a row. Throws where the JSON column does not hold what this room wrote. */
export function findingOf(row: FindingRow): KeptFinding {
  return {
    id: row.id,
    orgId: row.org_id,
    key: row.key,
    rule: row.rule,
    ruleSha256: row.rule_sha256,
    severity: severityOf(row.severity),
    subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
    sentence: row.sentence,
    reasons: row.reasons,
    occurredAt: row.occurred_at,
    receivedAt: row.event_received_at,
    actor: row.actor_kind === null ? null : { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    changeIds: row.change_ids,
    moveId: row.move_id,
    sessionId: row.session_id,
    divisionIds: row.division_ids,
    responses: responsesSchema.parse(row.responses).map(({ kind, target, ...rest }) => ({
      kind,
      target,
      ...(rest.divisionFrom === undefined ? {} : { divisionFrom: rest.divisionFrom }),
      ...(rest.divisionTo === undefined ? {} : { divisionTo: rest.divisionTo }),
    })),
    tell: row.tell,
    unmutable: row.unmutable,
    foundAt: row.received_at,
    alertId: row.alert_id,
    incident: row.incident_number === null ? null : { number: row.incident_number, url: row.incident_url },
  };
}
