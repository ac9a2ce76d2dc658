import type { ActorKind } from '../world/shapes.ts';

export type Linkage =
  | 'linked'
  | 'late_approval'
  | 'outside_window'
  | 'mismatch'
  | 'unlinked'
  | 'not_applicable';
export type ExcludedReason = 'platform' | 'genesys_internal' | 'failure' | 'read';

export type PropertyChange = { property: string; oldValues?: string[]; newValues?: string[] };

/** One audit record as the REST API returns it (contract section 3.5), plus whatever unknown fields we plant. */
export type AuditRecord = {
  id: string;
  userHomeOrgId?: string;
  user?: { id?: string; name?: string; selfUri?: string };
  client?: { id?: string; selfUri?: string };
  remoteIp?: string[];
  serviceName: string;
  level: string;
  eventDate: string;
  action: string;
  entity?: { id?: string; name?: string; selfUri?: string };
  entityType: string;
  status?: string;
  application?: string;
  initiatingAction?: { transactionId?: string; actionContext?: string };
  transactionInitiator?: boolean;
  propertyChanges?: PropertyChange[];
  context?: Record<string, string>;
  entityChanges?: unknown[];
  message?: Record<string, unknown>;
  [unknownField: string]: unknown;
};

/** What we know about a record because we made it so. Never computed from the finished record. */
export type Label = {
  readonly accountable: boolean;
  readonly excludedReason: ExcludedReason | null;
  readonly linkage: Linkage;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly entityId: string | null;
  /** The name the entity bore at the event; null where nothing can tell. */
  readonly entityNameAtEvent: string | null;
  /** Tickets and commits named in the places that count. */
  readonly citations: readonly string[];
  /** Why this record was planted: family first, then marks such as `self-move` or `cascade:<id>`. */
  readonly marks: readonly string[];
};

export type Planted = {
  readonly at: number;
  readonly record: AuditRecord;
  readonly label: Label;
  readonly visibleAt: number;
};
