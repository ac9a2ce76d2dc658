import type { EndpointName } from './endpoints';

/** What a setting of the platform answered: its JSON without secrets. Controls read it with care, since it is not ours. */
type Answered = { readonly [K in EndpointName]: unknown };

/** One rule of the reconciliation of access with the personnel list, and how much it finds now. */
export type ReconciledRule = {
  readonly rule: string;
  readonly title: string;
  /** Null: it was evaluated. */
  readonly notEvaluated: string | null;
  /** How many persons' rights it finds now. */
  readonly holding: number;
  /** The gravest of them, in a sentence; null where there is none. */
  readonly worst: string | null;
};

/** Access held against the personnel list, as the newest reconciliation says. */
export type Reconciliation = {
  readonly asOf: string;
  /** Accounts looked at. */
  readonly users: number;
  readonly rules: readonly ReconciledRule[];
  /** How fast the accounts of people who left were closed. */
  readonly leavers: {
    readonly prompt: number;
    readonly late: number;
    readonly stillActive: number;
    readonly notEvaluated: number;
    readonly thresholdHours: number;
    /** Of the closed ones, the longest; null where none was closed. */
    readonly slowestHours: number | null;
  };
};

/** Who holds privileged roles now, and who granted or revoked one to whom. */
export type PrivilegedAccess = {
  readonly from: string;
  readonly to: string;
  readonly roles: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly holders: number;
    /** What the platform itself counts; null where it does not say. */
    readonly ownCount: number | null;
  }[];
  readonly people: number;
  readonly grants: readonly {
    readonly changeId: string;
    readonly at: string;
    readonly by: string | null;
    readonly action: string;
    readonly role: string;
    readonly subject: string | null;
    readonly linkage: string;
  }[];
};

export type ChangeManagement = {
  readonly from: string;
  readonly to: string;
  readonly unlinked: number;
  readonly total: number;
  /** Share of 0 to 1; null where there was no change. */
  readonly rate: number | null;
  /** Of the unlinked ones, those whose citation could not be looked up. */
  readonly notEvaluated: number;
};

/** Hours of a stretch by how completely they were read, the worst service of each hour counting. */
export type HoursRead = {
  readonly from: string;
  readonly to: string;
  readonly complete: number;
  readonly provisional: number;
  readonly pending: number;
  readonly gap: number;
  readonly notEvaluated: number;
};

export type EventLogging = {
  /** Event time of the oldest audit record that is kept; null where there is none. */
  readonly earliestEvent: string | null;
  readonly events: number;
  readonly readFrom: string | null;
  readonly readTo: string | null;
  /** The last 30 days, and all since collecting began. */
  readonly recent: HoursRead;
  readonly whole: HoursRead;
  /** Services with hours in the last 30 days that were not answered. */
  readonly silent: readonly { readonly service: string; readonly hours: number }[];
  readonly services: number;
};

/** Acts by which somebody changed their own access. */
export type SelfActs = {
  readonly from: string;
  readonly to: string;
  readonly acts: readonly {
    readonly key: string;
    readonly kind: 'self_move' | 'self_grant';
    readonly at: string;
    readonly sentence: string;
    readonly actor: string | null;
    readonly changeId: string | null;
  }[];
};

export type Boundaries = {
  readonly from: string;
  readonly to: string;
  readonly divisions: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly region: string | null;
  }[];
  readonly crossings: readonly {
    readonly id: string;
    readonly at: string;
    readonly target: string | null;
    readonly fromName: string | null;
    readonly toName: string | null;
    readonly review: 'not_needed' | 'pending' | 'overdue' | 'approved' | 'rejected';
  }[];
  /** Moves whose regions are not both known. */
  readonly notEvaluated: number;
  readonly moves: number;
};

/** What is due for review and by when. */
export type Reviews = {
  readonly reviewed: number;
  readonly pending: number;
  readonly overdue: readonly {
    readonly id: string;
    readonly kind: 'move' | 'access_review';
    readonly sentence: string;
    readonly dueAt: string;
  }[];
};

/** How the product keeps what it was given. */
export type Keeping = {
  /** Pages kept whose bytes were read again and compared, out of all. */
  readonly pages: number;
  readonly compared: number;
  readonly wrong: readonly { readonly pageId: string; readonly because: string }[];
  /** Whether the database refuses to change facts; null where it cannot be told. */
  readonly appendOnly: boolean | null;
  readonly appendOnlyBecause: string | null;
  readonly quarantined: number;
};

/** Acts of OAuth clients, from the audit records. */
export type ClientActs = {
  readonly readFrom: string | null;
  readonly lastActs: Readonly<Record<string, string>>;
};

/** Everything a control may look at, by the name it asks for it under. */
export type InputValues = Answered & {
  readonly reconciliation: Reconciliation;
  readonly privilegedAccess: PrivilegedAccess;
  readonly changeManagement: ChangeManagement;
  readonly eventLogging: EventLogging;
  readonly selfActs: SelfActs;
  readonly boundaries: Boundaries;
  readonly reviews: Reviews;
  readonly keeping: Keeping;
  readonly clientActs: ClientActs;
};
export type InputName = keyof InputValues;

/** What the product counts itself, in words, with where it comes from. */
export const PRODUCT_INPUTS = {
  reconciliation: 'Access held against the personnel list',
  privilegedAccess: 'Holders of privileged roles, and who granted them (audit records of role changes)',
  changeManagement: 'The unlinked change rate',
  eventLogging: 'What was read of the audit log, hour by hour',
  selfActs: 'Moves and grants that people made for themselves',
  boundaries: 'Divisions, their regions, and moves between them',
  reviews: 'Reviews and when they are due',
  keeping: 'Kept bytes read again and compared',
  clientActs: 'Audited acts of OAuth clients',
} as const satisfies Record<Exclude<InputName, EndpointName>, string>;
export type ProductInput = keyof typeof PRODUCT_INPUTS;
