import type { Risk } from '@/lib/kernel/words';

export const RIGHT_KINDS = ['role', 'division', 'account', 'client'] as const;
export type RightKind = (typeof RIGHT_KINDS)[number];

export const DRIFT_STATES = ['holds', 'cleared', 'not_evaluated'] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

/** What says what should be: HR's list of roles, a rule about the role, HR's record of the person, a group, a setting, nobody. */
export const EXPECTED_BASES = ['hr_list', 'role_rule', 'hr_record', 'group', 'setting', 'none'] as const;
export type ExpectedBasis = (typeof EXPECTED_BASES)[number];

export const SINCE_BASES = ['change', 'snapshot', 'hr', 'run'] as const;
export type SinceBasis = (typeof SINCE_BASES)[number];

/** What a rule says of one right of one subject. */
export type Drift = {
  readonly right: { readonly kind: RightKind; readonly id: string; readonly name: string | null };
  readonly severity: Risk;
  readonly held: string;
  readonly expected: { readonly words: string; readonly basis: ExpectedBasis };
  readonly sentence: string;
  readonly reasons: readonly string[];
  readonly since: Date;
  readonly sinceBasis: SinceBasis;
  readonly grantingChangeId: string | null;
  readonly directly: boolean;
  readonly through: readonly { readonly id: string; readonly name: string | null }[];
  readonly divisionIds: readonly string[];
};

/** HR's facts as they are shown beside an item. */
export type HrFacts = {
  readonly department: string | null;
  readonly title: string | null;
  readonly status: 'active' | 'terminated';
  readonly manager: string | null;
  readonly division: string | null;
  readonly terminatedAt: string | null;
};

/** One right of one person that differs from what it should be: what a run keeps. */
export type FoundDrift = Drift & {
  /** `<rule>/<user or client id>/<right id>`. */
  readonly key: string;
  readonly rule: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly personKey: string | null;
  readonly hr: HrFacts | null;
  readonly riskBasis: string;
};
