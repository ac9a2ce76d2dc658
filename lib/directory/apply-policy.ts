import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { diffTags, type TaggedDivision } from './model/policy/division-tag';
import type { PrivilegedRule } from './model/policy/privileged-roles';
import {
  insertPrivilegedRule,
  insertTag,
  loadDivisionNames,
  loadPrivilegedRules,
  loadTags,
} from './store/policies';

export type DivisionPolicy = {
  readonly divisions: readonly TaggedDivision[];
  /** Absent: what is in force stays. */
  readonly privilegedRoles?: readonly PrivilegedRule[] | undefined;
};

export type AppliedPolicy = {
  readonly set: number;
  readonly withdrawn: number;
  /** Ids and names that no division of the directory has now; their tags wait for one. */
  readonly unknownDivisions: readonly string[];
};

/**
 * Makes the organisation's word on its divisions and privileged roles the wished one from `now` on, and journals it when
 * anything changed; earlier instants keep what was in force then. Requires a transaction. Applying the same twice writes nothing.
 */
export async function applyPolicy(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly policy: DivisionPolicy;
    readonly actor: JournalActor;
    readonly now: Date;
  },
): Promise<AppliedPolicy> {
  const { orgId, policy, actor, now } = input;
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`directory policy ${orgId}`]);
  const change = { orgId, effectiveFrom: now, changedBy: actor.name, receivedAt: now };
  const tags = diffTags(policy.divisions, await loadTags(sql, orgId, now));
  for (const tag of tags.set) await insertTag(sql, tag, { ...change, withdrawn: false });
  for (const tag of tags.withdrawn) await insertTag(sql, tag, { ...change, withdrawn: true });
  const rules = await replaceRules(sql, policy.privilegedRoles, change);

  const set = tags.set.length + rules.set;
  const withdrawn = tags.withdrawn.length + rules.withdrawn;
  const unknownDivisions = await findUnknown(sql, orgId, policy.divisions, now);
  if (set + withdrawn > 0) {
    await appendJournal(sql, {
      actor,
      action: 'directory_policy.applied',
      objectType: 'directory_policy',
      orgId,
      detail: { set, withdrawn, unknownDivisions },
      at: now,
    });
  }
  return { set, withdrawn, unknownDivisions };
}

async function replaceRules(
  sql: Sql,
  wished: readonly PrivilegedRule[] | undefined,
  change: { orgId: string; effectiveFrom: Date; changedBy: string; receivedAt: Date },
): Promise<{ set: number; withdrawn: number }> {
  if (wished === undefined) return { set: 0, withdrawn: 0 };
  const inForce = await loadPrivilegedRules(sql, change.orgId, change.effectiveFrom);
  const added = wished.filter((rule) => !inForce.some((known) => isSame(rule, known)));
  const gone = inForce.filter((rule) => !wished.some((kept) => isSame(rule, kept)));
  for (const rule of added) await insertPrivilegedRule(sql, rule, { ...change, withdrawn: false });
  for (const rule of gone) await insertPrivilegedRule(sql, rule, { ...change, withdrawn: true });
  return { set: added.length, withdrawn: gone.length };
}

async function findUnknown(
  sql: Sql,
  orgId: string,
  divisions: readonly TaggedDivision[],
  now: Date,
): Promise<readonly string[]> {
  const known = await loadDivisionNames(sql, orgId, now);
  return divisions
    .filter((tag) => !known.some((one) => (tag.chosenBy === 'id' ? one.id : one.name) === tag.division))
    .map((tag) => tag.division);
}

function isSame(a: PrivilegedRule, b: PrivilegedRule): boolean {
  return a.matches === b.matches && a.pattern === b.pattern;
}
