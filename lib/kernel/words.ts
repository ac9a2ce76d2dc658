/** Words fixed once (design 5); on the wire and in the database they are spelled as here. */
export const LINKAGES = [
  'linked',
  'late_approval',
  'outside_window',
  'mismatch',
  'unlinked',
  'not_applicable',
] as const;
export type Linkage = (typeof LINKAGES)[number];

export const PLANNINGS = ['planned_pipeline', 'planned_manual', 'ad_hoc', 'not_applicable'] as const;
export type Planning = (typeof PLANNINGS)[number];

export const ACTOR_KINDS = ['person', 'automation', 'platform', 'external', 'unknown'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

export const RISKS = ['low', 'medium', 'high', 'critical'] as const;
export type Risk = (typeof RISKS)[number];

export const OUTCOMES = ['pass', 'fail', 'not_evaluated', 'not_applicable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SOURCES = ['push', 'pull', 'realtime', 'file', 'snapshot_diff'] as const;
export type Source = (typeof SOURCES)[number];

export const BUCKETS = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Why a record is not an accountable change; `excused` holds changes excused by a rule. */
export const EXCLUSIONS = ['platform', 'genesys_internal', 'failure', 'read', 'excused'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export const ROLES = ['admin', 'officer', 'auditor', 'operator', 'privacy_officer'] as const;
export type Role = (typeof ROLES)[number];

export const COVERAGE_STATES = [
  'pending',
  'provisional',
  'complete',
  'late_complete',
  'gap',
  'not_evaluated',
] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** Kinds of object the shadow directory keeps. */
export const DIRECTORY_KINDS = [
  'user',
  'division',
  'role',
  'grant',
  'group',
  'group_member',
  'queue',
  'skill',
  'flow',
  'oauth_client',
  'integration',
  'data_action',
  'trunk',
  'setting',
] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

/** What makes the linker look at a change (again). */
export const EVALUATION_CAUSES = [
  'first_look',
  'ticket_changed',
  'sweep',
  'source_added',
  'policy_changed',
  'calendar_changed',
  'manual',
  'asked',
] as const;
export type EvaluationCause = (typeof EVALUATION_CAUSES)[number];
