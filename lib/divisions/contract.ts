import { z } from 'zod';
import type { ActorKind, Linkage, Risk, Source } from '@/lib/kernel/words';
import { LINKAGES, SOURCES } from '@/lib/kernel/words';

/** What crosses HTTP about division moves. Names of the wire are fixed by design 9. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );
const instant = z.iso.datetime({ offset: true });
const yesNo = z.enum(['true', 'false']);

export const REVIEW_STATES = ['not_needed', 'pending', 'overdue', 'approved', 'rejected'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export const REVIEW_OUTCOMES = ['approved', 'rejected'] as const;
/** What an address says: outside the allow-list, or never seen with this person before. */
export const ADDRESS_FLAGS = ['outside_allow_list', 'new_for_person'] as const;
export type AddressFlag = (typeof ADDRESS_FLAGS)[number];
/** A self-move by rank of the divisions; `not_evaluated` where one has no rank. */
export const DIRECTIONS = ['up', 'sideways', 'down', 'not_evaluated'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const moveFilterSchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  org: many(z.uuid()),
  /** Only moves by the moved person, or through a client of theirs. */
  self: yesNo.optional(),
  boundary: many(z.enum(['cross', 'same', 'not_evaluated'])),
  /** Only moves into restricted or high-security divisions. */
  restricted: yesNo.optional(),
  review: many(z.enum(REVIEW_STATES)),
  linkage: many(z.enum(LINKAGES)),
  source: many(z.enum(SOURCES)),
  type: many(z.string().max(200)),
  /** Ids of divisions, on either side. */
  division: many(z.string().max(200)),
  actor: many(z.string().max(200)),
  /** Id of the moved object. */
  target: z.string().max(200).optional(),
  address: many(z.enum(ADDRESS_FLAGS)),
  session: z.string().max(200).optional(),
  q: z.string().trim().max(200).optional(),
});
export type MoveFilter = z.infer<typeof moveFilterSchema>;

