/** Something a change's text names as its reason. */
export type CitationKind = 'jira' | 'servicenow' | 'commit';

export type Citation = {
  readonly kind: CitationKind;
  /** As it is looked up: ticket key or number in capitals, hash in lower case. */
  readonly reference: string;
  /** The prefix of a Jira key, which counts only if its project is on the site; null otherwise. */
  readonly project: string | null;
  /**
   * Whether the text alone makes it a citation. Digits or letters alone may be a date, a phone number or a word: they cite a
   * commit only if they resolve to one.
   */
  readonly certain: boolean;
  /** Set where no text names it: the configuration item of a change request is the object that was changed. */
  readonly foundBy?: 'configuration_item';
};

/** Text that is equal for two citations of one thing. */
export function citationKey(citation: Pick<Citation, 'kind' | 'reference'>): string {
  return `${citation.kind} ${citation.reference}`;
}

/** The citations of the text with those found another way, each thing once; what the text names counts as named by it. */
export function withFound(text: readonly Citation[], found: readonly Citation[]): Citation[] {
  const named = new Set(text.map(citationKey));
  return [...text, ...found.filter((one) => !named.has(citationKey(one)))];
}
