import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { Risk } from '@/lib/kernel/words';
import type { RiskRulePreviewDto, RiskRuleTrial } from '../contract/risk-rules';
import { loadKnowledge } from '../ingest/load-knowledge';
import { assessRisk } from '../model/risk/assess-risk';
import { markOf, type RiskRule } from '../model/risk/rule';
import { ruleBook } from '../model/risk/rule-book';
import { countEffect, NO_EFFECT, withRule } from '../model/risk/try-rule';
import { loadRiskRules } from '../risk/load-rules';
import { changesByPlace, changesToTry, type Tried } from '../store/risk/tried';
import { sentenceOfRow } from './change-dto';

const DAYS = [30, 90] as const;
const BATCH = 2_000;
/** More changes than this take too long for somebody who waits. */
const MOST_TRIED = 50_000;
const SAMPLE = 10;
/** Stands for a rule that is not there yet; no rule is called so. */
const NEW_RULE = 'new-rule';

/** What a rule, as it stands in a form, would have done to the changes of the last 30 and 90 days; changes nothing. */
export const viewRiskRulePreview = view(
  {
    permission: 'settings.read',
    journal: (asked: RiskRuleTrial) => ({
      action: 'high_risk_rule.previewed',
      objectType: 'high_risk_rule',
      objectId: asked.ruleId,
      orgId: asked.org.toLowerCase(),
      detail: { content: asked.content },
    }),
  },
  async ({ sql, viewer, now }, asked: RiskRuleTrial): Promise<RiskRulePreviewDto> => {
    const orgId = asked.org.toLowerCase();
    if (!viewer.orgIds.includes(orgId))
      throw requestError('not_found', 'cannot try the rule: there is no such organisation');
    const rule: RiskRule = { ...asked.content, id: asked.ruleId ?? NEW_RULE, version: 0 };
    const since = DAYS.map((days) => addMs(now, -days * DAY_MS));
    const effects = DAYS.map(() => NO_EFFECT);
    const differing: Differing[] = [];
    const { tried, incomplete } = await eachTried(sql, { orgId, rule, from: since.at(-1) ?? now, now });
    for (const one of tried) {
      since.forEach((from, index) => {
        if (one.at.eventDate >= from) effects[index] = countEffect(effects[index] ?? NO_EFFECT, one);
      });
      if (one.from !== one.to && differing.length < SAMPLE) differing.push(one);
    }
    return {
      at: toIso(now),
      effects: DAYS.map((days, index) => ({ days, ...(effects[index] ?? NO_EFFECT) })),
      sample: await sampleOf(sql, orgId, differing),
      incomplete,
    };
  },
);

type Differing = {
  readonly at: { readonly eventDate: Date; readonly id: string };
  readonly from: Risk;
  readonly to: Risk;
  readonly matched: boolean;
};

/** Each change the rule may concern, newest first, as it is judged now and as it would be. */
async function eachTried(
  sql: Sql,
  of: { readonly orgId: string; readonly rule: RiskRule; readonly from: Date; readonly now: Date },
): Promise<{ readonly tried: readonly Differing[]; readonly incomplete: boolean }> {
  const { orgId, rule, from, now } = of;
  const knowledge = await loadKnowledge(sql, orgId, now);
  const would = ruleBook(withRule(await loadRiskRules(sql, orgId), rule));
  const concerning = { ruleId: rule.id, content: rule.enabled ? rule : null };
  const tried: Differing[] = [];
  let before: Differing['at'] | null = null;
  for (;;) {
    const rows: Tried[] = await changesToTry(sql, { orgId, from, before, concerning, limit: BATCH });
    for (const row of rows) {
      const { change } = row;
      const context = {
        actorKind: row.actorKind,
        excludedReason: row.excludedReason,
        divisionId: row.divisionId,
        newAddress: row.newAddress,
        isPrivilegedRole: (id: string) => knowledge.isPrivilegedRole(id, change.eventDate),
        isRestrictedDivision: (id: string) => knowledge.isRestrictedDivision(id, change.eventDate),
      };
      const is = assessRisk(change, context, knowledge.riskRules.at(change.eventDate));
      const to = assessRisk(change, context, would.at(change.eventDate));
      tried.push({
        at: { eventDate: change.eventDate, id: change.id },
        from: is.risk,
        to: to.risk,
        matched: to.rules.includes(markOf(rule)),
      });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return { tried, incomplete: false };
    if (tried.length >= MOST_TRIED) return { tried, incomplete: true };
    before = { eventDate: last.change.eventDate, id: last.change.id };
  }
}

async function sampleOf(
  sql: Sql,
  orgId: string,
  differing: readonly Differing[],
): Promise<RiskRulePreviewDto['sample']> {
  const rows = await changesByPlace(
    sql,
    orgId,
    differing.map(({ at }) => at),
  );
  return rows.flatMap((row) => {
    const one = differing.find(({ at }) => at.id === row.id);
    if (one === undefined) return [];
    const { from, to } = one;
    return [{ id: row.id, eventDate: toIso(row.eventDate), sentence: sentenceOfRow(row), from, to }];
  });
}
