import { z } from 'zod';
import { MAX_PAGE_SIZE } from '@/lib/kernel/paging';
import { RISKS, type Risk } from '@/lib/kernel/words';
import { EXCEPTION_STATES, type ExceptionState, type RequestKind } from './model/exception';
import { HAPPENING_KINDS, type HappeningKind } from './model/happening';

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

export type RulesVersionDto<Rules> = {
  /** Null: what is built in. */
  readonly id: string | null;
  readonly validFrom: string | null;
  readonly setBy: string | null;
  readonly reason: string | null;
  readonly rules: Rules;
};
/** GET /api/v1/exceptions/rules, per organisation: in force, to come (soonest first), and how it was (newest first, at most 50 of each kind). */
export type ExceptionRulesDto = {
  readonly items: readonly {
    readonly orgId: string;
    readonly opening: RulesHistory<readonly z.infer<typeof openingRule>[]>;
    readonly assignment: RulesHistory<readonly z.infer<typeof assignmentRule>[]>;
    readonly sla: RulesHistory<z.infer<typeof sla>>;
  }[];
  /** People who may own an exception. */
  readonly people: readonly PersonDto[];
};
export type RulesHistory<Rules> = {
  readonly inForce: RulesVersionDto<Rules>;
  readonly toCome: readonly RulesVersionDto<Rules>[];
  readonly before: readonly RulesVersionDto<Rules>[];
};
export type PersonDto = { readonly id: string; readonly name: string };

/** One exception as lists show it. */
export type ExceptionDto = {
  readonly id: string;
  readonly orgId: string;
  /** What happened or holds, in one sentence. */
  readonly sentence: string;
  readonly state: ExceptionState;
  readonly stateSince: string;
  /** Why it stands where it does, in a sentence, where that is not a person's plain move. */
  readonly stateBecause: string | null;
  readonly severity: Risk;
  readonly severityBecause: string;
  readonly rule: string;
  readonly about: 'act' | 'state';
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly divisionIds: readonly string[];
  readonly controlIds: readonly string[];
  readonly owner: PersonDto | null;
  readonly openedAt: string;
  readonly occurredAt: string;
  readonly historic: boolean;
  readonly ageDays: number;
  readonly due: {
    readonly at: string;
    /** From when the SLA counts. */
    readonly anchor: string;
    readonly slaDays: number;
    /** Who set it by hand; null: the SLA. */
    readonly setBy: string | null;
    readonly overdue: boolean;
  };
  /** What waits for a second person. */
  readonly waitingFor: { readonly kind: RequestKind; readonly by: string; readonly at: string } | null;
  readonly acceptedUntil: string | null;
  /** Claimed fixed and not verified yet. */
  readonly awaitingVerification: { readonly since: string; readonly by: string } | null;
  /** Which time it is; 1: the first. */
  readonly round: number;
  readonly formerId: string | null;
  readonly successorId: string | null;
  readonly key: string;
};

export type MoveDto = {
  readonly move: Move | 'comment' | 'attach';
  readonly allowed: boolean;
  /** Why not, in a sentence for the viewer. */
  readonly because: string | null;
};

