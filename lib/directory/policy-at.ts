import type { Sql } from '@/lib/db/sql';
import type { DivisionTag } from './model/policy/division-tag';
import { DEFAULT_PRIVILEGED_RULES, isPrivileged, permissionsOfRole } from './model/policy/privileged-roles';
import { loadDivisionNames, loadPrivilegedRules, loadRoles, loadTags } from './store/policies';
import { contentOf } from './store/version-rows';

/**
 * The tags of divisions at an instant, by division id. A tag chosen by name is for the divisions so called at that instant;
 * one chosen by id wins. A division without a tag is not in the map: its region and sensitivity are unknown, not normal.
 */
export async function divisionTagsAt(
  sql: Sql,
  orgId: string,
  at: Date,
): Promise<ReadonlyMap<string, DivisionTag>> {
  const tags = await loadTags(sql, orgId, at);
  const found = new Map<string, DivisionTag>();
  const byName = tags.filter((tag) => tag.chosenBy === 'name');
  if (byName.length > 0) {
    for (const division of await loadDivisionNames(sql, orgId, at)) {
      const tag = byName.find((one) => one.division === division.name);
      if (tag) found.set(division.id, plain(tag));
    }
  }
  for (const tag of tags) if (tag.chosenBy === 'id') found.set(tag.division, plain(tag));
  return found;
}

/** The ids of the roles that were privileged at an instant, by their permissions and names of that instant. */
export async function privilegedRolesAt(sql: Sql, orgId: string, at: Date): Promise<ReadonlySet<string>> {
  const own = await loadPrivilegedRules(sql, orgId, at);
  const rules = own.length > 0 ? own : DEFAULT_PRIVILEGED_RULES;
  const roles = await loadRoles(sql, orgId, at);
  return new Set(
    roles
      .filter((role) =>
        isPrivileged({ name: role.name, permissions: permissionsOfRole(contentOf(role.body).item) }, rules),
      )
      .map((role) => role.id),
  );
}

function plain({ region, sensitivity, rank }: DivisionTag): DivisionTag {
  return { region, sensitivity, rank };
}
