import { movableOf } from '@/lib/genesys/model/movable';
import { calledName, type Intent } from './response';

/** What a step does; the hands for each are in `responses/steps/run-step.ts`. */
export type StepAct =
  | 'deactivate'
  | 'end_tokens'
  | 'verify_locked_out'
  | 'reactivate'
  | 'verify_active'
  | 'move'
  | 'verify_division'
  | 'disable_client'
  | 'enable_client'
  | 'verify_client';

export type PlannedStep = {
  /** From 1, in the order they are done. */
  readonly n: number;
  readonly act: StepAct;
  /** In words: `deactivate Luis Ortega`. */
  readonly doing: string;
  /** The call; null for a step that only reads. */
  readonly call: string | null;
};

/**
 * The steps of a response in their order; the mirrored ones where it undoes another. For a user: deactivate, end tokens,
 * verify, since deactivating is not documented to end tokens (contract 7). Tokens cannot be given back.
 */
export function planSteps(intent: Intent): readonly PlannedStep[] {
  return plan(intent).map((step, index) => ({ n: index + 1, ...step }));
}

function plan(intent: Intent): Omit<PlannedStep, 'n'>[] {
  const { target, undoOf } = intent;
  const name = calledName(target);
  const undoes = undoOf !== null;
  if (intent.kind === 'deactivate_user') {
    const patch = `PATCH /api/v2/users/${target.id}`;
    if (undoes)
      return [
        { act: 'reactivate', doing: `reactivate ${name}`, call: patch },
        { act: 'verify_active', doing: `verify that ${name} is active`, call: null },
      ];
    return [
      { act: 'deactivate', doing: `deactivate ${name}`, call: patch },
      { act: 'end_tokens', doing: `end all tokens of ${name}`, call: `DELETE /api/v2/tokens/${target.id}` },
      { act: 'verify_locked_out', doing: `verify that ${name} is inactive and has no new token`, call: null },
    ];
  }
  if (intent.kind === 'move_back') {
    const { to } = divisionsOf(intent);
    const type = movableOf(target.type)?.objectType ?? target.type;
    return [
      {
        act: 'move',
        doing: undoes ? `move ${name} to where it had been moved` : `move ${name} back`,
        call: `POST /api/v2/authorization/divisions/${to}/objects/${type}`,
      },
      { act: 'verify_division', doing: `verify the division of ${name}`, call: null },
    ];
  }
  const put = `PUT /api/v2/oauth/clients/${target.id}`;
  return [
    undoes
      ? { act: 'enable_client', doing: `enable the OAuth client ${name}`, call: put }
      : { act: 'disable_client', doing: `disable the OAuth client ${name}`, call: put },
    { act: 'verify_client', doing: `verify that ${name} is ${undoes ? 'active' : 'disabled'}`, call: null },
  ];
}

/** From which division to which the object is moved by this response; undoing goes the other way. */
export function divisionsOf(intent: Intent): { readonly from: string; readonly to: string } {
  const from = intent.divisionFrom ?? '';
  const to = intent.divisionTo ?? '';
  return intent.undoOf === null ? { from, to } : { from: to, to: from };
}
