import { can } from '@/lib/auth/can';
import { type ViewContext, view } from '@/lib/auth/view';
import { actorOf } from '@/lib/auth/viewer';
import { addMs, DAY_MS, floorToSecond, type Interval, toIso } from '@/lib/kernel/instant';
import type {
  RiskRuleContentDto,
  RiskRuleDto,
  RiskRuleProposalDto,
  RiskRulesDto,
} from '../contract/risk-rules';
import { builtInRule, guardsDeletions } from '../model/risk/built-in-rules';
import { mayDecideRule } from '../model/risk/may-decide-rule';
import type { RiskRule, RuleContent } from '../model/risk/rule';
import type { RuleSpan } from '../model/risk/rule-book';
import { currentRules } from '../risk/current-rules';
import { loadRiskRules } from '../risk/load-rules';
import { openRejudges } from '../store/risk/rejudge';
import { type DecidedProposal, proposalsOf, ruleVersions } from '../store/risk/rule-facts';
import { countByRule, knownWords } from '../store/risk/tried';

const COUNTED_DAYS = 30;
const PROPOSALS_SHOWN = 200;

/** The table of high-risk changes of each organisation, with what is proposed, what was decided and what is judged again now. */
export const viewRiskRules = view(
  { permission: 'settings.read', journal: () => ({ objectType: 'high_risk_rule' }) },
  async (context, asked: { readonly org?: readonly string[] | undefined }): Promise<RiskRulesDto> => {
    const wanted = asked.org?.map((org) => org.toLowerCase());
    const orgIds = context.viewer.orgIds.filter((orgId) => wanted === undefined || wanted.includes(orgId));
    const to = floorToSecond(context.now);
    const counted = { from: addMs(to, -COUNTED_DAYS * DAY_MS), to };
    const organizations: RiskRulesDto['organizations'][number][] = [];
    for (const orgId of orgIds) organizations.push(await tableOf(context, orgId, counted));
    return { counted: { from: toIso(counted.from), to: toIso(counted.to) }, organizations };
  },
);

async function tableOf(
  context: ViewContext,
  orgId: string,
  counted: Interval,
): Promise<RiskRulesDto['organizations'][number]> {
  const { sql } = context;
  const counts = await countByRule(sql, orgId, counted);
  const proposals = await proposalsOf(sql, orgId, PROPOSALS_SHOWN);
  const newest = await currentRules(sql, orgId);
  const spans = await loadRiskRules(sql, orgId);
  const changed = { proposals, spans, counts };
  const rules = [
    ...newest.map((rule) => ruleDto(rule, builtInRule(rule.id) === null ? 'person' : 'product', changed)),
    ...spans
      .filter(({ rule, to }) => to === null && !newest.some((one) => one.id === rule.id))
      .map(({ rule }) => ruleDto(rule, 'policy', changed)),
  ];
  const versions = await ruleVersions(sql, orgId);
  const known = [...newest, ...versions.map(({ rule }) => rule)];
  return {
    orgId,
    rules,
    proposals: proposals.map((proposal) => proposalDto(proposal, { context, known, newest })),
    rejudging: (await openRejudges(sql, orgId)).map((one) => ({
      ruleId: one.ruleId,
      version: one.version,
      from: toIso(one.from),
      requestedAt: toIso(one.requestedAt),
      read: one.read,
      changed: one.changed,
    })),
    known: await knownWords(sql, orgId),
  };
}

function ruleDto(
  rule: RiskRule,
  origin: RiskRuleDto['origin'],
  of: {
    readonly proposals: readonly DecidedProposal[];
    readonly spans: readonly RuleSpan[];
    readonly counts: ReadonlyMap<string, number>;
  },
): RiskRuleDto {
  const made = of.proposals.find((one) => one.ruleId === rule.id && one.decision?.version === rule.version);
  const span = of.spans.find((one) => one.rule.id === rule.id && one.rule.version === rule.version);
  return {
    ...contentDto(rule),
    id: rule.id,
    version: rule.version,
    origin,
    effectiveFrom: span?.from == null ? null : toIso(span.from),
    changedBy: made?.proposedBy.name ?? null,
    changedAt: made?.decision == null ? null : toIso(made.decision.receivedAt),
    guardsDeletions: guardsDeletions(rule.id),
    changes30Days: of.counts.get(rule.id) ?? 0,
  };
}

function proposalDto(
  proposal: DecidedProposal,
  of: {
    readonly context: ViewContext;
    readonly known: readonly RiskRule[];
    readonly newest: readonly RiskRule[];
  },
): RiskRuleProposalDto {
  const { viewer } = of.context;
  const { ruleId, baseVersion, decision } = proposal;
  const before =
    of.known.find((rule) => rule.id === ruleId && rule.version === baseVersion) ??
    (baseVersion === 1 ? builtInRule(ruleId) : null);
  return {
    id: proposal.id,
    ruleId,
    baseVersion,
    before: before === null ? null : contentDto(before),
    content: contentDto(proposal.content),
    why: proposal.why,
    effectiveFrom: proposal.effectiveFrom === null ? null : toIso(proposal.effectiveFrom),
    preview: proposal.preview,
    proposedBy: proposal.proposedBy.name,
    proposedAt: toIso(proposal.receivedAt),
    decision:
      decision === null
        ? null
        : {
            outcome: decision.decision,
            why: decision.why,
            by: decision.decidedBy.name,
            at: toIso(decision.receivedAt),
            version: decision.version,
          },
    may: mayDecideRule(
      {
        proposedBy: proposal.proposedBy,
        isDecided: decision !== null,
        baseVersion,
        currentVersion: of.newest.find((rule) => rule.id === ruleId)?.version ?? 0,
      },
      { actor: actorOf(viewer), mayWrite: can(viewer, 'risk_rules.write') },
    ),
  };
}

function contentDto(rule: RuleContent): RiskRuleContentDto {
  const { name, service, entityTypes, actions, properties, actor, conditions, level, reason, enabled } = rule;
  return { name, service, entityTypes, actions, properties, actor, conditions, level, reason, enabled };
}
