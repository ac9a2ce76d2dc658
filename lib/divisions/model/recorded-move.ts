import type { NameSource } from '@/lib/directory/model/name-at';
import type { Sensitivity } from '@/lib/directory/model/policy/division-tag';
import type { ActorKind, Linkage, Planning, Risk, Source } from '@/lib/kernel/words';
import type { AddressFlag, Direction } from '../contract';

/** One side of a move, with what it was called and what the organisation said about it at that moment. */
export type DivisionAt = {
  /** Null: the record tells no division on this side, and the directory knew none. */
  readonly id: string | null;
  /** Null means unresolved; never today's name instead. */
  readonly name: string | null;
  readonly nameFrom: NameSource;
  readonly nameKnownFrom: Date | null;
  /** Null: not tagged with a region. */
  readonly region: string | null;
  /** Null: not tagged at all, which is not the same as normal. */
  readonly sensitivity: Sensitivity | null;
  /** Higher is more privileged; null: not ranked. */
  readonly rank: number | null;
};

/** Why an address was flagged, in words for a person. */
export type AddressNote = { readonly flag: AddressFlag; readonly because: string };

/** How a self-move was made: by the moved person, or through an OAuth client they own. */
export type SelfMoveBy = 'direct' | 'own_client';

/**
 * A division move as it stands in `division_move`: what was recognised in an audit record, or seen between two snapshots,
 * judged with the names, tags and addresses of that moment.
 */
export type RecordedMove = {
  /** `mov_<audit id>`; further objects of the same record `mov_<audit id>.2`, …; between snapshots `mov_<hash>`. */
  readonly id: string;
  readonly orgId: string;
  /** The audit record; null for a move that none tells. */
  readonly changeId: string | null;
  /** Event time; for a move between snapshots the end of `within`. */
  readonly at: Date;
  /** When we first had the record, or read the snapshot that shows it. */
  readonly receivedAt: Date;
  /** Set for moves seen between two snapshots alone: it happened in there. */
  readonly within: { readonly from: Date; readonly to: Date } | null;
  readonly source: Source;
  /** Told by push, not yet confirmed by a pull. */
  readonly provisional: boolean;
  readonly actor: { readonly kind: ActorKind; readonly id: string | null; readonly name: string | null };
  readonly client: { readonly id: string; readonly name: string | null } | null;
  /** What was moved. `type` is the platform's entity type, such as `User` or `Queue`. */
  readonly target: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly from: DivisionAt;
  readonly to: DivisionAt;
  readonly clientIp: string | null;
  readonly addressFlags: readonly AddressNote[];
  /** Why the address was not held against an allow-list; null when it was. */
  readonly addressNotEvaluated: string | null;
  /** The moved person did it, directly or through an OAuth client of theirs. */
  readonly selfMove: boolean;
  readonly selfMoveBy: SelfMoveBy | null;
  /** By the ranks of the two divisions, for every move; `not_evaluated` where one has none. */
  readonly direction: Direction;
  /** Both regions known and different; null: not evaluated. */
  readonly boundaryCross: boolean | null;
  /** Into a restricted or high-security division; null: that division has no tag. */
  readonly restricted: boolean | null;
  /** Whether it counts as an act of somebody (level USER, not refused); a cascade's steps by the platform do not. */
  readonly accountable: boolean;
  /** When a person must have looked at it; null: the policy in force when it was received asked for no review. */
  readonly reviewDueAt: Date | null;
  /** As the change has them now; a move without an audit record is `unlinked`, `ad_hoc`, `high` and in no session. */
  readonly risk: Risk;
  readonly linkage: Linkage;
  readonly planning: Planning;
  readonly sessionId: string | null;
};
