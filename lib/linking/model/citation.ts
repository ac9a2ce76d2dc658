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
};
