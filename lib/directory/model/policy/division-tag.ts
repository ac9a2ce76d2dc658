export const SENSITIVITIES = ['normal', 'restricted', 'high_security'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** What the organisation says about one of its divisions. */
export type DivisionTag = {
  readonly region: string | null;
  readonly sensitivity: Sensitivity;
  /** Higher is more privileged; null where divisions are not ranked. */
  readonly rank: number | null;
};

/** A tag and the division it is for, chosen by id or by the name it has at the instant asked about. */
export type TaggedDivision = DivisionTag & { readonly chosenBy: 'id' | 'name'; readonly division: string };

const SUGGESTED: Readonly<Record<string, Sensitivity>> = {
  Restricted: 'restricted',
  'High Security': 'high_security',
};

/** The sensitivity that a division's name suggests, for a person to confirm; never assumed. */
export function suggestSensitivity(divisionName: string): Sensitivity | null {
  return SUGGESTED[divisionName] ?? null;
}

/** What must be written so that the tags in force become the wished ones: new or different tags, and those no longer wished. */
export function diffTags(
  wished: readonly TaggedDivision[],
  inForce: readonly TaggedDivision[],
): { readonly set: readonly TaggedDivision[]; readonly withdrawn: readonly TaggedDivision[] } {
  const known = new Map(inForce.map((tag) => [keyOf(tag), tag]));
  const keep = new Set(wished.map(keyOf));
  return {
    set: wished.filter((tag) => !isSame(tag, known.get(keyOf(tag)))),
    withdrawn: inForce.filter((tag) => !keep.has(keyOf(tag))),
  };
}

function keyOf(tag: TaggedDivision): string {
  return `${tag.chosenBy} ${tag.division}`;
}

function isSame(a: DivisionTag, b: DivisionTag | undefined): boolean {
  return b !== undefined && a.region === b.region && a.sensitivity === b.sensitivity && a.rank === b.rank;
}
