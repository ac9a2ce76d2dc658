import { z } from 'zod';
import { OUTCOMES, type Outcome, type Risk } from '@/lib/kernel/words';
import type { ControlArea } from './model/control';
import type { ThresholdSpec, ThresholdValue } from './model/threshold';

/** What crosses HTTP about controls. Names of the wire are fixed by design 9. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

/** GET /api/v1/controls. `at` gives the state as it stood at that instant; without it, as it stands now. */
export const controlListSchema = z.object({
  org: many(z.uuid()),
  outcome: many(z.enum(OUTCOMES)),
  at: instant.optional(),
});
export type ControlListQuery = z.infer<typeof controlListSchema>;

/** Path of one control, and the organisation where the viewer sees more than one. */
export const controlIdSchema = z.object({ id: z.string().min(1).max(100) });
export const controlDetailSchema = z.object({ org: z.uuid().optional(), at: instant.optional() });
export type ControlDetailQuery = z.infer<typeof controlDetailSchema> & { readonly id: string };

/** GET /api/v1/controls/{id}/history: whole UTC days of [from, to); the last 90 days where nothing is said. */
export const controlHistorySchema = z.object({
  org: z.uuid().optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type ControlHistoryQuery = z.infer<typeof controlHistorySchema> & { readonly id: string };

export const controlRunListSchema = z.object({
  org: many(z.uuid()),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type ControlRunListQuery = z.infer<typeof controlRunListSchema>;

/** POST /api/v1/control-runs: every organisation the caller may see, or one. */
export const controlRunAskSchema = z.strictObject({ org: z.uuid().optional() });
export const controlRunAskedSchema = z.object({ state: z.literal('asked'), orgId: z.string().nullable() });

export const evidenceIdSchema = z.object({ id: z.string().min(1).max(100) });

/** How a control stands in one organisation. */
export type ControlDto = {
  readonly id: string;
  readonly orgId: string;
  readonly title: string;
  readonly area: ControlArea;
  readonly promise: string;
  readonly severity: Risk;
  readonly outcome: Outcome;
  /** Why it was not evaluated, or does not apply; null otherwise. */
  readonly because: string | null;
  /** What the result says, in one sentence. */
  readonly sentence: string;
  /** ISO instant since which the outcome is what it is; null where it never ran. */
  readonly since: string | null;
  readonly evaluatedAt: string | null;
  /** Observations looked at, those that fail, those that could not be told. */
  readonly checked: number;
  readonly failing: number;
  readonly unknown: number;
  readonly runId: string | null;
  readonly resultId: string | null;
  /** What it looks at: addresses of the platform with permissions, and what the product counts itself. */
  readonly inputs: readonly ControlInputDto[];
  /** Hex SHA-256 of the rule that made the result; null where it never ran. */
  readonly ruleSha256: string | null;
  /** Whether the product's rule is another one now. */
  readonly ruleChanged: boolean;
};

export type ControlInputDto = {
  readonly name: string;
  readonly source: 'platform' | 'product';
  /** `GET /api/v2/…`; null for what the product counts. */
  readonly endpoint: string | null;
  readonly permission: string | null;
  readonly tells: string;
};

/** How the runs of one organisation stand. */
export type ControlScheduleDto = {
  readonly orgId: string;
  readonly formal: 'weekly' | 'monthly' | 'quarterly';
  readonly continuous: boolean;
  readonly lastRun: ControlRunDto | null;
  readonly nextDueAt: string;
  /** Runs that were due and that nobody finished, newest first; at most the last 50, `missedTotal` counts all of the last year. */
  readonly missed: readonly { readonly dueAt: string; readonly cadence: 'formal' | 'continuous' }[];
  readonly missedTotal: number;
};

export type ControlListDto = {
  readonly items: readonly ControlDto[];
  readonly nextCursor: null;
  /** Counts over the same organisations, whatever the filter on outcomes. */
  readonly counts: { readonly [O in Outcome]: number };
  readonly schedules: readonly ControlScheduleDto[];
};

export type ObservationDto = {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  /** Null: it could not be told. */
  readonly ok: boolean | null;
  readonly sentence: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null } | null;
  /** Key of the standing finding where it fails. */
  readonly findingKey: string | null;
};

/** One input as it was read for a run. The bytes are at GET /api/v1/control-evidence/{id}. */
export type ControlEvidenceDto = {
  readonly id: string;
  readonly input: string;
  readonly source: 'platform' | 'product';
  readonly endpoint: string | null;
  readonly permission: string | null;
  readonly state: 'answered' | 'no_permission' | 'not_available' | 'failed';
  readonly because: string | null;
  readonly httpStatus: number | null;
  readonly fetchedAt: string;
  /** What the platform says there is, and what was read; null where it names no total. */
  readonly expectedTotal: number | null;
  readonly readTotal: number | null;
  readonly pages: number | null;
  /** Hex SHA-256 over the UTF-8 bytes of the answer without secrets. */
  readonly sha256: string | null;
};

export type ThresholdDto = {
  readonly name: string;
  readonly spec: ThresholdSpec;
  readonly value: ThresholdValue;
  /** Where the value comes from. */
  readonly origin: 'default' | 'policy' | 'setting';
  readonly since: string | null;
};

export type ControlSettingDto = {
  readonly id: string;
  readonly what: 'thresholds' | 'applicability' | 'mapping' | 'schedule';
  readonly value: unknown;
  readonly effectiveFrom: string;
  readonly expiresAt: string | null;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: string;
};

export type ControlResultDto = {
  readonly id: string;
  readonly runId: string;
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly sentence: string;
  readonly asOf: string;
  readonly evaluatedAt: string;
  readonly checked: number;
  readonly failing: number;
  readonly unknown: number;
  readonly observations: readonly ObservationDto[];
  /** Rows beside the outcome, such as who was granted what. */
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  readonly thresholds: Readonly<Record<string, ThresholdValue>>;
  readonly settingIds: readonly string[];
  readonly ruleSha256: string;
  readonly clientId: string | null;
  readonly productVersion: string;
  readonly evidence: readonly ControlEvidenceDto[];
};

export type ControlDetailDto = ControlDto & {
  readonly remedy: string;
  /** What cannot be told by this check. */
  readonly limits: string | null;
  readonly thresholds: readonly ThresholdDto[];
  readonly applicability: {
    readonly applicable: boolean;
    readonly reason: string | null;
    readonly expiresAt: string | null;
  };
  readonly result: ControlResultDto | null;
  /** Every version of its settings, newest first. */
  readonly settings: readonly ControlSettingDto[];
};

/** The state of a control at the end of one UTC day, or now for the day that is not over. */
export type ControlDayDto = {
  /** `2026-11-30` */
  readonly day: string;
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly resultId: string | null;
};

export type ControlHistoryDto = {
  readonly id: string;
  readonly orgId: string;
  readonly from: string;
  readonly to: string;
  readonly days: readonly ControlDayDto[];
  /** Moments at which a run found another outcome than the run before, oldest first. */
  readonly changes: readonly {
    readonly at: string;
    readonly from: Outcome | null;
    readonly to: Outcome;
    readonly sentence: string;
    readonly resultId: string;
  }[];
};

export type ControlRunDto = {
  readonly id: string;
  readonly orgId: string;
  readonly occasion: 'scheduled' | 'asked';
  readonly cadence: 'formal' | 'continuous';
  readonly dueAt: string | null;
  readonly askedBy: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly counts: { readonly [O in Outcome]: number };
  readonly clientId: string | null;
  readonly productVersion: string;
};
