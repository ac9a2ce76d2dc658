import { z } from 'zod';
import { RISKS, type Risk } from '@/lib/kernel/words';
import { RISK_CONDITIONS, type RiskCondition } from '../model/risk/rule';

/** What crosses HTTP about the table of high-risk changes. */
const word = z.string().trim().min(1).max(200);
const words = z.array(word).max(60);
const why = z.string().trim().min(10, 'needs at least 10 characters').max(2000);
/** Two stars reach every place in a name, and no name can make matching slow. */
const pattern = word.refine((text) => (text.match(/\*/g) ?? []).length <= 2, 'may hold two * at most');

export const riskRuleContentSchema = z.strictObject({
  name: z.string().trim().min(3, 'needs at least 3 characters').max(120),
  service: word.nullable(),
  entityTypes: words,
  actions: words,
  /** Names of properties; `*` stands for any letters. */
  properties: z.array(pattern).max(30),
  /** Id of a person or OAuth client. */
  actor: word.nullable(),
  conditions: z.array(z.enum(RISK_CONDITIONS)).max(RISK_CONDITIONS.length),
  level: z.enum(RISKS),
  reason: z.string().trim().min(5, 'needs at least 5 characters').max(300),
  enabled: z.boolean(),
});

const narrow = riskRuleContentSchema.refine(
  (rule) =>
    rule.service !== null ||
    rule.actor !== null ||
    [rule.entityTypes, rule.actions, rule.properties, rule.conditions].some((list) => list.length > 0),
  { message: 'must say which changes it is about', path: ['entityTypes'] },
);

export const riskRuleTrialSchema = z.strictObject({
  org: z.uuid(),
  /** The rule to change; null adds one. */
  ruleId: word.nullable(),
  content: narrow,
});
export type RiskRuleTrial = z.infer<typeof riskRuleTrialSchema>;

export const riskRuleProposalSchema = riskRuleTrialSchema.extend({
  why,
  /** Event time from which it judges, also changes that were judged before; null: from the approval on. */
  effectiveFrom: z.iso.datetime({ offset: true }).nullable(),
});
export type RiskRuleProposal = z.infer<typeof riskRuleProposalSchema>;

export const riskRuleDecisionSchema = z.strictObject({
  decision: z.enum(['approve', 'refuse', 'withdraw']),
  why,
});
export type RiskRuleDecision = z.infer<typeof riskRuleDecisionSchema>;
export const riskRuleProposalIdSchema = z.object({ id: word });

export const riskRuleListSchema = z.object({
  org: z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(z.uuid()).optional(),
  ),
});

const effectSchema = z.object({
  /** Days back from the moment it was asked. */
  days: z.number(),
  /** Changes the rule as proposed is about. */
  matched: z.number(),
  /** Of high or critical risk with the rule and not without it, and the other way round. */
  becomeHigh: z.number(),
  stopHigh: z.number(),
  /** Whose level is another without crossing that line. */
  otherwise: z.number(),
});
export const riskRulePreviewSchema = z.object({
  at: z.string(),
  effects: z.array(effectSchema),
  sample: z.array(
    z.object({
      id: z.string(),
      eventDate: z.string(),
      sentence: z.string(),
      from: z.enum(RISKS),
      to: z.enum(RISKS),
    }),
  ),
  /** There were more changes than a preview looks at; the newest were. */
  incomplete: z.boolean(),
});
export type RiskRulePreviewDto = z.infer<typeof riskRulePreviewSchema>;

export type RiskRuleContentDto = {
  readonly name: string;
  readonly service: string | null;
  readonly entityTypes: readonly string[];
  readonly actions: readonly string[];
  readonly properties: readonly string[];
  readonly actor: string | null;
  readonly conditions: readonly RiskCondition[];
  readonly level: Risk;
  readonly reason: string;
  readonly enabled: boolean;
};

export type RiskRuleDto = RiskRuleContentDto & {
  readonly id: string;
  readonly version: number;
  /** Where it comes from: the product, the policy of the organisation, or people here. */
  readonly origin: 'product' | 'policy' | 'person';
  /** Event time from which this version judges; null: always. */
  readonly effectiveFrom: string | null;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  /** Guards deletions of trunks or divisions. */
  readonly guardsDeletions: boolean;
  /** Accountable changes it was about, in the time that the answer names as counted. */
  readonly changes30Days: number;
};

export type RiskRuleProposalDto = {
  readonly id: string;
  readonly ruleId: string;
  /** Version it was based on; 0 for a new rule. */
  readonly baseVersion: number;
  readonly before: RiskRuleContentDto | null;
  readonly content: RiskRuleContentDto;
  readonly why: string;
  readonly effectiveFrom: string | null;
  readonly preview: RiskRulePreviewDto;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly decision: {
    readonly outcome: 'approved' | 'refused' | 'withdrawn';
    readonly why: string;
    readonly by: string;
    readonly at: string;
    /** The version it made. */
    readonly version: number | null;
  } | null;
  /** What the viewer may do about it now, and why not. */
  readonly may: Readonly<
    Record<RiskRuleDecision['decision'], { readonly allowed: boolean; readonly because: string | null }>
  >;
};

export type RiskRejudgeDto = {
  readonly ruleId: string | null;
  readonly version: number | null;
  readonly from: string;
  readonly requestedAt: string;
  readonly read: number;
  readonly changed: number;
};

export type RiskRulesDto = {
  /** The last 30 days, in which changes are counted. */
  readonly counted: { readonly from: string; readonly to: string };
  readonly organizations: readonly {
    readonly orgId: string;
    readonly rules: readonly RiskRuleDto[];
    /** Open first, then newest first. */
    readonly proposals: readonly RiskRuleProposalDto[];
    /** What is being judged again now. */
    readonly rejudging: readonly RiskRejudgeDto[];
    /** What the organisation's changes are called, for choosing. */
    readonly known: {
      readonly services: readonly string[];
      readonly entityTypes: readonly string[];
      readonly actions: readonly string[];
    };
  }[];
};