export type HistoryItemDto = {
  /** `exception`: what happened to it; `standing`: what a run saw; `alert`: who was told. */
  readonly of: 'exception' | 'standing' | 'alert';
  readonly id: string;
  readonly at: string;
  readonly kind: HappeningKind | 'standing' | 'alert';
  readonly who: string;
  readonly sentence: string;
  /** Field old -> new, where one was changed. */
  readonly change: {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
  readonly text: string | null;
  readonly mentions: readonly PersonDto[];
  readonly attachmentId: string | null;
  /** Opens what it speaks of. */
  readonly path: string | null;
};

type GrantedDto = {
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly approvedBy: string;
  readonly approvedAt: string;
  readonly severity: Risk;
};
export type ExceptionDetailDto = ExceptionDto & {
  readonly finding: {
    readonly id: string;
    readonly rule: string;
    readonly sentence: string;
    readonly reasons: readonly string[];
    readonly severity: Risk;
    readonly foundAt: string;
    readonly occurredAt: string;
    readonly ruleSha256: string;
    readonly actor: { readonly id: string | null; readonly name: string | null } | null;
  } | null;
  /** How a state stands by the newest run; null for acts. */
  readonly standing: {
    readonly state: 'holds' | 'cleared' | 'not_evaluated';
    /** `It could not be verified: <why>`, and the like. */
    readonly sentence: string;
    readonly because: string | null;
    readonly since: string;
    readonly checkedAt: string;
    readonly reasons: readonly string[];
    readonly riskBasis: string;
  } | null;
  /** What it is about: rows to open, by path. */
  readonly links: readonly {
    readonly kind: 'change' | 'move' | 'subject' | 'control' | 'former' | 'successor' | 'alert' | 'drift';
    readonly id: string;
    readonly says: string;
    readonly path: string;
  }[];
  readonly request: {
    readonly id: string;
    readonly kind: RequestKind;
    readonly by: PersonDto;
    readonly at: string;
    readonly reason: string;
    readonly compensatingControl: string | null;
    readonly expiresAt: string | null;
    readonly ruleChange: z.infer<typeof ruleChange> | null;
    readonly evidence: string | null;
  } | null;
  readonly acceptance:
    | (GrantedDto & {
        readonly reason: string;
        readonly compensatingControl: string;
        readonly expiresAt: string;
        /** Whether it holds now. */
        readonly inForce: boolean;
      })
    | null;
  readonly falsePositive:
    | (GrantedDto & { readonly reason: string; readonly ruleChange: z.infer<typeof ruleChange> })
    | null;
  readonly resolution: {
    readonly how: 'verified' | 'evidence' | 'decided';
    readonly at: string;
    readonly sentence: string;
  } | null;
  /** The latest an acceptance may end now, and why. */
  readonly acceptLimit: { readonly latest: string; readonly days: number };
  /** Each move with whether this viewer may make it now. */
  readonly moves: readonly MoveDto[];
  readonly attachments: readonly {
    readonly id: string;
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly at: string;
    readonly by: string;
  }[];
  /** Newest first. */
  readonly history: readonly HistoryItemDto[];
  /** People who may own it or be mentioned. */
  readonly people: readonly PersonDto[];
};

/** GET /api/v1/exceptions: `facets` count under the other filters. */
export type ExceptionFacetsDto = {
  readonly state: readonly FacetDto[];
  readonly severity: readonly FacetDto[];
  readonly rule: readonly FacetDto[];
  readonly control: readonly FacetDto[];
  readonly owner: readonly FacetDto[];
  readonly division: readonly FacetDto[];
};
export type FacetDto = { readonly value: string; readonly name: string | null; readonly count: number };

/** GET /api/v1/exceptions/summary, under the same filter as the list. Each number opens the rows it counts. */
export type ExceptionSummaryDto = {
  readonly total: number;
  readonly open: number;
  readonly states: Readonly<Record<ExceptionState, number>>;
  /** Open ones by age in days. */
  readonly ages: Readonly<Record<(typeof AGE_CHOICES)[number], number>>;
  /** Open ones by severity. */
  readonly severities: Readonly<Record<Risk, number>>;
  readonly expiring7: number;
  readonly expiring30: number;
  readonly overdue: number;
  readonly unassigned: number;
  readonly mine: number;
  readonly waiting: number;
  readonly mineToApprove: number;
  readonly awaitingVerification: number;
  readonly notVerifiable: number;
  readonly recurred: number;
  /** When exceptions were last opened and verified; null: never yet. */
  readonly keptAt: string | null;
};

export const HISTORY_KINDS = [...HAPPENING_KINDS, 'standing', 'alert'] as const;
