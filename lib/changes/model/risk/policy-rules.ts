import type { Risk } from '@/lib/kernel/words';
import { isNarrow, type RuleContent } from './rule';

/** A line of the policy's `highRisk`; a text is an entity type. */
export type PolicyRule =
  | string
  | {
      readonly service?: string | undefined;
      readonly entityType?: string | undefined;
      readonly action?: string | undefined;
      readonly property?: string | undefined;
      readonly actor?: string | undefined;
      readonly reason?: string | undefined;
      readonly level?: Risk | undefined;
    };

/**
 * What a line of the policy says as a rule, or null when it asks for nothing. It can only add to what the table says, since the
 * highest level decides; so a policy applied by one person takes nothing away.
 */
export function ruleOfPolicy(given: PolicyRule): RuleContent | null {
  const line = typeof given === 'string' ? { entityType: given } : given;
  const listed = (one: string | undefined) => (one === undefined ? [] : [one]);
  const named = [line.service, line.entityType, line.action, line.property, line.actor].filter(
    (one) => one !== undefined,
  );
  const rule: RuleContent = {
    name: `Policy: ${named.join(', ')}`,
    service: line.service ?? null,
    entityTypes: listed(line.entityType),
    actions: listed(line.action),
    properties: listed(line.property),
    actor: line.actor ?? null,
    conditions: [],
    level: line.level ?? 'high',
    reason: line.reason ?? 'the organisation’s policy calls it high-risk',
    enabled: true,
  };
  return isNarrow(rule) ? rule : null;
}
