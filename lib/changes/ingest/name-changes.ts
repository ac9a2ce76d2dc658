import type { NameAt } from '@/lib/directory/model/name-at';
import type { ActorKind } from '@/lib/kernel/words';
import type { Accountability, NormalisedChange } from '../model/record/change';
import { type Enrichment, enrich, type Ref, refsOf } from '../model/record/enrich';
import type { NamedRef, OrgKnowledge } from './org-knowledge';

export type ToEnrich = {
  readonly change: NormalisedChange;
  readonly actorKind: ActorKind;
  readonly accountability: Accountability;
  readonly newAddress?: boolean;
  /** When the record was read. */
  readonly toldAt?: Date;
};

/**
 * The enrichment of each change, in their order: names, division, team and risk as of its event.
 *
 * An id is asked for at the first and the last instant it occurs at in the batch; where both give the same version, it held
 * for every instant between (versions follow each other), and only the others are asked one by one.
 */
export async function enrichAll(
  changes: readonly ToEnrich[],
  knowledge: OrgKnowledge,
): Promise<Enrichment[]> {
  const refs = changes.map((one) => refsOf(one.change));
  const nameOf = await namesOf(changes, refs, knowledge);
  const teams = await teamsOf(changes, knowledge);
  return changes.map((one, index) => {
    const at = one.change.eventDate;
    return enrich(one.change, {
      actorKind: one.actorKind,
      excludedReason: one.accountability.excludedReason,
      refs: refs[index] ?? [],
      team: teams.get(index) ?? null,
      ...(one.toldAt === undefined ? {} : { toldAt: one.toldAt }),
      nameOf: (ref) => nameOf(ref, at),
      risk: {
        isPrivilegedRole: (id) => knowledge.isPrivilegedRole(id, at),
        isRestrictedDivision: (id) => knowledge.isRestrictedDivision(id, at),
        newAddress: one.newAddress ?? false,
        rules: knowledge.riskRules.at(at),
      },
    });
  });
}

/** The team of each change that a person made, by its place. */
async function teamsOf(
  changes: readonly ToEnrich[],
  { departmentsAt }: OrgKnowledge,
): Promise<ReadonlyMap<number, string>> {
  if (departmentsAt === null) return new Map();
  const people = changes.flatMap(({ change, actorKind }, index) =>
    actorKind === 'person' && change.userId !== null
      ? [{ index, userId: change.userId, at: change.eventDate }]
      : [],
  );
  const found = await departmentsAt(people);
  return new Map(
    people.flatMap(({ index }, place) => {
      const team = found[place];
      return team == null ? [] : [[index, team] as const];
    }),
  );
}

type Span = { readonly ref: Ref; first: Date; last: Date };

async function namesOf(
  changes: readonly ToEnrich[],
  refs: readonly (readonly Ref[])[],
  knowledge: OrgKnowledge,
): Promise<(ref: Ref, at: Date) => NameAt | null> {
  const { namesAt } = knowledge;
  if (namesAt === null) return () => null;
  const spans = new Map<string, Span>();
  changes.forEach((one, index) => {
    const at = one.change.eventDate;
    for (const ref of refs[index] ?? []) {
      const key = keyOf(ref);
      const span = spans.get(key);
      if (span === undefined) spans.set(key, { ref, first: at, last: at });
      else if (at < span.first) span.first = at;
      else if (at > span.last) span.last = at;
    }
  });
  const ordered = [...spans.values()];
  const ends = await namesAt(
    ordered.flatMap((span) => [named(span.ref, span.first), named(span.ref, span.last)]),
  );
  const settled = new Map<string, NameAt>();
  const open = new Set<string>();
  ordered.forEach((span, index) => {
    const first = ends[index * 2];
    const last = ends[index * 2 + 1];
    if (first && last && sameVersion(first, last)) settled.set(keyOf(span.ref), last);
    else open.add(keyOf(span.ref));
  });
  const single: NamedRef[] = [];
  const wanted = new Map<string, number>();
  changes.forEach((one, index) => {
    for (const ref of refs[index] ?? []) {
      const key = `${keyOf(ref)} ${one.change.eventDate.getTime()}`;
      if (open.has(keyOf(ref)) && !wanted.has(key))
        wanted.set(key, single.push(named(ref, one.change.eventDate)) - 1);
    }
  });
  const singles = single.length === 0 ? [] : await namesAt(single);
  return (ref, at) => {
    const key = keyOf(ref);
    const place = wanted.get(`${key} ${at.getTime()}`);
    return settled.get(key) ?? (place === undefined ? null : (singles[place] ?? null));
  };
}

function named(ref: Ref, at: Date): NamedRef {
  return { ...ref, at };
}

function keyOf(ref: Ref): string {
  return `${ref.kind ?? ''} ${ref.id}`;
}

function sameVersion(a: NameAt, b: NameAt): boolean {
  return a.from === b.from && a.knownFrom === b.knownFrom && a.name === b.name;
}
