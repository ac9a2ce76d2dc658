import { z } from 'zod';
import { EXCUSE_STATES } from '../model/excuses/excuse-rule';

const reason = z.string().trim().min(3).max(2_000);
const word = z.string().trim().min(1).max(200);

export const excuseMatcherSchema = z
  .strictObject({
    service: word.optional(),
    entityType: word.optional(),
    action: word.optional(),
    /** Id of a person or OAuth client. */
    actor: word.optional(),
    /** Id of a division. */
    division: word.optional(),
    property: word.optional(),
  })
  .refine((matcher) => Object.values(matcher).some((one) => one !== undefined), {
    message: 'a rule that says nothing would excuse everything: give at least one',
  });

const terms = {
  orgId: z.uuid(),
  matcher: excuseMatcherSchema,
  from: z.iso.datetime({ offset: true }),
  expiresAt: z.iso.datetime({ offset: true }),
  withHighRisk: z.boolean(),
};

/** POST /api/v1/excuse-rules/preview. */
export const excusePreviewSchema = z.strictObject(terms);
export type ExcusePreviewInput = z.infer<typeof excusePreviewSchema>;

/** POST /api/v1/excuse-rules. */
export const excuseProposalSchema = z.strictObject({
  ...terms,
  title: z.string().trim().min(3).max(200),
  reason,
  replaces: z.string().max(100).optional(),
});
export type ExcuseProposal = z.infer<typeof excuseProposalSchema>;

/** POST /api/v1/excuse-rules/{id}/decisions. `inside` says what becomes of what a withdrawn rule excused so far. */
export const excuseDecisionSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('approve'), reason }),
  z.strictObject({ what: z.literal('refuse'), reason }),
  z.strictObject({ what: z.literal('withdraw'), reason, inside: z.enum(['keep', 'judge_again']) }),
]);
export type ExcuseDecisionInput = z.infer<typeof excuseDecisionSchema>;

const rate = z.object({
  from: z.string(),
  to: z.string(),
  /** Changes that it would excuse. */
  excused: z.number(),
  /** Those of them that are unlinked now, so that excusing them moves the rate. */
  unlinked: z.number(),
  before: z.object({ unlinked: z.number(), total: z.number(), rate: z.number().nullable() }),
  after: z.object({ unlinked: z.number(), total: z.number(), rate: z.number().nullable() }),
});
/** What a rule of these terms would have excused of the last days, whatever its own dates; and within its own dates. */
export const excusePreviewAnswerSchema = z.object({
  days: z.array(rate.extend({ days: z.number() })),
  /** Changes of the past inside its own dates. */
  inPeriod: z.number(),
  /** High and critical ones that fit and are left out, since the rule does not say that it excuses them. */
  tooRisky: z.number(),
  examples: z.array(z.object({ id: z.string(), at: z.string(), what: z.string() })),
});
export type ExcusePreviewDto = z.infer<typeof excusePreviewAnswerSchema>;

export const excuseRuleSchema = z.object({
  id: z.string(),
  orgId: z.string(),
  title: z.string(),
  matcher: z.record(z.string(), z.string()),
  from: z.string(),
  expiresAt: z.string(),
  /** Where it ended before its expiry. */
  endedAt: z.string().nullable(),
  withHighRisk: z.boolean(),
  replaces: z.string().nullable(),
  state: z.enum(EXCUSE_STATES),
  /** Changes that it excuses now. */
  excused: z.number(),
  decisions: z.array(z.object({ what: z.string(), at: z.string(), by: z.string(), reason: z.string() })),
  mayApprove: z.object({ allowed: z.boolean(), because: z.string().nullable() }),
});
export type ExcuseRuleDto = z.infer<typeof excuseRuleSchema>;
export const excuseRulesSchema = z.object({ items: z.array(excuseRuleSchema) });
export const excuseMadeSchema = z.object({ id: z.string() });
