/** A total that was read, against a count from elsewhere. */
export type Tie = {
  readonly what: 'role_members' | 'licences';
  readonly id: string | null;
  readonly name: string | null;
  /** Null where there is no independent count. */
  readonly expected: number | null;
  readonly read: number;
  readonly basis: string;
  /** Null: there was nothing to compare with, which is not agreement. */
  readonly agrees: boolean | null;
};

export function tie(of: Omit<Tie, 'agrees'>): Tie {
  return { ...of, agrees: of.expected === null ? null : of.expected === of.read };
}

/** Why what rests on these totals is not evaluated, with both numbers; null when none disagrees. */
export function tiesBroken(ties: readonly Tie[]): string | null {
  const broken = ties.filter((one) => one.agrees === false);
  if (broken.length === 0) return null;
  const count = (n: number) => n.toLocaleString('en-US');
  const words = broken
    .slice(0, 3)
    .map((one) =>
      one.what === 'role_members'
        ? `of the role ${one.name ?? one.id} ${count(one.read)} direct members were read and the platform counts ${count(one.expected ?? 0)}`
        : `${count(one.read)} of ${count(one.expected ?? 0)} licensed people were read`,
    );
  const more = broken.length > words.length ? [`${broken.length - words.length} more totals disagree`] : [];
  return [...words, ...more].join('; ');
}
