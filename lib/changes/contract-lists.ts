import { z } from 'zod';
import { BUCKETS } from '@/lib/kernel/words';
import { changeFilterSchema, coverageQuerySchema, pagedQuerySchema } from './contract';

const instant = z.iso.datetime({ offset: true });

export const QUARANTINE_STATES = ['open', 'still_unreadable', 'replayed'] as const;
export const quarantineQuerySchema = pagedQuerySchema.extend({ state: z.enum(QUARANTINE_STATES).optional() });
export type QuarantineQuery = z.infer<typeof quarantineQuerySchema>;

/** Readings of one hour, or of a range of at most a day. */
export const readingsQuerySchema = coverageQuerySchema.extend({ hour: instant.optional() });
export type ReadingsQuery = z.infer<typeof readingsQuerySchema>;

/** Starts a collection of one organisation, or of all. */
export const startCollectionSchema = z.object({
  kind: z.enum(['sync', 'backfill', 'resweep']),
  orgId: z.uuid().optional(),
});

/** Ids of changes are the platform's. */
export const changeIdSchema = z.object({ id: z.string().min(1).max(200) });

/** Counts of changes over time under a filter. */
export type VolumeDto = {
  readonly from: string;
  readonly to: string;
  readonly bucket: (typeof BUCKETS)[number];
  readonly points: readonly {
    readonly from: string;
    readonly to: string;
    readonly total: number;
    readonly accountable: number;
    /** Accountable and anything but linked. */
    readonly unlinked: number;
    /** Accountable, ad-hoc. */
    readonly adHoc: number;
    /** Risk high or critical. */
    readonly highRisk: number;
  }[];
};

/** Volumes are of now: the linkage of an instant is asked of the rate's own series. */
export const volumeQuerySchema = changeFilterSchema
  .omit({ asOf: true })
  .extend({ bucket: z.enum(BUCKETS).optional() });

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export const changeExportSchema = changeFilterSchema.extend({
  format: z.enum(EXPORT_FORMATS),
  sort: z.enum(['newest', 'oldest']).optional(),
  columns: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(z.string().max(60)).optional(),
  ),
  /** UTF-8 byte-order mark for spreadsheet programs. */
  bom: z.enum(['true', 'false']).optional(),
});
