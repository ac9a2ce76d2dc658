import { createHash } from 'node:crypto';

/** A small seeded source of choices: the same seed gives the same choices for ever. */
export type Chance = {
  readonly next: () => number;
  readonly int: (min: number, max: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
};

/** A chance seeded by any text (mulberry32 over the first bytes of its MD5). */
export function chanceOf(seed: string): Chance {
  let state = createHash('md5').update(seed).digest().readUInt32LE(0);
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  function int(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }
  function pick<T>(list: readonly T[]): T {
    const chosen = list[int(0, list.length - 1)];
    if (chosen === undefined) throw new Error('cannot pick from an empty list');
    return chosen;
  }
  return { next, int, pick };
}

/** A UUID that depends on seed and key alone, never on the anchor or the clock. */
export function uuidOf(seed: number, key: string): string {
  const hex = createHash('md5').update(`${seed}/${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The element at a position, counted round: a list never runs out. */
export function cycle<T>(list: readonly T[], position: number): T {
  const chosen = list[position % list.length];
  if (chosen === undefined) throw new Error('cannot cycle through an empty list');
  return chosen;
}
