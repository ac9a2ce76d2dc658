import type { Evaluated } from '@/lib/kernel/outcome';

/** A person as the personnel list has them. */
export type Person = {
  readonly key: string;
  readonly name: string | null;
  readonly department: string | null;
  readonly title: string | null;
  readonly status: 'active' | 'terminated';
  readonly manager: string | null;
  readonly authorizedDivision: string | null;
  /** Null where HR keeps no list of roles for this person. */
  readonly authorizedRoles: readonly string[] | null;
  readonly terminatedAt: Date | null;
  /** What the list said before it said what it says now; null where it never said anything else. */
  readonly before: {
    readonly department: string | null;
    readonly title: string | null;
    readonly until: Date;
  } | null;
};

/** How a user of the platform stands to the personnel list. */
export type Match =
  | { readonly kind: 'matched'; readonly person: Person }
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'ambiguous'; readonly candidates: number }
  | { readonly kind: 'service_account'; readonly owner: string | null };

/** A role as it is held against policy. */
export type RoleFacts = {
  readonly id: string;
  readonly name: string | null;
  readonly permissions: readonly string[];
  readonly privileged: boolean;
  /** Everybody has it: the base role of the platform. */
  readonly base: boolean;
};

/** A role that somebody holds, with every way it comes. */
export type HeldRole = {
  readonly role: RoleFacts;
  readonly directly: boolean;
  readonly through: readonly { readonly id: string; readonly name: string | null }[];
  readonly divisionIds: readonly string[];
  /** The earliest of the ways; `sinceKnown` is false where only a snapshot showed it: it may be older. */
  readonly since: Date;
  readonly sinceKnown: boolean;
  readonly grantingChangeId: string | null;
};

export type UserSubject = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly state: string;
  readonly division: { readonly id: string; readonly name: string | null } | null;
  readonly department: string | null;
  readonly title: string | null;
  readonly skills: number;
  readonly lastTokenAt: Date | null;
  readonly lastLoginAt: Date | null;
  readonly validFrom: Date;
  readonly changeId: string | null;
  readonly held: readonly HeldRole[];
  /** Null where the personnel list could not be used. */
  readonly match: Match | null;
  /** What an account for emergencies did lately; null for every other account. */
  readonly emergency: { readonly uses: number; readonly lastAt: Date; readonly changeId: string } | null;
};

export type ClientSubject = {
  readonly id: string;
  readonly name: string | null;
  readonly state: string | null;
  readonly createdBy: string | null;
  /** What the directory and the personnel list know of whoever made it. */
  readonly creator: {
    readonly name: string | null;
    readonly standing: 'active' | 'inactive' | 'gone' | 'left' | 'unknown';
  } | null;
  /** Somebody stands for it as a service account. */
  readonly owner: string | null;
  readonly roles: readonly RoleFacts[];
  readonly since: Date;
  readonly changeId: string | null;
  /** When it last changed something; null where it changed nothing lately, or that is not known. */
  readonly lastUsedAt: Date | null;
};

/** Who may hold a role, from the policy or Settings. */
export type RoleRule = {
  readonly role: string;
  readonly version: number;
  readonly departments: readonly string[];
  readonly groups: readonly string[];
  readonly titles: readonly string[];
  readonly divisions: readonly string[];
};

/** Two permissions that one person should not have together. */
export type DutiesPair = {
  readonly id: string;
  readonly says: string;
  readonly one: string;
  readonly other: string;
};

export type AccessSettings = {
  /** How soon after the end an account must be closed. */
  readonly leaverHours: number;
  readonly dormantDays: number;
  readonly emergencyDays: number;
  /** Words in a title that make somebody one who leads others. */
  readonly leadingTitles: readonly string[];
  readonly duties: readonly DutiesPair[];
};

/** What rules are judged by, the same for every subject of a run. */
export type ReconcileContext = {
  readonly asOf: Date;
  readonly settings: AccessSettings;
  /** By id of the role. */
  readonly roleRules: ReadonlyMap<string, RoleRule>;
  /** Whether a person is in a directory group of this name; not evaluated where groups were not read. */
  readonly inGroup: (userId: string, group: string) => Evaluated<boolean>;
  readonly divisionName: (id: string) => string | null;
};
