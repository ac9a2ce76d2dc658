import type { Risk } from '@/lib/kernel/words';

/** Which findings need a person. The first that fits opens the exception. */
export type OpeningRule = {
  readonly id: string;
  readonly says: string;
  /** `act`: it happened; `state`: it holds; `either`. */
  readonly about: 'act' | 'state' | 'either';
  /** Rules of findings; a trailing `*` stands for any ending; empty: all. */
  readonly rules: readonly string[];
  readonly minSeverity: Risk;
  readonly divisions: readonly string[];
  /** Controls that what fits is held against. */
  readonly controls: readonly string[];
  readonly on: boolean;
};

/** Who owns what is opened. The first that fits decides; empty lists fit all. */
export type AssignmentRule = {
  readonly id: string;
  readonly says: string;
  readonly rules: readonly string[];
  readonly controls: readonly string[];
  readonly divisions: readonly string[];
  readonly severities: readonly Risk[];
  readonly ownerId: string;
};

export type Sla = {
  /** Days until an exception is due, counted from its opening. */
  readonly dueDays: Readonly<Record<Risk, number>>;
  /** Longest acceptance in days. */
  readonly maxAcceptDays: Readonly<Record<Risk, number>>;
};

export const BUILT_IN_SLA: Sla = {
  dueDays: { critical: 3, high: 7, medium: 30, low: 90 },
  maxAcceptDays: { critical: 30, high: 60, medium: 90, low: 90 },
};

/** Acts that somebody has to answer for, by the rule that found them. */
export const ACTS_TO_ANSWER = [
  'self-move',
  'self-grant',
  'high-risk-ad-hoc',
  'ghost-admin',
  'restricted-move',
  'boundary-cross',
  'unaudited-move',
  'pipeline-bypass',
  'mass-oauth',
] as const;

export const BUILT_IN_OPENING: readonly OpeningRule[] = [
  {
    id: 'states',
    says: 'Whatever holds against policy: access beyond what a person should hold, failing controls',
    about: 'state',
    rules: [],
    minSeverity: 'medium',
    divisions: [],
    controls: [],
    on: true,
  },
  {
    id: 'acts',
    says: 'Acts that nobody asked for or nobody may do alone',
    about: 'act',
    rules: [...ACTS_TO_ANSWER],
    minSeverity: 'medium',
    divisions: [],
    controls: [],
    on: true,
  },
];

/** What opening and assignment rules look at. */
export type RuleSubject = {
  readonly rule: string;
  readonly about: 'act' | 'state';
  readonly severity: Risk;
  readonly divisionIds: readonly string[];
  readonly controlIds: readonly string[];
};

const ORDER: readonly Risk[] = ['low', 'medium', 'high', 'critical'];

/** The first opening rule that fits, or null: the finding needs nobody. */
export function openingRuleOf(subject: RuleSubject, rules: readonly OpeningRule[]): OpeningRule | null {
  return (
    rules.find(
      (rule) =>
        rule.on &&
        (rule.about === 'either' || rule.about === subject.about) &&
        namesOne(rule.rules, subject.rule) &&
        ORDER.indexOf(subject.severity) >= ORDER.indexOf(rule.minSeverity) &&
        overlaps(rule.divisions, subject.divisionIds),
    ) ?? null
  );
}

/** The first assignment rule that fits, or null: nobody owns it yet. */
export function assignmentRuleOf(
  subject: RuleSubject,
  rules: readonly AssignmentRule[],
): AssignmentRule | null {
  return (
    rules.find(
      (rule) =>
        namesOne(rule.rules, subject.rule) &&
        overlaps(rule.controls, subject.controlIds) &&
        overlaps(rule.divisions, subject.divisionIds) &&
        (rule.severities.length === 0 || rule.severities.includes(subject.severity)),
    ) ?? null
  );
}

/** Controls a finding is held against: its own where a control found it, else those the opening rule names. */
export function controlsOf(
  finding: { readonly key: string; readonly rule: string },
  rule: OpeningRule,
): string[] {
  return finding.key.startsWith('control/') ? [finding.rule] : [...rule.controls];
}

/** Whether the list is empty or names the rule, also by its beginning and a `*`. */
export function namesOne(patterns: readonly string[], rule: string): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((one) => (one.endsWith('*') ? rule.startsWith(one.slice(0, -1)) : one === rule))
  );
}

function overlaps(wanted: readonly string[], given: readonly string[]): boolean {
  return wanted.length === 0 || given.some((one) => wanted.includes(one));
}
