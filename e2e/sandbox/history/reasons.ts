import type { Label } from './record.ts';

/** Why a planted citation does not hold, by the mark it was planted with. */
const BY_MARK: Readonly<Record<string, string>> = {
  'mismatch:unknown-issue': 'ticket_not_found',
  'mismatch:unknown-change-request': 'ticket_not_found',
  'mismatch:unknown-commit': 'commit_not_found',
  'mismatch:ambiguous-commit': 'commit_ambiguous',
  'mismatch:rejected': 'rejected',
  'mismatch:chg-rejected': 'rejected',
  'mismatch:cancelled': 'cancelled',
  'mismatch:chg-cancelled': 'cancelled',
  'mismatch:withdrawn': 'approval_withdrawn',
  'mismatch:never-approved': 'never_approved',
  'mismatch:other-object': 'names_other_object',
  'mismatch:chg-other-object': 'names_other_object',
  'mismatch:commit-of-other-object': 'names_other_object',
};

/** Every way in which a citation may not hold, as the product names it. */
export const PLANTED_REASONS: readonly string[] = [
  ...new Set(Object.values(BY_MARK)),
  'approved_after_change',
  'committed_after_change',
  'outside_window',
  'cites_nothing',
];

/** Why a change is not linked, as the product names it; null where it is, or where nothing is asked of it. */
export function reasonOf(label: Pick<Label, 'linkage' | 'marks'>): string | null {
  switch (label.linkage) {
    case 'linked':
    case 'not_applicable':
      return null;
    case 'late_approval':
      return label.marks.includes('late:commit') ? 'committed_after_change' : 'approved_after_change';
    case 'outside_window':
      return 'outside_window';
    case 'unlinked':
      return 'cites_nothing';
    case 'mismatch':
      return (
        label.marks.map((mark) => BY_MARK[mark]).find((reason) => reason !== undefined) ?? 'ticket_not_found'
      );
  }
}
