import type { ActorKind, Risk } from '@/lib/kernel/words';

/** Response actions that a rule can propose (genesys-cloud contract 7). */
export const RESPONSE_KINDS = ['deactivate_user', 'move_back', 'disable_client'] as const;
export type ResponseKind = (typeof RESPONSE_KINDS)[number];

/** What could be done about a finding, with all that doing it needs. */
export type ProposedResponse = {
  readonly kind: ResponseKind;
  readonly target: { readonly type: string; readonly id: string; readonly name: string | null };
  /** `move_back`: from where, to where. */
  readonly divisionFrom?: string;
  readonly divisionTo?: string;
};

/**
 * What a rule says about a subject, before it is kept: the same concern has the same key, however often it is found. Rules
 * return these; `raiseFindings` keeps each once; alerts are routed from what was new.
 */
export type Concern = {
  /** `<rule>/<subject>`, such as `self-move/<audit id>`: stable across repetitions and rebuilds. */
  readonly key: string;
  /** Id of the rule: the name of its file. */
  readonly rule: string;
  readonly severity: Risk;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  /** One sentence that says what happened. */
  readonly sentence: string;
  readonly reasons: readonly string[];
  /** Event time of what it rests on. */
  readonly occurredAt: Date;
  /** When we first had it; null where nothing was received (a silence). */
  readonly receivedAt: Date | null;
  readonly actor: {
    readonly kind: ActorKind;
    readonly id: string | null;
    readonly name: string | null;
  } | null;
  /** Audit ids it rests on. */
  readonly changeIds: readonly string[];
  readonly moveId: string | null;
  readonly sessionId: string | null;
  /** Divisions it concerns, for routing. */
  readonly divisionIds: readonly string[];
  readonly responses: readonly ProposedResponse[];
  /** Roles that are told whatever the routing says, such as the data protection officer of a restricted move. */
  readonly tell: readonly ('admin' | 'officer' | 'privacy_officer' | 'operator')[];
  /** Cannot be muted: silent collectors, mutes past their reason. */
  readonly unmutable: boolean;
};

/** A finding as kept. */
export type Finding = Concern & {
  readonly id: string;
  readonly orgId: string;
  readonly foundAt: Date;
  /** The rule's file as it was, hex SHA-256, so that an old result names the rule that made it. */
  readonly ruleSha256: string;
};
