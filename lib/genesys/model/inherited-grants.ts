/** One role held by one subject in one division, as the platform lists it. */
export type Grant = {
  readonly subjectId: string;
  /** PC_USER, PC_GROUP, PC_OAUTH_CLIENT, PC_TRUSTEE_USER, PC_TRUSTEE_GROUP, UNKNOWN, or one we do not know yet. */
  readonly subjectType: string;
  readonly roleId: string;
  /** `*` for all divisions. */
  readonly divisionId: string;
};

export type GroupMember = { readonly groupId: string; readonly userId: string };

export type InheritedGrant = {
  readonly userId: string;
  readonly roleId: string;
  readonly divisionId: string;
  /** The group that holds the role. */
  readonly groupId: string;
};

/** The roles that people hold through groups: one row per person, role, division and group. */
export function inheritedGrants(grants: Iterable<Grant>, members: Iterable<GroupMember>): InheritedGrant[] {
  const usersOf = new Map<string, Set<string>>();
  for (const { groupId, userId } of members) {
    const users = usersOf.get(groupId) ?? new Set();
    usersOf.set(groupId, users.add(userId));
  }
  const inherited: InheritedGrant[] = [];
  for (const { subjectId: groupId, subjectType, roleId, divisionId } of grants) {
    if (subjectType !== 'PC_GROUP') continue;
    for (const userId of usersOf.get(groupId) ?? []) inherited.push({ userId, roleId, divisionId, groupId });
  }
  return inherited;
}
