import { z } from 'zod';
import { SERVICE_PRESETS, type ServicePreset } from '@/lib/changes/model/high-impact';
import { BUCKETS } from '@/lib/kernel/words';

const PRESETS = Object.keys(SERVICE_PRESETS) as [ServicePreset, ...ServicePreset[]];
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );

/** Query of GET /api/v1/metrics/unlinked-change-rate. */
export const rateQuerySchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** `accountable` (default) is the product's formula; `all` is the guides' literal one. */
  scope: z.enum(['accountable', 'all']).optional(),
  bucket: z.enum(BUCKETS).optional(),
  org: many(z.uuid()),
  service: many(z.string().max(200)),
  /** A named set of services, together with those of `service`. */
  preset: z.enum(PRESETS).optional(),
  /** Ids; `unknown` for records that name nobody. */
  actor: many(z.string().max(200)),
  /** Ids of the divisions in which targets lay at the time; `unknown` where that is not known. */
  division: many(z.string().max(200)),
  /** Departments of those who acted, as known at the time; `unknown` where none was. */
  team: many(z.string().max(300)),
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
  /** Changes that went past the pipeline; the counts hold them, too. */
  readonly bypasses: number;
};

/** What a rate is narrowed to; empty lists do not narrow. Presets stand as the services they are. */
const names = z.array(z.string()).readonly();
export const rateFilterSchema = z.object({ service: names, actor: names, division: names, team: names });

/** The unlinked change rate: `unlinked` (anything but linked) / `total`; `rate` null when there is no change. */
export type RateDto = {
  readonly from: string;
  readonly to: string;
  readonly scope: 'accountable' | 'all';
  readonly bucket: (typeof BUCKETS)[number];
  readonly formula: typeof RATE_FORMULA_VERSION;
  readonly asOf: string | null;
  readonly filter: z.infer<typeof rateFilterSchema>;
  readonly unlinked: number;
  readonly total: number;
  readonly rate: number | null;
  readonly counts: RateCounts;
  /** Changes that went past the pipeline; the counts hold them, too. */
  readonly bypasses: number;
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
export const countsSchema = z.object({
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
  filter: rateFilterSchema,
  counts: countsSchema,
  bypasses: count,
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
  series: z.array(z.object({ ...totals, counts: countsSchema, bypasses: count })),
}) satisfies z.ZodType<RateDto>;
