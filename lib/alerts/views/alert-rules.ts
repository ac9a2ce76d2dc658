import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { allRules } from '@/lib/detections/catalogue';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { AlertRuleDto, DetectionDto } from '../contract/rules';
import { isBuiltIn } from '../model/routing/built-in-rules';
import { type RuleInForce, rulesInForce } from '../rules/rules-in-force';
import { sentByRule } from '../store/alert/alert-list';

/** Since when the product's own rules are in force: with the release that brought them. */
const BUILT_IN_SINCE = '2026-11-28T00:00:00Z';

type List<Item> = { readonly items: readonly Item[]; readonly nextCursor: null };

/** The routing rules in force, in the order in which they are asked. */
export const viewAlertRules = view<Record<string, never>, List<AlertRuleDto>>(
  { permission: 'alerts.read', journal: () => ({ action: 'alert_rules.viewed', objectType: 'alert_rule' }) },
  async ({ sql, now }) => ({ items: await ruleDtos(sql, now), nextCursor: null }),
);

/** One rule as people see it, for answers to who just changed it. Throws `not_found`. */
export async function alertRuleDto(sql: Sql, id: string, now: Date): Promise<AlertRuleDto> {
  const found = (await ruleDtos(sql, now)).find((rule) => rule.id === id);
  if (found === undefined)
    throw requestError('not_found', 'cannot find the rule: there is none with this id');
  return found;
}

async function ruleDtos(sql: Sql, now: Date): Promise<AlertRuleDto[]> {
  const sent = await sentByRule(sql, addMs(now, -30 * DAY_MS));
  return (await rulesInForce(sql, now)).map((rule) => toDto(rule, sent.get(rule.id) ?? 0));
}

function toDto({ id, rule, set }: RuleInForce, sent30Days: number): AlertRuleDto {
  return {
    ...rule,
    id,
    since: set === null ? BUILT_IN_SINCE : toIso(set.validFrom),
    changedBy: set?.changedBy ?? 'Tallystick',
    builtIn: isBuiltIn(id),
    sent30Days,
  };
}

/** Every detection of the product: what it finds, why that matters, what to do. */
export const viewDetections = view<Record<string, never>, List<DetectionDto>>(
  { permission: 'alerts.read', journal: () => ({ action: 'detections.viewed', objectType: 'detection' }) },
  async () => ({
    items: allRules().map(({ id, title, about, severity, runbook, unmutable, responses }) => ({
      id,
      title,
      about,
      severity,
      runbook,
      unmutable: unmutable ?? false,
      responses,
    })),
    nextCursor: null,
  }),
);
