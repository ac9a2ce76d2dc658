import { z } from 'zod';
import { attachedSchema } from './manual';

const reason = z.string().trim().min(3).max(2_000);

/** POST /api/v1/sessions/{id}/resolutions: one authorisation for all unlinked changes of a session. */
export const resolveSchema = z.strictObject({
  attached: attachedSchema,
  reason,
  /** Changes of critical risk are left out unless this is set. */
  withCritical: z.boolean(),
});
export type ResolveInput = z.infer<typeof resolveSchema>;

export const undoSchema = z.strictObject({ reason });
export const resolutionMadeSchema = z.object({ id: z.string() });

/** GET /api/v1/sessions/{id}/resolutions. */
export const resolutionsSchema = z.object({
  /** Accountable changes of the session that are not linked. */
  unlinked: z.number(),
  critical: z.array(z.object({ id: z.string(), label: z.string() })),
  mayResolve: z.object({ allowed: z.boolean(), because: z.string().nullable() }),
  /** Where a question about it would go; null where an address must be typed in. */
  askable: z.object({ address: z.string(), name: z.string().nullable() }).nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      undoOf: z.string().nullable(),
      undone: z.boolean(),
      askedAt: z.string(),
      askedBy: z.string(),
      reason: z.string(),
      reference: z.string().nullable(),
      state: z.enum(['waiting', 'running', 'done', 'failed']),
      total: z.number(),
      done: z.number(),
      leftOut: z.array(z.object({ id: z.string(), label: z.string(), because: z.string() })),
      message: z.string().nullable(),
    }),
  ),
});
export type ResolutionsDto = z.infer<typeof resolutionsSchema>;
