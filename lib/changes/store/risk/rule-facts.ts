import type { Sql } from '@/lib/db/sql';
import type { JournalActor } from '@/lib/kernel/actor';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import {
  type RiskRulePreviewDto,
  riskRuleContentSchema,
  riskRulePreviewSchema,
} from '../../contract/risk-rules';
import type { RiskRule, RuleContent } from '../../model/risk/rule';

/** Kinds of their leaves in the ledger. */
export const PROPOSAL_LEAF_KIND = 'high_risk_proposal';
export const RULE_DECISION_LEAF_KIND = 'high_risk_decision';
export const RULE_LEAF_KIND = 'high_risk_rule';

export type RuleProposal = {
  readonly id: string;
  readonly orgId: string;
  readonly ruleId: string;
  /** 0 for a new rule. */
  readonly baseVersion: number;
  readonly content: RuleContent;
  readonly why: string;
  /** Null: from the approval on. */
  readonly effectiveFrom: Date | null;
  readonly preview: RiskRulePreviewDto;
  readonly proposedBy: Pick<JournalActor, 'kind' | 'id' | 'name'>;
  readonly receivedAt: Date;
};

export type RuleDecision = {
  readonly decision: 'approved' | 'refused' | 'withdrawn';
  readonly why: string;
  readonly decidedBy: Pick<JournalActor, 'kind' | 'id' | 'name'>;
  readonly receivedAt: Date;
};

