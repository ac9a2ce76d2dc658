import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Sensitivity, TaggedDivision } from '../model/policy/division-tag';
import type { PrivilegedRule } from '../model/policy/privileged-roles';

type Change = {
  readonly orgId: string;
  readonly withdrawn: boolean;
  readonly effectiveFrom: Date;
  readonly changedBy: string;
  readonly receivedAt: Date;
};

/** The tags in force at an instant. */
export async function loadTags(sql: Sql, orgId: string, at: Date): Promise<readonly TaggedDivision[]> {
  const rows = await sql.query<{
    chosen_by: 'id' | 'name';
    division: string;
    region: string | null;
    sensitivity: Sensitivity;
    rank: number | null;
  }>(
    `select chosen_by, division, region, sensitivity, rank from (
       select distinct on (chosen_by, division) * from division_tag where org_id = $1 and effective_from <= $2
       order by chosen_by, division, effective_from desc
     ) t where not withdrawn`,
    [orgId, at],
  );
  return rows.map(({ chosen_by, ...tag }) => ({ chosenBy: chosen_by, ...tag }));
}

/** Since when each tag in force holds, and who said so. */
export async function loadTagOrigins(
  sql: Sql,
  orgId: string,
  at: Date,
): Promise<readonly (Pick<TaggedDivision, 'chosenBy' | 'division'> & { since: Date; setBy: string })[]> {
  return sql.query(
    `select chosen_by as "chosenBy", division, effective_from as since, changed_by as "setBy" from (
       select distinct on (chosen_by, division) * from division_tag where org_id = $1 and effective_from <= $2
       order by chosen_by, division, effective_from desc
     ) t where not withdrawn`,
    [orgId, at],
  );
}

export async function insertTag(sql: Sql, tag: TaggedDivision, change: Change): Promise<void> {
  const id = newId('setting', change.receivedAt);
  const body = canonicalJson({
    ...tag,
    id,
    changedBy: change.changedBy,
    effectiveFrom: toIsoMs(change.effectiveFrom),
    withdrawn: change.withdrawn,
  });
  const leaf = sealed('division_tag', id, body, change);
  await sql.query(
    `insert into division_tag (org_id, id, chosen_by, division, region, sensitivity, rank, withdrawn, effective_from, changed_by,
       body, sha256, received_at, salt, leaf_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      change.orgId,
      id,
      tag.chosenBy,
      tag.division,
      tag.region,
      tag.sensitivity,
      tag.rank,
      change.withdrawn,
      change.effectiveFrom,
      change.changedBy,
      body,
      leaf.sha256,
      change.receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

/** The rules for privileged roles in force at an instant; none when the organisation said nothing. */
export async function loadPrivilegedRules(
  sql: Sql,
  orgId: string,
  at: Date,
): Promise<readonly PrivilegedRule[]> {
  return sql.query<PrivilegedRule>(
    `select matches, pattern from (
       select distinct on (matches, pattern) * from privileged_role_rule where org_id = $1 and effective_from <= $2
       order by matches, pattern, effective_from desc
     ) t where not withdrawn`,
    [orgId, at],
  );
}

export async function insertPrivilegedRule(sql: Sql, rule: PrivilegedRule, change: Change): Promise<void> {
  const id = newId('setting', change.receivedAt);
  const body = canonicalJson({
    id,
    matches: rule.matches,
    pattern: rule.pattern,
    changedBy: change.changedBy,
    effectiveFrom: toIsoMs(change.effectiveFrom),
    withdrawn: change.withdrawn,
  });
  const leaf = sealed('privileged_role_rule', id, body, change);
  await sql.query(
    `insert into privileged_role_rule (org_id, id, matches, pattern, withdrawn, effective_from, changed_by, body, sha256, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      change.orgId,
      id,
      rule.matches,
      rule.pattern,
      change.withdrawn,
      change.effectiveFrom,
      change.changedBy,
      body,
      leaf.sha256,
      change.receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

/** Ids and names of the divisions present at an instant. */
export async function loadDivisionNames(
  sql: Sql,
  orgId: string,
  at: Date,
): Promise<readonly { readonly id: string; readonly name: string | null; readonly state: string }[]> {
  return sql.query(
    `select distinct on (entity_id) entity_id as id, name, state from directory_version
     where org_id = $1 and kind = 'division' and valid_from <= $2 order by entity_id, valid_from desc, seq desc`,
    [orgId, at],
  );
}

/** The roles present at an instant with the body of the version in force. */
export async function loadRoles(
  sql: Sql,
  orgId: string,
  at: Date,
): Promise<readonly { readonly id: string; readonly name: string | null; readonly body: string }[]> {
  return sql.query(
    `select id, name, body from (
       select distinct on (entity_id) entity_id as id, name, body, state from directory_version
       where org_id = $1 and kind = 'role' and valid_from <= $2 order by entity_id, valid_from desc, seq desc
     ) r where state = 'present'`,
    [orgId, at],
  );
}

function sealed(kind: string, factId: string, bytes: string, change: Change): ReturnType<typeof sealable> {
  return sealable({ kind, orgId: change.orgId, factId, receivedAt: change.receivedAt, bytes });
}
