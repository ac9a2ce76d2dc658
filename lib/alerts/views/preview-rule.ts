import { view } from '@/lib/auth/view';
import { findingsFound } from '@/lib/findings/read-findings';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { AlertRule, AlertRulePreviewDto } from '../contract/rules';
import { previewRule } from '../model/routing/preview';
import { peopleNamed } from '../store/alert/inbox-rows';

const PREVIEW_DAYS = 30;
/** Findings that a preview looks at; with more it says that it did not see all. */
const MAX_FINDINGS = 20_000;
const SHOWN = 10;

/** What a routing rule would have sent of the last 30 days' findings, and to whom. Changes nothing. */
export const viewRulePreview = view<AlertRule, AlertRulePreviewDto>(
  {
    permission: 'alerts.read',
    journal: () => ({ action: 'alert_rule.previewed', objectType: 'alert_rule' }),
  },
  async ({ sql, viewer, now }, rule) => {
    const from = addMs(now, -PREVIEW_DAYS * DAY_MS);
    const findings = await findingsFound(sql, { from, to: addMs(now, 1), limit: MAX_FINDINGS });
    const alerts = previewRule({ ...rule, enabled: true }, findings);
    const people = await peopleNamed(sql, { orgIds: viewer.orgIds, ...rule.who });
    return {
      from: toIso(from),
      to: toIso(now),
      findings: alerts.reduce((sum, alert) => sum + alert.findings, 0),
      alerts: alerts.length,
      people: people.map(({ id, name }) => ({ id, name })),
      channels: rule.channels,
      examples: alerts.slice(0, SHOWN).map((alert) => ({ ...alert, at: toIso(alert.at) })),
      incomplete: findings.length === MAX_FINDINGS,
    };
  },
);