export const moveListSchema = moveFilterSchema.extend({
  sort: z.enum(['newest', 'oldest']).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type MoveListQuery = z.infer<typeof moveListSchema>;

/** The report; the period defaults to the last 12 months. `bom` helps old spreadsheets. */
export const moveExportSchema = moveFilterSchema.extend({
  format: z.enum(['csv', 'jsonl', 'pdf']),
  bom: yesNo.optional(),
});
export type MoveExport = z.infer<typeof moveExportSchema>;

export const moveReviewSchema = z.strictObject({
  outcome: z.enum(REVIEW_OUTCOMES),
  comment: z.string().trim().min(3).max(4_000),
});

export const moveIdSchema = z.object({ id: z.string().min(1).max(300) });
/** What a recorded review answers. */
export const reviewMadeSchema = z.object({ id: z.string() });

/** One side of a move, as it was called and tagged at that moment. */
export type MoveSide = {
  readonly id: string;
  readonly name: string | null;
  /** How the name is known: `snapshot`, `earlier_snapshot`, `create_event`, `record`, `platform_lookup`, `unresolved`. */
  readonly nameFrom: string;
  /** ISO instant the name is known from. */
  readonly nameKnownFrom: string | null;
  readonly region: string | null;
  readonly sensitivity: 'normal' | 'restricted' | 'high_security' | null;
  readonly rank: number | null;
  /** What it is called today where that is something else, and `deleted` where it is no more; for the reader's orientation. */
  readonly since: { readonly renamedTo: string | null; readonly deleted: boolean };
};

export type MoveReviewDto = {
  readonly state: ReviewState;
  readonly dueAt: string | null;
  /** The last outcome. */
  readonly decidedAt: string | null;
  readonly reviewer: string | null;
  readonly comment: string | null;
};

export type MoveDto = {
  /** `mov_<audit id>`, or `mov_<hash>` for a move seen only between two snapshots. */
  readonly id: string;
  readonly orgId: string;
  readonly timestamp: string;
  /** For moves seen between snapshots: it happened within. */
  readonly within: { readonly from: string; readonly to: string } | null;
  readonly source: Source;
  readonly provisional: boolean;
  readonly sentence: string;
  /** The administrator's name, else id; null where no audit record names one. */
  readonly adminUser: string | null;
  readonly actor: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly targetResource: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly sourceDivisionName: string | null;
  readonly targetDivisionName: string | null;
  readonly sourceDivision: MoveSide;
  readonly targetDivision: MoveSide;
  readonly clientIp: string | null;
  readonly addressFlags: readonly { readonly flag: AddressFlag; readonly because: string }[];
  /** Why the address was not judged, or null. */
  readonly addressNotEvaluated: string | null;
  readonly selfMove: boolean;
  /** `own_client`: through an OAuth client the person owns. */
  readonly selfMoveBy: 'direct' | 'own_client' | null;
  readonly direction: Direction;
  /** Both regions known and different; null: not evaluated, `boundaryBecause` says why. */
  readonly boundaryCross: boolean | null;
  readonly boundaryBecause: string;
  /** Into a restricted or high-security division; null where the division has no tag. */
  readonly restricted: boolean | null;
  readonly risk: Risk;
  readonly review: MoveReviewDto;
  readonly linkage: Linkage;
  /** The ticket or commit that asked for it, in words; null where nothing did. */
  readonly why: string | null;
  readonly changeId: string | null;
  readonly sessionId: string | null;
};

/** Who gains or loses access by a move, from the grants of that moment. */
export type AccessEffect = {
  /** `People and clients with a role in EMEA Restricted`, in words. */
  readonly sentence: string;
  readonly roles: readonly {
    readonly roleId: string;
    readonly roleName: string | null;
    readonly subjects: number;
    /** What stands out in the role: `recordings`, `users`, `queues`, in words. */
    readonly allows: readonly string[];
  }[];
};

export type MoveDetailDto = MoveDto & {
  readonly effect: {
    readonly opens: AccessEffect | null;
    readonly closes: AccessEffect | null;
    /** Why the effect could not be worked out. */
    readonly notEvaluated: string | null;
  };
  readonly reviews: readonly {
    readonly id: string;
    readonly at: string;
    readonly outcome: (typeof REVIEW_OUTCOMES)[number];
    readonly reviewer: string;
    readonly comment: string;
  }[];
  /** Whether the viewer may review it, or the sentence why not (the mover never may). */
  readonly mayReview: { readonly allowed: boolean; readonly because: string | null };
  readonly links: readonly {
    readonly kind: string;
    readonly reference: string;
    readonly title: string | null;
    readonly url: string | null;
    readonly status: Linkage;
  }[];
  readonly findings: readonly {
    readonly id: string;
    readonly rule: string;
    readonly severity: Risk;
    readonly sentence: string;
    readonly at: string;
    readonly alertId: string | null;
    readonly incident: { readonly number: string; readonly url: string | null } | null;
  }[];
  readonly responseIds: readonly string[];
  /** The session this move opens or belongs to, in a sentence. */
  readonly session: { readonly id: string; readonly sentence: string; readonly changes: number } | null;
  /** Milliseconds from the event until we had it, until the alert stood, until the first delivery; null: not yet. */
  readonly delays: {
    readonly toReceived: number | null;
    readonly toAlert: number | null;
    readonly toDelivered: number | null;
  };
};

/** Counts under the same filter as the list. */
export type MoveSummaryDto = {
  readonly total: number;
  readonly self: number;
  readonly boundaryCross: number;
  readonly boundaryNotEvaluated: number;
  readonly restricted: number;
  readonly pending: number;
  readonly overdue: number;
  readonly unlinked: number;
  readonly flaggedAddress: number;
  readonly unaudited: number;
  /** For the little matrix: from division, to division, count; the commonest first, at most 60 with the rest summed in `others`. */
  readonly flows: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly count: number;
  }[];
  readonly others: number;
  /** How many moves each bucket of the period saw, oldest first. */
  readonly series: readonly { readonly at: string; readonly count: number; readonly flagged: number }[];
};

/** GET and PUT /api/v1/settings/divisions: what the organisation says about its divisions, in force now. */
export const divisionTagsSchema = z.strictObject({
  org: z.uuid(),
  divisions: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        region: z.string().trim().max(100).nullable(),
        sensitivity: z.enum(['normal', 'restricted', 'high_security']),
        rank: z.int().min(0).max(1000).nullable(),
      }),
    )
    .max(5_000),
});
/** What a PUT answers: how many tags were set and withdrawn, and ids that no division has now. */
export const divisionTagsSetSchema = z.object({
  set: z.number(),
  withdrawn: z.number(),
  unknownDivisions: z.array(z.string()),
});
export type DivisionTagsDto = {
  readonly items: readonly {
    readonly orgId: string;
    readonly id: string;
    readonly name: string;
    readonly deleted: boolean;
    readonly tag: {
      readonly region: string | null;
      readonly sensitivity: 'normal' | 'restricted' | 'high_security';
      readonly rank: number | null;
      readonly since: string;
      readonly setBy: string;
    } | null;
    /** What its name suggests, for a person to confirm; never assumed. */
    readonly suggested: 'restricted' | 'high_security' | null;
    readonly objects: number;
  }[];
};
