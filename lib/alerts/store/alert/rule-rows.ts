import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import { type AlertRule, alertRuleSchema } from '../../contract/rules';

/** A routing rule as it was set once. */
export type RuleVersion = {
  readonly ruleId: string;
  readonly version: number;
  readonly validFrom: Date;
  readonly removed: boolean;
  readonly rule: AlertRule;
  readonly changedBy: string;
};

type Row = {
  rule_id: string;
  version: number;
  valid_from: Date;
  removed: boolean;
  rule: unknown;
  changed_by: string;
};

/** The newest version of each rule at an instant, removed ones included, by id. */
export async function versionsAt(sql: Sql, at: Date): Promise<RuleVersion[]> {
  const rows = await sql.query<Row>(
    `select distinct on (rule_id) rule_id, version, valid_from, removed, rule, changed_by from alert_rule_version
     where valid_from <= $1 order by rule_id, valid_from desc, version desc`,
    [at],
  );
  return rows.map(versionOf);
}

/** The newest version of one rule; the rule stays locked to the end of the transaction. */
export async function lockRule(sql: Sql, ruleId: string): Promise<RuleVersion | null> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.alert-rule:' || $1, 0))`, [
    ruleId,
  ]);
  const rows = await sql.query<Row>(
    `select rule_id, version, valid_from, removed, rule, changed_by from alert_rule_version
     where rule_id = $1 order by version desc limit 1`,
    [ruleId],
  );
  return rows[0] ? versionOf(rows[0]) : null;
}

/** Appends a version. */
export async function insertVersion(sql: Sql, version: RuleVersion): Promise<void> {
  const { ruleId, validFrom, removed, rule, changedBy } = version;
  const body = canonicalJson({
    ruleId,
    version: version.version,
    validFrom: toIsoMs(validFrom),
    removed,
    rule,
    changedBy,
  });
  const leaf = sealable({
    kind: 'alert_rule_version',
    orgId: null,
    factId: `${ruleId}:${version.version}`,
    receivedAt: validFrom,
    bytes: body,
  });
  await sql.query(
    `insert into alert_rule_version (rule_id, version, valid_from, removed, rule, changed_by, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7, $3, $8, $9)`,
    [
      ruleId,
      version.version,
      validFrom,
      removed,
      canonicalJson(rule),
      changedBy,
      body,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

function versionOf(row: Row): RuleVersion {
  return {
    ruleId: row.rule_id,
    version: row.version,
    validFrom: row.valid_from,
    removed: row.removed,
    rule: alertRuleSchema.parse(row.rule),
    changedBy: row.changed_by,
  };
}
