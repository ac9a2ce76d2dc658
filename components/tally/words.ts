import type {
  ActorKind,
  CoverageState,
  Exclusion,
  Linkage,
  Outcome,
  Planning,
  Risk,
  Source,
} from '@/lib/kernel/words';

/** The words on screen for the words on the wire. One place, so that a status is never called two things. */
export const LINKAGE_WORDS = {
  linked: 'Linked',
  late_approval: 'Approved late',
  outside_window: 'Outside window',
  mismatch: 'Mismatch',
  unlinked: 'Unlinked',
  not_applicable: 'Not applicable',
} as const satisfies Record<Linkage, string>;

export const LINKAGE_MEANINGS = {
  linked: 'A ticket or commit asked for it, approved before, and fits',
  late_approval: 'It was approved only after it was made',
  outside_window: 'Approved, but not made in the approved window',
  mismatch: 'What it cites does not exist, was refused, or names other objects',
  unlinked: 'Nothing asked for it, or what it cites was not looked up yet',
  not_applicable: 'Not an accountable change: nothing to match',
} as const satisfies Record<Linkage, string>;

/** Text colour of each linkage; always beside the shape and the word. */
export const LINKAGE_COLOURS = {
  linked: 'text-linked',
  late_approval: 'text-late',
  outside_window: 'text-outside',
  mismatch: 'text-mismatch',
  unlinked: 'text-unlinked',
  not_applicable: 'text-idle',
} as const satisfies Record<Linkage, string>;

export const PLANNING_WORDS = {
  planned_pipeline: 'Planned, by pipeline',
  planned_manual: 'Planned, by hand',
  ad_hoc: 'Ad-hoc',
  not_applicable: 'Not applicable',
} as const satisfies Record<Planning, string>;

export const RISK_WORDS = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const satisfies Record<Risk, string>;

export const ACTOR_KIND_WORDS = {
  person: 'Person',
  automation: 'Automation',
  platform: 'Platform',
  external: 'External',
  unknown: 'Unknown actor',
} as const satisfies Record<ActorKind, string>;

export const EXCLUSION_WORDS = {
  platform: 'platform records',
  genesys_internal: 'Genesys-internal records',
  failure: 'failed attempts',
  read: 'reads',
  excused: 'excused by a rule',
} as const satisfies Record<Exclusion, string>;

export const SOURCE_WORDS = {
  push: 'pushed',
  pull: 'pulled',
  realtime: 'asked in real time',
  file: 'read from a large-result file',
  snapshot_diff: 'found by comparing snapshots',
} as const satisfies Record<Source, string>;

export const OUTCOME_WORDS = {
  pass: 'Pass',
  fail: 'Fail',
  not_evaluated: 'Not evaluated',
  not_applicable: 'Not applicable',
} as const satisfies Record<Outcome, string>;

export const COVERAGE_WORDS = {
  pending: 'Pending',
  provisional: 'Provisional',
  complete: 'Complete',
  late_complete: 'Complete, late',
  gap: 'Gap',
  not_evaluated: 'Not evaluated',
} as const satisfies Record<CoverageState, string>;

export const COVERAGE_MEANINGS = {
  pending: 'Too young to judge, or not asked for yet',
  provisional: 'Read once; late records may still come',
  complete: 'Reconciled: late enough, or two readings or two paths agree',
  late_complete: 'Complete, but first read more than a day late, or grown since',
  gap: 'Asked for and not answered, or the last reading lost records',
  not_evaluated: 'The credentials may not read it',
} as const satisfies Record<CoverageState, string>;
