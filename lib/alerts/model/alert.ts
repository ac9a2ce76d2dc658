import type { ActorKind, Risk } from '@/lib/kernel/words';
import type { AlertState } from '../contract/alerts';

/** What people are told of: findings that belong together. */
export type Alert = {
  readonly id: string;
  readonly orgId: string;
  readonly key: string;
  readonly state: AlertState;
  readonly severity: Risk;
  readonly title: string;
  readonly rules: readonly string[];
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly actor: {
    readonly kind: ActorKind;
    readonly id: string | null;
    readonly name: string | null;
  } | null;
  readonly sessionId: string | null;
  readonly moveId: string | null;
  readonly findings: number;
  readonly firstEventAt: Date;
  readonly lastEventAt: Date;
  readonly firstReceivedAt: Date | null;
  readonly raisedAt: Date;
  readonly updatedAt: Date;
  readonly unmutable: boolean;
  readonly mergedInto: string | null;
  readonly routedBy: readonly string[];
  readonly notSent: string | null;
  readonly muteId: string | null;
  readonly mutedUntil: Date | null;
  readonly toldAt: Date | null;
  readonly toldSeverity: Risk | null;
  readonly toldFindings: number;
  readonly messages: number;
};
