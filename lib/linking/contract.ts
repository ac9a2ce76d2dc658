import { z } from 'zod';
import { BUCKETS } from '@/lib/kernel/words';

/** Query of GET /api/v1/metrics/unlinked-change-rate. */
export const rateQuerySchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** `accountable` (default) is the product's formula; `all` is the guides' literal one. */
  scope: z.enum(['accountable', 'all']).optional(),
  bucket: z.enum(BUCKETS).optional(),
  org: z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).optional(),
  ),
  /** The rate as it stood at this instant; without it, as it stands now. */
  asOf: z.iso.datetime({ offset: true }).optional(),
});
export type RateQuery = z.infer<typeof rateQuerySchema>;

/** Version of the formula in design 5; raised when its result could change. */
export const RATE_FORMULA_VERSION = 'ucr/1';

export type RateCounts = {
  readonly linked: number;
  readonly late_approval: number;
  readonly outside_window: number;
  readonly mismatch: number;
  readonly unlinked: number;
};

export type RatePointDto = {
  readonly from: string;
  readonly to: string;
  readonly unlinked: number;
  readonly total: number;
  readonly rate: number | null;
  readonly counts: RateCounts;
};

/** The unlinked change rate: `unlinked` (anything but linked) / `total`; `rate` null when there is no change. */
export type RateDto = {
  readonly from: string;
  readonly to: string;
  readonly scope: 'accountable' | 'all';
  readonly bucket: (typeof BUCKETS)[number];
  readonly formula: typeof RATE_FORMULA_VERSION;
  readonly asOf: string | null;
  readonly unlinked: number;
  readonly total: number;
  readonly rate: number | null;
  readonly counts: RateCounts;
  /** Citations never looked up: among `unlinked`, counted apart. */
  readonly notEvaluated: number;
  readonly excluded: Readonly<
    Record<'platform' | 'genesys_internal' | 'failure' | 'read' | 'excused', number>
  >;
  readonly provisional: number;
  readonly previous: {
    readonly from: string;
    readonly to: string;
    readonly unlinked: number;
    readonly total: number;
    readonly rate: number | null;
  } | null;
  readonly series: readonly RatePointDto[];
};

const instantText = z.iso.datetime();
const count = z.number().int().min(0);
const countsSchema = z.object({
  linked: count,
  late_approval: count,
  outside_window: count,
  mismatch: count,
  unlinked: count,
});
const totals = {
  from: instantText,
  to: instantText,
  unlinked: count,
  total: count,
  rate: z.number().nullable(),
};

/** Answer of GET /api/v1/metrics/unlinked-change-rate. */
export const rateAnswerSchema = z.object({
  ...totals,
  scope: z.enum(['accountable', 'all']),
  bucket: z.enum(BUCKETS),
  formula: z.literal(RATE_FORMULA_VERSION),
  asOf: instantText.nullable(),
  counts: countsSchema,
  notEvaluated: count,
  excluded: z.object({
    platform: count,
    genesys_internal: count,
    failure: count,
    read: count,
    excused: count,
  }),
  provisional: count,
  previous: z.object(totals).nullable(),
  series: z.array(z.object({ ...totals, counts: countsSchema })),
}) satisfies z.ZodType<RateDto>;
