import type { RiskRuleContentDto } from '@/lib/changes/contract/risk-rules';
import type { RiskCondition } from '@/lib/changes/model/risk/rule';

/** What a condition asks, as it ends the sentence "only where …". */
export const CONDITION_WORDS = {
  moves_division: 'it moves something to another division',
  into_restricted: 'it moves into a restricted division',
  out_of_restricted: 'it moves out of a restricted division',
  in_restricted: 'the object lies in a restricted division',
  self_target: 'people change something about themselves',
  own_account: 'people change their own account',
  own_role: 'people grant a role to themselves',
  own_group: 'people change their own membership of a group',
  own_queue: 'people add themselves to a queue',
  privileged_role: 'the role is privileged',
  new_address: 'the person comes from a new address',
  genesys_staff: 'Genesys’ own staff act',
  outside_actor: 'somebody of another organisation acts',
  unknown_actor: 'no record says who acted',
  uncaused_grant: 'access is granted and no record says by whom',
} as const satisfies Record<RiskCondition, string>;

/** Which changes a rule is about, in words; lists are alternatives, parts must all fit. */
export function aboutWords(rule: RiskRuleContentDto): string {
  const parts = [
    listOr(rule.actions) ?? 'any action',
    rule.entityTypes.length === 0 ? null : `on ${listOr(rule.entityTypes)}`,
    rule.service === null ? null : `in ${rule.service}`,
    rule.properties.length === 0 ? null : `of property ${listOr(rule.properties)}`,
    rule.actor === null ? null : `by ${rule.actor}`,
    rule.conditions.length === 0
      ? null
      : `where ${rule.conditions.map((one) => CONDITION_WORDS[one]).join(' and ')}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** `a, b or c`; null for none. */
export function listOr(words: readonly string[]): string | null {
  const last = words.at(-1);
  if (last === undefined) return null;
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

export type Difference = { readonly part: string; readonly from: string; readonly to: string };

/** What a proposal makes different, part by part; everything for a new rule. */
export function differences(
  before: RiskRuleContentDto | null,
  after: RiskRuleContentDto,
): readonly Difference[] {
  return PARTS.flatMap(({ part, word }) => {
    const from = before === null ? '' : word(before);
    const to = word(after);
    return from === to || (before === null && to === 'any') ? [] : [{ part, from, to }];
  });
}

const anyOf = (words: readonly string[]) => listOr(words) ?? 'any';
const PARTS: readonly { readonly part: string; readonly word: (rule: RiskRuleContentDto) => string }[] = [
  { part: 'State', word: (rule) => (rule.enabled ? 'on' : 'switched off') },
  { part: 'Level', word: (rule) => rule.level },
  { part: 'Name', word: (rule) => rule.name },
  { part: 'Service', word: (rule) => rule.service ?? 'any' },
  { part: 'Entity types', word: (rule) => anyOf(rule.entityTypes) },
  { part: 'Actions', word: (rule) => anyOf(rule.actions) },
  { part: 'Properties', word: (rule) => anyOf(rule.properties) },
  { part: 'Actor', word: (rule) => rule.actor ?? 'any' },
  {
    part: 'Only where',
    word: (rule) =>
      rule.conditions.length === 0 ? 'any' : rule.conditions.map((one) => CONDITION_WORDS[one]).join(' and '),
  },
  { part: 'Reason', word: (rule) => rule.reason },
];
