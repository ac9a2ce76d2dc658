import { z } from 'zod';
import type { ActorKind, Linkage, Risk } from '@/lib/kernel/words';
import { RISKS } from '@/lib/kernel/words';

/** What crosses HTTP about sessions. Ids of sessions are `ssn_<audit id of the earliest child>`. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });

export const SESSION_KINDS = ['cascade', 'bulk'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];
/** Which rule put the changes together. */
export const SESSION_RULES = ['transaction', 'correlation', 'related', 'burst'] as const;
export type SessionRule = (typeof SESSION_RULES)[number];

/** Query of GET /api/v1/sessions: those that touch `[from, to)`, newest or largest first. Nested ones stand in their parent's detail. */
export const sessionListSchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  org: many(z.uuid()),
  kind: many(z.enum(SESSION_KINDS)),
  rule: many(z.enum(SESSION_RULES)),
  /** Ids of owners. */
  actor: many(z.string().max(200)),
  /** Levels of the riskiest child. */
  risk: many(z.enum(RISKS)),
  /** Part of the owner's name, or an id of a session. */
  q: z.string().trim().max(200).optional(),
  sort: z.enum(['newest', 'largest']).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type SessionListQuery = z.infer<typeof sessionListSchema>;

/** Query of GET /api/v1/sessions/summary. */
export const sessionSummarySchema = sessionListSchema.pick({ from: true, to: true, org: true });
export type SessionSummaryQuery = z.infer<typeof sessionSummarySchema>;

/** `ssn_<audit id>`. */
export const sessionIdSchema = z.object({ id: z.string().min(1).max(300) });

/** How often one kind of act occurs in a session. */
export type SessionPart = {
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly count: number;
  readonly maxRisk: Risk;
};

/** A child of high or critical risk: it stands alone in lists, too. */
export type SurfacedChange = {
  readonly changeId: string;
  readonly eventDate: string;
  readonly sentence: string;
  readonly risk: Risk;
  readonly linkage: Linkage;
};

export type SessionDto = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: SessionKind;
  readonly rule: SessionRule;
  /** In words: `Skill Loader made 1,000 changes in 5 min 33 s`. */
  readonly sentence: string;
  readonly owner: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Every child, nested sessions' children included; equal to the changes that name this session or one inside it. */
  readonly changes: number;
  readonly accountable: number;
  /** The riskiest child's. */
  readonly risk: Risk;
  readonly surfaced: { readonly count: number; readonly first: readonly SurfacedChange[] };
  readonly linkage: Readonly<Record<Linkage, number>>;
  /** The commonest parts; `partsTotal` says how many there are. */
  readonly parts: readonly SessionPart[];
  readonly partsTotal: number;
  /** The bulk task this cascade is one step of. */
  readonly parentId: string | null;
  readonly nested: number;
};

export type SessionDetailDto = SessionDto & {
  /** Why these changes belong together, with the ids and limits of the rule. */
  readonly ruleSays: string;
  readonly allParts: readonly SessionPart[];
  readonly nestedSessions: readonly SessionDto[];
  /** Ids under which the session, or what was merged into it, was known before. */
  readonly formerIds: readonly string[];
  /** Children counted one by one against the sum that the list shows. */
  readonly reconciled: { readonly summed: number; readonly counted: number };
  /** Changes per minute (or a longer step) from first to last, for the little chart. */
  readonly pace: { readonly stepSeconds: number; readonly counts: readonly number[] };
};

/** Counts of one period, for the overview's summary: a bulk task is one entry. */
export type SessionSummaryDto = {
  readonly sessions: number;
  readonly bulkTasks: number;
  readonly cascades: number;
  readonly changesInSessions: number;
  readonly changesAlone: number;
};
