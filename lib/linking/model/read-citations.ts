import type { Citation } from './citation';

const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;
const CHANGE_REQUEST = /(?<![A-Za-z0-9])CHG\d{7,}(?![A-Za-z0-9])/g;
const ISSUE = /(?<![A-Za-z0-9])([A-Z][A-Z0-9_]{1,19})-([1-9]\d{0,9})(?![A-Za-z0-9])/g;
const HASH = /(?<![A-Za-z0-9])[0-9a-f]{7,40}(?![A-Za-z0-9])/gi;
/** More citations than this in one change are a pasted list, not a reason. */
const MAX_CITATIONS = 50;

/**
 * What a change's citable text may cite, each thing once, in the order of the text: Jira keys (still to be held against the site's
 * projects), `CHG` numbers, and hex words (still to be resolved where they are not certain). UUIDs are removed first.
 *
 * Requires that the text holds new values only: what a description said before cites nothing.
 * Source: design 5, linkage, step 2.
 */
export function readCitations(text: string): Citation[] {
  // Replaced by as many blanks, so that places in the text stay comparable.
  const bare = text.replace(UUID, (uuid) => ' '.repeat(uuid.length));
  const found: { at: number; citation: Citation }[] = [];
  const numberParts: { from: number; to: number }[] = [];

  for (const match of bare.matchAll(CHANGE_REQUEST)) {
    found.push({
      at: match.index,
      citation: { kind: 'servicenow', reference: match[0], project: null, certain: true },
    });
  }
  for (const match of bare.matchAll(ISSUE)) {
    const project = match[1] ?? '';
    found.push({ at: match.index, citation: { kind: 'jira', reference: match[0], project, certain: true } });
    numberParts.push({ from: match.index + project.length, to: match.index + match[0].length });
  }
  for (const match of bare.matchAll(HASH)) {
    const { index } = match;
    // The number of a Jira key is no commit.
    if (numberParts.some((part) => index >= part.from && index < part.to)) continue;
    const reference = match[0].toLowerCase();
    found.push({
      at: index,
      citation: { kind: 'commit', reference, project: null, certain: holdsLetterAndDigit(reference) },
    });
  }

  found.sort((left, right) => left.at - right.at);
  const byReference = new Map<string, Citation>();
  for (const { citation } of found) {
    const key = `${citation.kind} ${citation.reference}`;
    if (!byReference.has(key)) byReference.set(key, citation);
  }
  return [...byReference.values()].slice(0, MAX_CITATIONS);
}

function holdsLetterAndDigit(hex: string): boolean {
  return /[a-f]/.test(hex) && /\d/.test(hex);
}
