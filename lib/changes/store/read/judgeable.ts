/** Whether linking says what `change c` is, now or at an instant. */
export const JUDGEABLE =
  'coalesce(tally.is_judgeable(c.accountable, c.excluded_reason, c.link_checked_at), false)';

/** The linkage of `change c` as it stood at the instant that the parameter holds; `not_applicable` where it was excused then. */
export function linkageAt(parameter: string): string {
  return `(select j.linkage from tally.linkage_at(c.org_id, c.id, ${JUDGEABLE}, ${parameter}::timestamptz) j)`;
}
