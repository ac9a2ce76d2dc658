import { COMMON_RUNS, COMMON_STEMS } from './common-passwords';

/** Fewest characters; 15 are advised. No rules of composition and no expiry: both make passwords worse (ASVS 5.0 6.2). */
export const MIN_PASSWORD_LENGTH = 12;
export const ADVISED_PASSWORD_LENGTH = 15;
/** Most characters: longer ones would only cost hashing time. */
export const MAX_PASSWORD_LENGTH = 128;

/**
 * Why a password cannot be taken, as a sentence for the person choosing it, or null.
 * Shape: `about` holds the words of the account (e-mail, name) that must not be the password's heart.
 */
export function passwordProblem(password: string, about: readonly string[] = []): string | null {
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH)
    return `it has ${length} characters; at least ${MIN_PASSWORD_LENGTH} are needed`;
  if (length > MAX_PASSWORD_LENGTH)
    return `it has ${length} characters; at most ${MAX_PASSWORD_LENGTH} are taken`;
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < 5) return 'it repeats fewer than five different characters';
  if (isRun(folded)) return 'it is a run of neighbouring keys or letters';
  if (isCommon(folded)) return 'it is built on a password that everybody knows';
  const own = about
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length > 3);
  let rest = folded;
  for (const word of own) rest = rest.replaceAll(word, '');
  if (rest.replace(/[^\p{L}]/gu, '').length < 4 && rest !== folded)
    return 'it is built on the name or e-mail address of its account';
  return null;
}

function isCommon(folded: string): boolean {
  const heart = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [heart, unswapped(heart)].some((text) => {
    const bare = text.replace(/[^\p{L}]/gu, '');
    return COMMON_STEMS.has(text) || COMMON_STEMS.has(bare) || isRepeated(bare);
  });
}

/** Signs that people write for letters, as the letters. */
function unswapped(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    0: 'o',
    1: 'i',
    '!': 'i',
    3: 'e',
    4: 'a',
    '@': 'a',
    5: 's',
    $: 's',
  };
  return text.replace(/[01!34@5$]/g, (sign) => letters[sign] ?? sign);
}

/** One common word over and over, or two of them side by side. */
function isRepeated(bare: string): boolean {
  for (let at = 3; at <= bare.length - 3; at++) {
    if (COMMON_STEMS.has(bare.slice(0, at)) && COMMON_STEMS.has(bare.slice(at))) return true;
  }
  return false;
}

function isRun(folded: string): boolean {
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '');
  return bare.length > 0 && COMMON_RUNS.some((run) => run.startsWith(bare) || run.includes(bare));
}
