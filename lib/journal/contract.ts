import { z } from 'zod';

const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

/** Query of GET /api/v1/journal. `[from, to)` by the instant of the act. */
export const journalQuerySchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  /** Ids of people and keys, or `system`, `operator`, `anonymous`. */
  actor: many(z.string().max(100)),
  /** Whole actions such as `user.created`, or all of an object's with `user.*`. */
  action: many(z.string().max(100)),
  /** An object's type, or type and id as `user:usr_…`. */
  object: many(z.string().max(300)),
  org: many(z.uuid()),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type JournalQuery = z.infer<typeof journalQuerySchema>;

export const journalEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  receivedAt: z.string(),
  actor: z.object({
    kind: z.enum(['person', 'api_key', 'operator', 'system', 'anonymous']),
    id: z.string().nullable(),
    name: z.string(),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
  }),
  action: z.string(),
  object: z.object({ type: z.string(), id: z.string().nullable() }),
  orgId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** Place in the ledger; the index is null until sealed. */
  ledger: z.object({ index: z.number().nullable(), leafHash: z.string() }),
});
export type JournalEntryDto = z.infer<typeof journalEntrySchema>;

export const journalPageSchema = z.object({
  items: z.array(journalEntrySchema),
  nextCursor: z.string().nullable(),
});
export type JournalPageDto = z.infer<typeof journalPageSchema>;

/** What filters can offer: actors and actions that occur. */
export const journalFacetsSchema = z.object({
  actors: z.array(z.object({ id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
});
export type JournalFacetsDto = z.infer<typeof journalFacetsSchema>;
