import { z } from 'zod';

/** What crosses HTTP about a person's work on links. */
const reason = z.string().trim().min(3).max(2_000);
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

/** What a person names as the authorisation of a change. */
export const attachedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jira'),
    reference: z
      .string()
      .trim()
      .regex(/^[A-Za-z][A-Za-z0-9_]{1,19}-[1-9]\d{0,9}$/),
  }),
  z.strictObject({
    kind: z.literal('servicenow'),
    reference: z
      .string()
      .trim()
      .regex(/^CHG\d{7,20}$/i),
  }),
  z.strictObject({
    kind: z.literal('commit'),
    reference: z
      .string()
      .trim()
      .regex(/^[0-9a-f]{7,40}$/i),
  }),
  z.strictObject({
    kind: z.literal('manual'),
    /** What the paper or mail is called, such as `Form 12/2026`. */
    reference: z.string().trim().min(3).max(200),
    title: z.string().trim().min(3).max(500),
    approver: z.string().trim().min(2).max(200),
    approvedAt: z.iso.datetime({ offset: true }),
    url: webAddress.optional(),
  }),
]);
export type AttachedReference = z.infer<typeof attachedSchema>;

export const changeIdParams = z.object({ id: z.string().min(1).max(200) });

/** POST /api/v1/changes/{id}/decisions. */
export const linkDecisionSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('attach'),
    attached: attachedSchema,
    reason,
    /** The request whose answer it rests on. */
    requestId: z.string().max(100).optional(),
  }),
  z.strictObject({
    what: z.literal('strike'),
    kind: z.string().min(1).max(50),
    reference: z.string().min(1).max(500),
    reason,
  }),
  z.strictObject({ what: z.literal('take_back'), decisionId: z.string().max(100), reason }),
]);
export type LinkDecisionInput = z.infer<typeof linkDecisionSchema>;

export const decisionMadeSchema = z.object({ id: z.string(), linkage: z.string() });

/** POST /api/v1/changes/{id}/decisions/preview. */
export const attachPreviewSchema = z.strictObject({ attached: attachedSchema });
export const attachPreviewAnswerSchema = z.object({
  /** Why it cannot be attached; null where it can. */
  because: z.string().nullable(),
  claim: z.object({
    kind: z.string(),
    reference: z.string(),
    status: z.string(),
    title: z.string().nullable(),
    statusAtChange: z.string().nullable(),
    approvedAt: z.string().nullable(),
    approvers: z.array(z.string()),
    window: z.object({ from: z.string(), to: z.string() }).nullable(),
    namesTarget: z.boolean().nullable(),
    confidence: z.number(),
    reasons: z.array(z.string()),
    url: z.string().nullable(),
  }),
});
export type AttachPreviewDto = z.infer<typeof attachPreviewAnswerSchema>;

const word = z.object({ at: z.string(), by: z.string(), reason: z.string() });
export const requestStates = ['sent', 'answered', 'expired', 'withdrawn', 'undeliverable'] as const;

export const requestSchema = z.object({
  id: z.string(),
  orgId: z.string(),
  state: z.enum(requestStates),
  /** Why it could not be delivered, or that it waits to be sent. */
  delivery: z.object({ state: z.string(), because: z.string().nullable() }).nullable(),
  askedAt: z.string(),
  askedBy: z.string(),
  toAddress: z.string(),
  toName: z.string().nullable(),
  toKind: z.enum(['person', 'owner']),
  question: z.string(),
  expiresAt: z.string(),
  remindedAt: z.string().nullable(),
  sessionId: z.string().nullable(),
  changes: z.array(z.object({ id: z.string(), at: z.string(), sentence: z.string() })),
  /** Changes it is about, also those that `changes` leaves out. */
  about: z.number(),
  answer: z.object({ at: z.string(), words: z.string(), reference: z.string().nullable() }).nullable(),
  ended: word.nullable(),
});
export type RequestDto = z.infer<typeof requestSchema>;

/** GET /api/v1/changes/{id}/decisions. */
export const changeDecisionsSchema = z.object({
  mayDecide: z.object({ allowed: z.boolean(), because: z.string().nullable() }),
  decisions: z.array(
    z.object({
      id: z.string(),
      what: z.enum(['attached', 'struck']),
      kind: z.string(),
      reference: z.string(),
      at: z.string(),
      by: z.string(),
      reason: z.string(),
      statement: z
        .object({
          title: z.string(),
          approver: z.string(),
          approvedAt: z.string(),
          url: z.string().nullable(),
        })
        .nullable(),
      /** A struck claim as it stood. */
      claim: z
        .object({
          status: z.string(),
          foundBy: z.string(),
          title: z.string().nullable(),
          url: z.string().nullable(),
        })
        .nullable(),
      takenBack: word.nullable(),
      sessionWord: z.boolean(),
      requestId: z.string().nullable(),
    }),
  ),
  excuse: z
    .object({ ruleId: z.string(), title: z.string(), reason: z.string(), approvedBy: z.string() })
    .nullable(),
  requests: z.array(requestSchema),
  /** Where a question would go; null where nobody is known and an owner must be typed in. */
  askable: z.object({ address: z.string(), name: z.string().nullable() }).nullable(),
});
export type ChangeDecisionsDto = z.infer<typeof changeDecisionsSchema>;
