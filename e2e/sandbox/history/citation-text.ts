import type { Citation } from './planter.ts';

/** A citation of one ticket or commit. */
export function cited(
  text: string,
  linkage: Citation['linkage'],
  citation: string,
  ...marks: string[]
): Citation {
  return { text, linkage, citations: [citation], marks };
}

/** Twelve digits where those hold a letter and a digit, the whole hash otherwise. */
export function shortHash(hash: string): string {
  const short = hash.slice(0, 12);
  return /[a-f]/.test(short) && /\d/.test(short) ? short : hash;
}

/** Looks like a commit and is none. */
export function nonexistentHash(n: number): string {
  return `c0ffee${String(n).padStart(5, '0')}d`;
}
