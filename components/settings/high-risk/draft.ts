import type { RiskRuleContentDto, RiskRuleDto, RiskRuleTrial } from '@/lib/changes/contract/risk-rules';

/** A rule as the form holds it: texts of lists by line, so that one may type what is not in the data yet. */
export type RuleDraft = Omit<RiskRuleContentDto, 'properties' | 'service' | 'actor'> & {
  readonly service: string;
  readonly properties: string;
  readonly actor: string;
};

export const NEW_DRAFT: RuleDraft = {
  name: '',
  service: '',
  entityTypes: [],
  actions: [],
  properties: '',
  actor: '',
  conditions: [],
  level: 'high',
  reason: '',
  enabled: true,
};

export function draftOf(rule: RiskRuleDto): RuleDraft {
  const { name, entityTypes, actions, conditions, level, reason, enabled } = rule;
  return {
    name,
    entityTypes,
    actions,
    conditions,
    level,
    reason,
    enabled,
    service: rule.service ?? '',
    properties: rule.properties.join('\n'),
    actor: rule.actor ?? '',
  };
}

/** What the form asks for, as the API takes it. */
export function contentOf(draft: RuleDraft): RiskRuleTrial['content'] {
  const { name, entityTypes, actions, conditions, level, reason, enabled } = draft;
  return {
    name: name.trim(),
    service: orNull(draft.service),
    entityTypes: [...entityTypes],
    actions: [...actions],
    properties: draft.properties.split('\n').flatMap((line) => orNull(line) ?? []),
    actor: orNull(draft.actor),
    conditions: [...conditions],
    level,
    reason: reason.trim(),
    enabled,
  };
}

/** The same with a name and a reason where the form has none yet: a trial needs neither. */
export function trialOf(draft: RuleDraft): RiskRuleTrial['content'] {
  const content = contentOf(draft);
  return {
    ...content,
    name: content.name.length < 3 ? 'A rule that is being written' : content.name,
    reason: content.reason.length < 5 ? 'it is being written' : content.reason,
  };
}

/** Whether the form says anything the API would call another rule. */
export function isChanged(draft: RuleDraft, rule: RiskRuleDto | undefined): boolean {
  return rule === undefined || JSON.stringify(contentOf(draft)) !== JSON.stringify(contentOf(draftOf(rule)));
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
