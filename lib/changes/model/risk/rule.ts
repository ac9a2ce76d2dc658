import type { Risk } from '@/lib/kernel/words';

/** What a rule may ask of a change beyond its own words: who is meant, where it lies, what else is known. */
export const RISK_CONDITIONS = [
  'moves_division',
  'into_restricted',
  'out_of_restricted',
  'in_restricted',
  'self_target',
  'own_account',
  'own_role',
  'own_group',
  'own_queue',
  'privileged_role',
  'new_address',
  'genesys_staff',
  'outside_actor',
  'unknown_actor',
  'uncaused_grant',
] as const;
export type RiskCondition = (typeof RISK_CONDITIONS)[number];

/** One line of the table of high-risk changes; an empty list and null match anything, all that is given must fit. */
export type RuleContent = {
  readonly name: string;
  readonly service: string | null;
  readonly entityTypes: readonly string[];
  readonly actions: readonly string[];
  /** Names of properties, one of which the change must have; `*` stands for any letters, case plays no part. */
  readonly properties: readonly string[];
  /** Id of a person or OAuth client. */
  readonly actor: string | null;
  /** All of them must hold. */
  readonly conditions: readonly RiskCondition[];
  readonly level: Risk;
  /** Why, in words that end the sentence "Risky because …". */
  readonly reason: string;
  readonly enabled: boolean;
};

/** A rule as one of its versions says it. The product's own rules are version 1; each approved proposal is the next. */
export type RiskRule = RuleContent & { readonly id: string; readonly version: number };

/** How a change names the rule that judged it. */
export function markOf(rule: Pick<RiskRule, 'id' | 'version'>): string {
  return `${rule.id}@${rule.version}`;
}

/** Rule and version of a mark, or null when the text is none. */
export function readMark(mark: string): { readonly id: string; readonly version: number } | null {
  const at = mark.lastIndexOf('@');
  const version = Number(mark.slice(at + 1));
  return at <= 0 || !Number.isInteger(version) ? null : { id: mark.slice(0, at), version };
}

/** How narrow a rule is: the number of things it asks for. Among reasons of one level the narrowest stands first. */
export function specificityOf(rule: RuleContent): number {
  const given = [
    rule.service !== null,
    rule.entityTypes.length > 0,
    rule.actions.length > 0,
    rule.properties.length > 0,
    rule.actor !== null,
  ];
  return given.filter(Boolean).length + rule.conditions.length;
}

/** Whether the rule asks for anything at all: one that does not would call every change risky. */
export function isNarrow(rule: RuleContent): boolean {
  return specificityOf(rule) > 0;
}

/**
 * A pattern of property names as a regular expression. Two stars at most reach it (the contract sees to that), so that a long
 * name cannot make it slow.
 */
export function propertyPattern(patterns: readonly string[]): RegExp | null {
  if (patterns.length === 0) return null;
  const each = patterns.map((one) => one.split('*').map(literally).join('[^]*'));
  return new RegExp(`^(?:${each.join('|')})$`, 'i');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
