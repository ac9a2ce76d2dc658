import { z } from 'zod';
import { RESPONSE_KINDS, type ResponseKind } from '@/lib/findings/model/concern';
import type { Risk } from '@/lib/kernel/words';

/** What crosses HTTP about guarded responses. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

export const RESPONSE_MODES = ['observe', 'ask', 'act'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];
/**
 * `observed`: it would have been done (mode observe). `waiting`: for a second person. `running`: begun; steps tell how far.
 * `done`, `failed` (nothing or part of it was done; steps say which), `refused` by a guard, `rejected` by a person, `expired`.
 */
export const RESPONSE_STATES = [
  'observed',
  'waiting',
  'approved',
  'running',
  'done',
  'failed',
  'refused',
  'rejected',
  'expired',
] as const;
export type ResponseState = (typeof RESPONSE_STATES)[number];
export const GUARDS = [
  'break_glass',
  'last_admin',
  'own_client',
  'own_user',
  'limit_per_hour',
  'limit_per_day',
  'still_holds',
  'permission',
] as const;
export type Guard = (typeof GUARDS)[number];

export const responseListSchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  org: many(z.uuid()),
  state: many(z.enum(RESPONSE_STATES)),
  kind: many(z.enum(RESPONSE_KINDS)),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type ResponseListQuery = z.infer<typeof responseListSchema>;

/** POST /api/v1/responses: a person asks for one; it then waits for another person. */
export const responseRequestSchema = z.strictObject({
  findingId: z.string().max(100),
  kind: z.enum(RESPONSE_KINDS),
  reason: z.string().trim().min(10).max(2_000),
});
export type ResponseRequest = z.infer<typeof responseRequestSchema>;
/** POST /api/v1/responses/{id}/decisions. `confirm` is the target's name, typed. */
export const responseDecisionSchema = z.strictObject({
  decision: z.enum(['approve', 'reject', 'undo']),
  reason: z.string().trim().min(10).max(2_000),
  confirm: z.string().max(500).optional(),
});
export type ResponseDecision = z.infer<typeof responseDecisionSchema>;
export const responseIdSchema = z.object({ id: z.string().max(100) });

export type ResponseStepDto = {
  readonly n: number;
  /** What it does, in words: `deactivate Luis Ortega`. */
  readonly doing: string;
  /** The call, such as `PATCH /api/v2/users/…`; null for a step that only reads. */
  readonly call: string | null;
  readonly outcome: 'planned' | 'done' | 'already_so' | 'failed' | 'unknown' | 'not_reached';
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** What was read before and read back after, secrets left out. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly because: string | null;
  /** Calls that were sent, with the platform's correlation ids; under these they stand in its audit log as ours. */
  readonly calls: readonly {
    readonly sentAt: string;
    readonly status: number | null;
    readonly correlationId: string | null;
  }[];
};

export type ResponseDto = {
  readonly id: string;
  readonly orgId: string;
  readonly findingId: string;
  readonly alertId: string | null;
  readonly moveId: string | null;
  readonly rule: string;
  readonly severity: Risk;
  readonly mode: ResponseMode;
  readonly kind: ResponseKind;
  /** `Deactivate Luis Ortega and end their tokens`, in words. */
  readonly sentence: string;
  readonly target: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly state: ResponseState;
  /** Why it ended so, or what it waits for. */
  readonly because: string | null;
  readonly proposedAt: string;
  readonly requestedBy: string;
  readonly expiresAt: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
  readonly finishedAt: string | null;
  /** Whether and by which response it was undone, or which one it undoes. */
  readonly undoneBy: string | null;
  readonly undoOf: string | null;
};

export type ResponseDetailDto = ResponseDto & {
  /** The finding it answers. */
  readonly finding: {
    readonly sentence: string;
    readonly reasons: readonly string[];
    readonly occurredAt: string;
    readonly changeIds: readonly string[];
  };
  readonly guards: readonly {
    readonly guard: Guard;
    readonly outcome: 'pass' | 'refuse' | 'not_evaluated';
    readonly because: string;
  }[];
  /** As planned (the dry run) or as done. */
  readonly steps: readonly ResponseStepDto[];
  readonly history: readonly { readonly at: string; readonly who: string; readonly said: string }[];
  /** What this viewer may do now; the others with the sentence why not. */
  readonly may: Readonly<
    Record<'approve' | 'reject' | 'undo', { readonly allowed: boolean; readonly because: string | null }>
  >;
};
