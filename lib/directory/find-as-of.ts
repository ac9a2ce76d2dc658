import type { Sql } from '@/lib/db/sql';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import type { SnapshotOutcome } from './model/diff-snapshot';
import type { KnownVersion } from './model/fold-events';
import { candidatesAt, type NameAt, nameAt } from './model/name-at';
import { type Version, versionAt } from './model/version';
import { countAt, countNow, loadMembersAt, loadTimeline, type MemberPage, type Place } from './store/as-of';
import { loadRunsAt } from './store/snapshot-runs';

export type EntityAsOf = {
  /** The version in force; null when nothing was known of it that early. */
  readonly inForce: KnownVersion | null;
  readonly name: NameAt;
  /** All versions, newest first, also those after the instant. */
  readonly timeline: readonly KnownVersion[];
};

/** One entity as it was at an instant, with its whole history; null when the directory never heard of it. */
export async function entityAsOf(
  sql: Sql,
  entity: { readonly orgId: string; readonly kind: DirectoryKind; readonly id: string },
  at: Date,
): Promise<EntityAsOf | null> {
  const timeline = await loadTimeline(sql, entity);
  if (timeline.length === 0) return null;
  return {
    inForce: versionAt(timeline, at),
    name: nameAt(entity.id, candidatesAt(timeline, at)),
    timeline,
  };
}

/** Kinds that have members, how their members are found, and of which kinds those are. */
const MEMBERS: Partial<Record<DirectoryKind, { by: Place['by']; kinds: readonly DirectoryKind[] }>> = {
  role: { by: 'parent', kinds: ['grant'] },
  group: { by: 'parent', kinds: ['group_member'] },
  integration: { by: 'parent', kinds: ['data_action'] },
  division: { by: 'division', kinds: DIRECTORY_KINDS.filter((kind) => kind !== 'division') },
};

/** How the members of a kind are found; null for kinds that have none. */
export function memberRule(kind: DirectoryKind): { by: Place['by']; kinds: readonly DirectoryKind[] } | null {
  return MEMBERS[kind] ?? null;
}

/** The grants of a role, members of a group or things in a division as they stood at an instant, a page of them in order of kind and id. */
export async function membersAsOf(
  sql: Sql,
  of: { readonly orgId: string; readonly kind: DirectoryKind; readonly id: string },
  at: Date,
  page: Omit<MemberPage, 'kinds'> & { readonly kinds?: readonly DirectoryKind[] },
): Promise<readonly Version[]> {
  const rule = memberRule(of.kind);
  if (rule === null) return [];
  const kinds = page.kinds ?? rule.kinds;
  return loadMembersAt(sql, {
    orgId: of.orgId,
    place: { by: rule.by, id: of.id },
    at,
    page: { ...page, kinds },
  });
}

/** One kind of an organisation at an instant. */
export type KindAsOf = {
  readonly kind: DirectoryKind;
  /** Entities present; null when the kind had never been read, which is not zero. */
  readonly present: number | null;
  /** The newest snapshot at or before the instant, and how completely it was read; null before the first. */
  readonly snapshot: {
    readonly id: string;
    readonly takenAt: Date;
    readonly outcome: SnapshotOutcome;
    readonly because: string | null;
  } | null;
};

export type OrganisationAsOf = {
  readonly kinds: readonly KindAsOf[];
  /** Entities present by division id; things without a division are left out. */
  readonly divisions: ReadonlyMap<string, ReadonlyMap<DirectoryKind, number>>;
};

/**
 * How many of each kind an organisation had at an instant, in all and by division. `now: true` says that the instant is this
 * moment, which the heads answer at once; with a million grants a past instant takes seconds.
 */
export async function organisationAsOf(
  sql: Sql,
  orgId: string,
  at: Date,
  { now = false }: { readonly now?: boolean } = {},
): Promise<OrganisationAsOf> {
  const counts = now ? await countNow(sql, orgId) : await countAt(sql, orgId, at);
  const runs = await loadRunsAt(sql, orgId, at);
  const divisions = new Map<string, Map<DirectoryKind, number>>();
  const totals = new Map<DirectoryKind, number>();
  for (const { kind, divisionId, present } of counts) {
    totals.set(kind, (totals.get(kind) ?? 0) + present);
    if (divisionId === null) continue;
    const division = divisions.get(divisionId) ?? new Map<DirectoryKind, number>();
    division.set(kind, present);
    divisions.set(divisionId, division);
  }
  const kinds = DIRECTORY_KINDS.map((kind): KindAsOf => {
    const run = runs.find((candidate) => candidate.kind === kind);
    const wasRead = run?.outcome === 'complete' || run?.outcome === 'partial';
    return {
      kind,
      present: totals.get(kind) ?? (wasRead ? 0 : null),
      snapshot: run ? { id: run.id, takenAt: run.takenAt, outcome: run.outcome, because: run.because } : null,
    };
  });
  return { kinds, divisions };
}
