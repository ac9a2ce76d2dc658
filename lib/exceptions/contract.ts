import { z } from 'zod';
import { MAX_PAGE_SIZE } from '@/lib/kernel/paging';
import { RISKS } from '@/lib/kernel/words';
import { EXCEPTION_STATES } from './model/exception';

const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });
const yesNo = z.enum(['true', 'false']);
const id = z.string().min(1).max(300);
const reason = z.string().trim().min(3).max(4_000);

export const exceptionIdSchema = z.object({ id });

/** `overdue`: open and past its due date; `week`, `month`: due within 7 or 30 days. */
export const DUE_CHOICES = ['overdue', 'week', 'month', 'later'] as const;
/** Days since opening. */
export const AGE_CHOICES = ['0-7', '8-30', '31-90', '91+'] as const;

export const exceptionFilterSchema = z.object({
  org: many(z.uuid()),
  state: many(z.enum(EXCEPTION_STATES)),
  /** `true`: new, triaged and in remediation. */
  open: yesNo.optional(),
  severity: many(z.enum(RISKS)),
  /** Rule of the finding. */
  rule: many(id),
  control: many(id),
  /** Ids of people; `none`: nobody; `me`: the viewer. */
  owner: many(id),
  division: many(id),
  /** Whether it is about an act or a state. */
  about: z.enum(['act', 'state']).optional(),
  due: many(z.enum(DUE_CHOICES)),
  age: many(z.enum(AGE_CHOICES)),
  /** Accepted and ending within so many days. */
  expiring: z.coerce.number().int().min(1).max(366).optional(),
  /** Waits for a second person. */
  waiting: yesNo.optional(),
  /** Waits for the viewer's approval: asked for by somebody else. */
  mine_to_approve: yesNo.optional(),
  recurred: yesNo.optional(),
  historic: yesNo.optional(),
  /** Claimed fixed, not seen to be so yet. */
  awaiting_verification: yesNo.optional(),
  subject: id.optional(),
  move: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
  q: z.string().trim().max(200).optional(),
});
export type ExceptionFilter = z.infer<typeof exceptionFilterSchema>;

export const EXCEPTION_SORTS = ['newest', 'oldest', 'due', 'gravest'] as const;
export const exceptionListSchema = exceptionFilterSchema.extend({
  sort: z.enum(EXCEPTION_SORTS).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).optional(),
});
export type ExceptionListQuery = z.infer<typeof exceptionListSchema>;
export const exceptionExportSchema = exceptionFilterSchema.extend({ bom: yesNo.optional() });
export type ExceptionExport = z.infer<typeof exceptionExportSchema>;

const ruleChange = z.strictObject({
  kind: z.enum(['rule', 'threshold', 'excuse']),
  reference: z.string().trim().min(1).max(300),
  says: reason,
});
const acceptTerms = { reason, compensatingControl: reason, expiresAt: instant };

/** POST /api/v1/exceptions/{id}/decisions */
export const decisionSchema = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('triage'), note: z.string().trim().max(4_000).optional() }),
  z.strictObject({ move: z.literal('start_remediation'), note: z.string().trim().max(4_000).optional() }),
  z.strictObject({ move: z.literal('request_acceptance'), ...acceptTerms }),
  z.strictObject({ move: z.literal('request_extension'), ...acceptTerms }),
  z.strictObject({ move: z.literal('request_false_positive'), reason, ruleChange }),
  z.strictObject({ move: z.literal('request_resolution'), reason, evidence: reason }),
  /** `requestId` names what was read, so that nobody approves other terms than those they saw. */
  z.strictObject({ move: z.literal('approve'), requestId: id }),
  z.strictObject({ move: z.literal('decline'), requestId: id, reason }),
  z.strictObject({ move: z.literal('withdraw_request'), reason }),
  z.strictObject({ move: z.literal('claim_fixed'), note: reason }),
  z.strictObject({ move: z.literal('reopen'), reason }),
  z.strictObject({ move: z.literal('assign'), ownerId: id.nullable() }),
  z.strictObject({ move: z.literal('set_due'), dueAt: instant, reason }),
]);
export type Decision = z.infer<typeof decisionSchema>;
export type Move = Decision['move'];

/** POST /api/v1/exceptions/{id}/comments. Mentioned are ids of people. */
export const commentSchema = z.strictObject({
  text: z.string().trim().min(1).max(8_000),
  mentions: z.array(id).max(20).optional(),
});

/** POST /api/v1/exceptions/bulk: each by itself; what fails leaves the others done. */
export const bulkSchema = z.strictObject({
  ids: z.array(id).min(1).max(200),
  decision: z.discriminatedUnion('move', [
    z.strictObject({ move: z.literal('triage'), note: z.string().trim().max(4_000).optional() }),
    z.strictObject({ move: z.literal('start_remediation'), note: z.string().trim().max(4_000).optional() }),
    z.strictObject({ move: z.literal('assign'), ownerId: id.nullable() }),
  ]),
});
export const bulkDoneSchema = z.object({
  items: z.array(z.object({ id: z.string(), done: z.boolean(), because: z.string().nullable() })),
});
export type BulkDone = z.infer<typeof bulkDoneSchema>;

/** POST /api/v1/exceptions/{id}/attachments takes the bytes as they are, the name in `?name=`. */
export const attachmentNameSchema = z.object({ name: z.string().trim().min(1).max(200) });
export const attachmentParams = z.object({ id, attachmentId: id });
export const MAX_ATTACHMENT_BYTES = 1024 * 1024;

const ids = z.array(z.string().trim().min(1).max(200)).max(200);
const openingRule = z.strictObject({
  id,
  says: reason,
  about: z.enum(['act', 'state', 'either']),
  rules: ids,
  minSeverity: z.enum(RISKS),
  divisions: ids,
  controls: ids,
  on: z.boolean(),
});
const assignmentRule = z.strictObject({
  id,
  says: reason,
  rules: ids,
  controls: ids,
  divisions: ids,
  severities: z.array(z.enum(RISKS)).max(4),
  ownerId: id,
});
const days = z.int().min(1).max(366);
const perSeverity = z.strictObject({ low: days, medium: days, high: days, critical: days });
const sla = z.strictObject({ dueDays: perSeverity, maxAcceptDays: perSeverity });

/** POST /api/v1/exceptions/rules: the whole list, in force from `validFrom` (now where absent), never backdated. */
export const rulesChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('opening'),
    orgId: z.uuid(),
    validFrom: instant.optional(),
    reason,
    rules: z.array(openingRule).max(100),
  }),
  z.strictObject({
    kind: z.literal('assignment'),
    orgId: z.uuid(),
    validFrom: instant.optional(),
    reason,
    rules: z.array(assignmentRule).max(200),
  }),
  z.strictObject({
    kind: z.literal('sla'),
    orgId: z.uuid(),
    validFrom: instant.optional(),
    reason,
    rules: sla,
  }),
]);
export type RulesChange = z.infer<typeof rulesChangeSchema>;
export const rulesMadeSchema = z.object({ id: z.string(), validFrom: z.string() });
