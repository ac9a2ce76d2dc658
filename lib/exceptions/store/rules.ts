import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { AssignmentRule, OpeningRule, Sla } from '../model/rules';

/** Kind of the rules' leaves in the ledger. */
export const RULES_LEAF_KIND = 'exception_rules';

export type RulesOf = {
  readonly opening: readonly OpeningRule[];
  readonly assignment: readonly AssignmentRule[];
  readonly sla: Sla;
};
export type RulesKind = keyof RulesOf;

export type RulesVersion<Kind extends RulesKind> = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: Kind;
  readonly validFrom: Date;
  readonly rules: RulesOf[Kind];
  readonly reason: string;
  readonly setBy: { readonly id: string | null; readonly name: string };
};

/** Appends a version and returns its id. */
export async function appendRules<Kind extends RulesKind>(
  sql: Sql,
  version: Omit<RulesVersion<Kind>, 'id'>,
  now: Date,
): Promise<string> {
  const { orgId, kind, validFrom, rules, reason, setBy } = version;
  const id = newId('assignmentRule', now);
  const body = canonicalJson({
    id,
    orgId,
    kind,
    validFrom: toIsoMs(validFrom),
    rules,
    reason,
    setBy,
    receivedAt: toIsoMs(now),
  });
  const leaf = sealable({ kind: RULES_LEAF_KIND, orgId, factId: id, receivedAt: now, bytes: body });
  await sql.query(
    `insert into exception_rules (id, org_id, kind, valid_from, rules, reason, actor_id, actor_name, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      orgId,
      kind,
      validFrom,
      JSON.stringify(rules),
      reason,
      setBy.id,
      setBy.name,
      body,
      now,
      leaf.salt,
      leaf.leafHash,
    ],
  );
  return id;
}

/** Versions of a kind, the one that would stand last first; at most `limit`. */
export async function selectRules<Kind extends RulesKind>(
  sql: Sql,
  asked: { readonly orgId: string; readonly kind: Kind; readonly at: Date | null; readonly limit: number },
): Promise<RulesVersion<Kind>[]> {
  const rows = await sql.query<{
    id: string;
    valid_from: Date;
    rules: RulesOf[Kind];
    reason: string;
    actor_id: string | null;
    actor_name: string;
  }>(
    `select id, valid_from, rules, reason, actor_id, actor_name from exception_rules
     where org_id = $1 and kind = $2 and ($3::timestamptz is null or valid_from <= $3)
     order by valid_from desc, received_at desc, id desc limit $4`,
    [asked.orgId, asked.kind, asked.at, asked.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    orgId: asked.orgId,
    kind: asked.kind,
    validFrom: row.valid_from,
    rules: row.rules,
    reason: row.reason,
    setBy: { id: row.actor_id, name: row.actor_name },
  }));
}