export async function insertProposal(sql: Sql, proposal: RuleProposal): Promise<void> {
  const { id, orgId, ruleId, baseVersion, content, why, effectiveFrom, preview, proposedBy } = proposal;
  const body = canonicalJson({
    id,
    ruleId,
    baseVersion,
    content: { ...content },
    why,
    effectiveFrom: effectiveFrom === null ? null : toIsoMs(effectiveFrom),
    preview,
    proposedBy: { kind: proposedBy.kind, id: proposedBy.id, name: proposedBy.name },
  });
  const { receivedAt } = proposal;
  const leaf = sealable({ kind: PROPOSAL_LEAF_KIND, orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into high_risk_proposal (id, org_id, rule_id, base_version, content, why, effective_from, preview, proposed_kind, proposed_by, proposed_by_name,
       body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      id,
      orgId,
      ruleId,
      baseVersion,
      JSON.stringify(content),
      why,
      effectiveFrom,
      JSON.stringify(preview),
      proposedBy.kind,
      proposedBy.id,
      proposedBy.name,
      body,
      receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

export async function insertRuleDecision(
  sql: Sql,
  of: Pick<RuleProposal, 'id' | 'orgId'>,
  { decision, why, decidedBy, receivedAt }: RuleDecision,
): Promise<void> {
  const { id, orgId } = of;
  const by = { kind: decidedBy.kind, id: decidedBy.id, name: decidedBy.name };
  const body = canonicalJson({ proposalId: id, decision, why, decidedBy: by });
  const leaf = sealable({ kind: RULE_DECISION_LEAF_KIND, orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into high_risk_decision (proposal_id, org_id, decision, why, decided_kind, decided_by, decided_by_name, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [id, orgId, decision, why, by.kind, by.id, by.name, body, receivedAt, leaf.salt, leaf.leafHash],
  );
}

export async function insertRuleVersion(
  sql: Sql,
  version: {
    readonly orgId: string;
    readonly ruleId: string;
    readonly version: number;
    readonly proposalId: string;
    readonly content: RuleContent;
    readonly effectiveFrom: Date;
    readonly receivedAt: Date;
  },
): Promise<void> {
  const { orgId, ruleId, proposalId, content, effectiveFrom, receivedAt } = version;
  const body = canonicalJson({
    ruleId,
    version: version.version,
    proposalId,
    content: { ...content },
    effectiveFrom: toIsoMs(effectiveFrom),
  });
  const factId = `${ruleId}/${version.version}`;
  const leaf = sealable({ kind: RULE_LEAF_KIND, orgId, factId, receivedAt, bytes: body });
  await sql.query(
    `insert into high_risk_rule (org_id, rule_id, version, proposal_id, content, effective_from, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      orgId,
      ruleId,
      version.version,
      proposalId,
      JSON.stringify(content),
      effectiveFrom,
      body,
      receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

export type StoredVersion = { readonly rule: RiskRule; readonly effectiveFrom: Date };

/** Every approved version of an organisation's rules, each rule's in their order. */
export async function ruleVersions(sql: Sql, orgId: string): Promise<StoredVersion[]> {
  const rows = await sql.query<{
    rule_id: string;
    version: number;
    content: unknown;
    effective_from: Date;
  }>(
    'select rule_id, version, content, effective_from from high_risk_rule where org_id = $1 order by rule_id, version',
    [orgId],
  );
  return rows.map((row) => ({
    rule: { ...riskRuleContentSchema.parse(row.content), id: row.rule_id, version: row.version },
    effectiveFrom: row.effective_from,
  }));
}

export type DecidedProposal = RuleProposal & {
  readonly decision: (RuleDecision & { readonly version: number | null }) | null;
};

type ProposalRow = {
  id: string;
  org_id: string;
  rule_id: string;
  base_version: number;
  content: unknown;
  why: string;
  effective_from: Date | null;
  preview: unknown;
  proposed_kind: JournalActor['kind'];
  proposed_by: string | null;
  proposed_by_name: string;
  received_at: Date;
  decision: RuleDecision['decision'] | null;
  decided_why: string;
  decided_kind: JournalActor['kind'];
  decided_by: string | null;
  decided_by_name: string;
  decided_at: Date;
  made_version: number | null;
};

const PROPOSALS = `select p.id, p.org_id, p.rule_id, p.base_version, p.content, p.why, p.effective_from, p.preview, p.proposed_kind, p.proposed_by, p.proposed_by_name,
    p.received_at, d.decision, d.why as decided_why, d.decided_kind, d.decided_by, d.decided_by_name, d.received_at as decided_at, r.version as made_version
  from high_risk_proposal p left join high_risk_decision d on d.proposal_id = p.id left join high_risk_rule r on r.proposal_id = p.id`;

/** One proposal with its decision, or null. */
export async function proposalById(sql: Sql, id: string): Promise<DecidedProposal | null> {
  const [row] = await sql.query<ProposalRow>(`${PROPOSALS} where p.id = $1`, [id]);
  return row === undefined ? null : toProposal(row);
}

/** An organisation's proposals: those that wait first, then the newest. */
export async function proposalsOf(sql: Sql, orgId: string, limit: number): Promise<DecidedProposal[]> {
  const rows = await sql.query<ProposalRow>(
    `${PROPOSALS} where p.org_id = $1 order by d.decision is null desc, coalesce(d.received_at, p.received_at) desc, p.id desc limit $2`,
    [orgId, limit],
  );
  return rows.map(toProposal);
}

/** Waits until nobody else proposes or decides about this organisation's rules. Requires a transaction. */
export async function lockRules(sql: Sql, orgId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`high-risk rules ${orgId}`]);
}

function toProposal(row: ProposalRow): DecidedProposal {
  return {
    id: row.id,
    orgId: row.org_id,
    ruleId: row.rule_id,
    baseVersion: row.base_version,
    content: riskRuleContentSchema.parse(row.content),
    why: row.why,
    effectiveFrom: row.effective_from,
    preview: riskRulePreviewSchema.parse(row.preview),
    proposedBy: { kind: row.proposed_kind, id: row.proposed_by, name: row.proposed_by_name },
    receivedAt: row.received_at,
    decision:
      row.decision === null
        ? null
        : {
            decision: row.decision,
            why: row.decided_why,
            decidedBy: { kind: row.decided_kind, id: row.decided_by, name: row.decided_by_name },
            receivedAt: row.decided_at,
            version: row.made_version,
          },
  };
}
