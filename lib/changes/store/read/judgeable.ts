/**
 * Whether linking says what `change c` is: a rule may excuse it now and not have done so at an instant asked about, or the other way round. Every
 * other exclusion is the record's own and has no history.
 */
export const JUDGEABLE = `(c.accountable or (c.excluded_reason = 'excused' and c.link_checked_at is not null))`;

/** The linkage of `change c` as it stood at the instant that the parameter holds; `not_applicable` where it was excused then. */
export function linkageAt(parameter: string): string {
  return `(select j.linkage from tally.linkage_at(c.org_id, c.id, ${JUDGEABLE}, ${parameter}::timestamptz) j)`;
}
