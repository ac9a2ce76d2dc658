import type { Role } from '@/lib/kernel/words';

/** When a use of a permission leaves a row in the journal; a write always leaves one. */
export type JournalDemand = 'always' | 'auditor' | 'never';

export type PermissionRule = {
  /** What it allows, as said to a person: "you may not <says>". */
  readonly says: string;
  readonly roles: readonly Role[];
  readonly journal: JournalDemand;
  /** Writes run in one transaction with their journal row. */
  readonly kind: 'read' | 'write';
  readonly limit?: 'export';
  /** Touches nothing but the viewer's own account and what was put there for them: their password, their inbox. */
  readonly own?: true;
  /** Acts on the installation as a whole: not for those who may see some organisations only. */
  readonly reach?: 'installation';
};

export const EVERYBODY = ['admin', 'officer', 'auditor', 'operator', 'privacy_officer'] as const;
export const COMPLIANCE = ['admin', 'officer', 'auditor', 'privacy_officer'] as const;
/** Who may decide about what was found; auditors only look. */
export const DECIDERS = ['admin', 'officer', 'privacy_officer'] as const;
