import { z } from 'zod';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import type { SnapshotOutcome } from './model/diff-snapshot';
import type { NameAt } from './model/name-at';
import { type DivisionTag, SENSITIVITIES } from './model/policy/division-tag';
import type { Provenance } from './model/version';

/** What crosses HTTP about the directory. */
const instant = z.iso.datetime({ offset: true });
const cursor = z.string().max(1_000);
const limit = z.coerce.number().int().min(1).max(500);

export const directoryKindSchema = z.enum(DIRECTORY_KINDS);

/** Query of GET /api/v1/directory. `org` is needed only by viewers of several organisations. */
export const directoryQuerySchema = z.object({ at: instant.optional(), org: z.uuid().optional() });
export type DirectoryQuery = z.infer<typeof directoryQuerySchema>;

/** Query of GET /api/v1/directory/{kind}. */
export const directoryListSchema = z.object({
  at: instant.optional(),
  org: z.uuid().optional(),
  /** Text: an id, or part of any name ever held. */
  q: z.string().trim().max(200).optional(),
  /** `true` lists deleted things too. */
  deleted: z.enum(['true', 'false']).optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export type DirectoryListQuery = z.infer<typeof directoryListSchema>;

/** Query of GET /api/v1/directory/{kind}/{id}; `cursor` pages its members. */
export const directoryEntitySchema = z.object({
  at: instant.optional(),
  org: z.uuid().optional(),
  /** Only members of this kind. */
  members: directoryKindSchema.optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export type DirectoryEntityQuery = z.infer<typeof directoryEntitySchema>;

export const snapshotListSchema = z.object({
  org: z.uuid().optional(),
  kind: directoryKindSchema.optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export type SnapshotListQuery = z.infer<typeof snapshotListSchema>;

/** Query of GET /api/v1/directory/snapshots/{id}. */
export const snapshotSchema = z.object({
  verdict: z.enum(['added', 'changed', 'removed']).optional(),
  cursor: cursor.optional(),
  limit: limit.optional(),
});
export type SnapshotQuery = z.infer<typeof snapshotSchema>;

/** `divisions[]` of the policy file: by id or by name. */
export const policyDivisionsSchema = z.array(
  z
    .strictObject({
      id: z.string().min(1).optional(),
      name: z.string().min(1).optional(),
      region: z.string().min(1).optional(),
      sensitivity: z.enum(SENSITIVITIES).optional(),
      rank: z.number().int().optional(),
    })
    .refine((one) => (one.id === undefined) !== (one.name === undefined), 'give either id or name')
    .transform((one) => ({
      chosenBy: one.id === undefined ? ('name' as const) : ('id' as const),
      division: one.id ?? one.name ?? '',
      region: one.region ?? null,
      sensitivity: one.sensitivity ?? ('normal' as const),
      rank: one.rank ?? null,
    })),
);

/** How something is known: a snapshot, an audit record (a change's id) or a look-up, and of which instant. */
export type KnownFromDto = {
  readonly provenance: Provenance;
  readonly at: string;
  readonly snapshotId: string | null;
  readonly changeId: string | null;
  /** The same in words: `known from snapshot of 2026-11-20T02:00:00Z`. */
  readonly words: string;
};

export type SnapshotRunDto = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: DirectoryKind;
  readonly takenAt: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly outcome: SnapshotOutcome;
  readonly because: string | null;
  readonly expectedTotal: number | null;
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  readonly readCount: number;
  readonly duplicates: number;
  readonly pages: number;
  readonly attempts: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly presentAfter: number;
};

/** One kind at an instant; `present` null means it had not been read by then, which is not zero. */
export type DirectoryKindDto = {
  readonly kind: DirectoryKind;
  readonly present: number | null;
  readonly snapshot: {
    readonly id: string;
    readonly takenAt: string;
    readonly outcome: SnapshotOutcome;
    readonly because: string | null;
  } | null;
};

export type DivisionAtDto = {
  readonly id: string;
  readonly name: NameAt;
  readonly tag: DivisionTag | null;
  readonly members: Readonly<Partial<Record<DirectoryKind, number>>>;
};

export type DirectoryDto = {
  readonly orgId: string | null;
  readonly at: string;
  readonly kinds: readonly DirectoryKindDto[];
  readonly divisions: readonly DivisionAtDto[];
  readonly snapshots: readonly SnapshotRunDto[];
};

export type DirectoryItemDto = {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly state: 'present' | 'deleted';
  readonly name: string | null;
  readonly divisionId: string | null;
  readonly divisionName: string | null;
  readonly parentId: string | null;
  readonly knownFrom: KnownFromDto;
};

/** One reading and what it began, a page of it. */
export type SnapshotDto = {
  readonly run: SnapshotRunDto;
  readonly items: readonly (DirectoryItemDto & { readonly verdict: 'added' | 'changed' | 'removed' })[];
  readonly nextCursor: string | null;
};

export type DirectoryVersionDto = {
  readonly validFrom: string;
  /** The start of the next version; null while this one is the newest. */
  readonly validTo: string | null;
  readonly inForce: boolean;
  readonly state: 'present' | 'deleted';
  readonly name: string | null;
  readonly divisionId: string | null;
  readonly divisionName: string | null;
  readonly knownFrom: KnownFromDto;
  /** Members of the kept object that differ from the version before, by name. */
  readonly differs: readonly string[];
};

export type DirectoryEntityDto = {
  readonly orgId: string;
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly at: string;
  /** `unknown`: nothing was known of it that early. */
  readonly state: 'present' | 'deleted' | 'unknown';
  readonly name: NameAt;
  readonly division: NameAt | null;
  readonly tag: DivisionTag | null;
  readonly parent: NameAt | null;
  /** The platform's object as it was, without secrets; null when unknown. */
  readonly item: unknown;
  readonly knownFrom: KnownFromDto | null;
  readonly versions: readonly DirectoryVersionDto[];
  readonly members: {
    readonly total: number;
    readonly counts: Readonly<Partial<Record<DirectoryKind, number>>>;
    readonly items: readonly (DirectoryItemDto & {
      readonly memberId: string;
      readonly memberName: string | null;
    })[];
    readonly nextCursor: string | null;
  } | null;
};
