import { z } from 'zod';
import { BUCKETS } from '@/lib/kernel/words';
import {
  countsSchema,
  RATE_FORMULA_VERSION,
  type RateCounts,
  rateFilterSchema,
  rateQuerySchema,
} from '../contract';

/** What the rate can be broken down by. */
export const BREAKDOWNS = ['day', 'service', 'team', 'actor', 'division', 'org'] as const;
export type BreakdownBy = (typeof BREAKDOWNS)[number];

/** Query of GET /api/v1/metrics/unlinked-change-rate/breakdown. */
export const breakdownQuerySchema = rateQuerySchema.extend({
  by: z.enum(BREAKDOWNS),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(1_000).optional(),
});
export type BreakdownQuery = z.infer<typeof breakdownQuerySchema>;

/** The parts of the rate of one group of changes. */
export type BreakdownTotals = {
  readonly unlinked: number;
  readonly total: number;
  readonly rate: number | null;
  readonly counts: RateCounts;
  /** Changes that went past the pipeline: a series of its own beside the counts, which already hold them. */
  readonly bypasses: number;
  /** Part of all unlinked changes of the period; null where there is none. */
  readonly share: number | null;
};

export type BreakdownItem = BreakdownTotals & {
  /** The value of the filter that gives exactly these rows: an id, a service, a department, a day, or `unknown`. */
  readonly key: string;
  /** A name for the key; null where none is known. */
  readonly label: string | null;
  /** One point for each of the answer's `trend` buckets; empty by day. */
  readonly trend: readonly { readonly unlinked: number; readonly total: number }[];
};

export type BreakdownDto = {
  readonly from: string;
  readonly to: string;
  readonly scope: 'accountable' | 'all';
  readonly by: BreakdownBy;
  readonly formula: typeof RATE_FORMULA_VERSION;
  readonly asOf: string | null;
  readonly filter: z.infer<typeof rateFilterSchema>;
  /** The whole period: what items and others add up to. */
  readonly totals: BreakdownTotals;
  /** How many groups there are in all. */
  readonly groups: number;
  /** Most unlinked first; days newest first. */
  readonly items: readonly BreakdownItem[];
  /** Everything after the last item, together; null when nothing is left. `nextCursor` opens it. */
  readonly others: (BreakdownTotals & { readonly groups: number }) | null;
  readonly trend: { readonly bucket: (typeof BUCKETS)[number]; readonly from: readonly string[] };
  readonly nextCursor: string | null;
};

const count = z.number().int().min(0);
const totals = {
  unlinked: count,
  total: count,
  rate: z.number().nullable(),
  counts: countsSchema,
  bypasses: count,
  share: z.number().nullable(),
};

/** Answer of GET /api/v1/metrics/unlinked-change-rate/breakdown. */
export const breakdownAnswerSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  scope: z.enum(['accountable', 'all']),
  by: z.enum(BREAKDOWNS),
  formula: z.literal(RATE_FORMULA_VERSION),
  asOf: z.iso.datetime().nullable(),
  filter: rateFilterSchema,
  totals: z.object(totals),
  groups: count,
  items: z.array(
    z.object({
      ...totals,
      key: z.string(),
      label: z.string().nullable(),
      trend: z.array(z.object({ unlinked: count, total: count })),
    }),
  ),
  others: z.object({ ...totals, groups: count }).nullable(),
  trend: z.object({ bucket: z.enum(BUCKETS), from: z.array(z.iso.datetime()) }),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<BreakdownDto>;

/** The two lists that a rate is recomputed from. */
export const RATE_LISTS = ['numerator', 'denominator'] as const;

/** Query of GET /api/v1/metrics/unlinked-change-rate/export. */
export const rateExportSchema = rateQuerySchema
  .omit({ bucket: true })
  .extend({ list: z.enum(RATE_LISTS), bom: z.enum(['true', 'false']).optional() });
export type RateExportQuery = z.infer<typeof rateExportSchema>;
