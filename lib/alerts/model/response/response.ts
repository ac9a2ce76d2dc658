import type { ResponseMode, ResponseState } from '@/lib/alerts/contract/responses';
import type { ProposedResponse, ResponseKind } from '@/lib/findings/model/concern';
import type { Risk } from '@/lib/kernel/words';

/** Who said something about a response, with the name of that moment. */
export type Speaker = {
  readonly kind: 'system' | 'person' | 'api_key' | 'operator';
  readonly id: string | null;
  readonly name: string;
};

/** What could be, is being or was done about a finding. */
export type Response = {
  readonly id: string;
  readonly orgId: string;
  /** `<finding>/<kind>`, with a counter behind where a person asked again or it undoes another. */
  readonly key: string;
  readonly findingId: string;
  readonly moveId: string | null;
  readonly rule: string;
  readonly severity: Risk;
  readonly mode: ResponseMode;
  readonly kind: ResponseKind;
  readonly target: ProposedResponse['target'];
  /** `move_back`: where the move put it, and where it is taken back to. */
  readonly divisionFrom: string | null;
  readonly divisionTo: string | null;
  readonly undoOf: string | null;
  readonly proposedAt: Date;
  readonly requestedBy: Speaker;
  readonly expiresAt: Date | null;
  readonly state: ResponseState;
  readonly because: string | null;
  readonly decidedAt: Date | null;
  readonly decidedBy: { readonly id: string | null; readonly name: string } | null;
  readonly decisionReason: string | null;
  readonly begunAt: Date | null;
  readonly finishedAt: Date | null;
  readonly undoneBy: string | null;
};

/** The part of a response that says what is done to whom. */
export type Intent = Pick<Response, 'kind' | 'target' | 'divisionFrom' | 'divisionTo' | 'undoOf'>;

/** What the target is called: its name at that moment, else its id. It is also what has to be typed to confirm. */
export function calledName(target: Response['target']): string {
  return target.name ?? target.id;
}

/** What it does in one sentence: `Deactivate Luis Ortega and end their tokens`. */
export function sentenceOf(intent: Intent): string {
  const name = calledName(intent.target);
  if (intent.kind === 'deactivate_user')
    return intent.undoOf === null ? `Deactivate ${name} and end their tokens` : `Reactivate ${name}`;
  if (intent.kind === 'move_back')
    return intent.undoOf === null ? `Move ${name} back` : `Undo moving ${name} back`;
  return intent.undoOf === null ? `Disable the OAuth client ${name}` : `Enable the OAuth client ${name}`;
}

/** What the timeline says in mode observe: `Would have deactivated Luis Ortega at 10:02:07Z`. */
export function wouldHave(intent: Intent, at: Date): string {
  const did = { deactivate_user: 'deactivated', move_back: 'moved back', disable_client: 'disabled' }[
    intent.kind
  ];
  return `Would have ${did} ${calledName(intent.target)} at ${at.toISOString().slice(11, 19)}Z`;
}
