import { roleMember } from '@/lib/changes/model/risk/members';
import { lastActsOf, roleGrants } from '@/lib/changes/store/read/kept-records';
import { whyNotFresh } from '@/lib/directory/fresh-kinds';
import { namesAt } from '@/lib/directory/names-at';
import { privilegedRolesAt } from '@/lib/directory/policy-at';
import { listAt } from '@/lib/directory/store/as-of';
import { loadRoles } from '@/lib/directory/store/policies';
import { countHolders } from '@/lib/directory/store/role-holders';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import type { ClientActs, PrivilegedAccess } from '../model/inputs';
import type { Figure } from './figure';
import { whyNotRead } from './logging';

const GRANT_DAYS = 90;
const CLIENTS_PER_PAGE = 1_000;

/** Who holds privileged roles now, and each grant and revocation of one in the last 90 days: by whom, of what, to whom. */
export const privilegedAccess: Figure<PrivilegedAccess> = async ({ sql, orgId, now }) => {
  const kinds = ['role', 'grant', 'user', 'group', 'group_member'] as const;
  const stale = await whyNotFresh(sql, { orgId, kinds, now });
  if (stale !== null) return notEvaluated(stale);
  const { because, from } = await whyNotRead(sql, { orgId, from: addMs(now, -GRANT_DAYS * DAY_MS), now });
  if (because !== null) return notEvaluated(because);
  const roleIds = [...(await privilegedRolesAt(sql, orgId, now))].sort();
  const names = new Map((await loadRoles(sql, orgId, now)).map((role) => [role.id, role.name]));
  const { holders, people } = await countHolders(sql, { orgId, roleIds });
  const grants = await roleGrants(sql, { orgId, roleIds, from, to: now });
  const members = grants.map((one) => roleMember(one.recordName)?.memberId ?? null);
  const asked = grants.flatMap((one, place) => {
    const id = members[place];
    return id === null || id === undefined ? [] : [{ id, kind: 'user' as const, at: one.at }];
  });
  const called = await namesAt(sql, orgId, asked);
  const nameOf = new Map(
    asked.map((one, place) => [`${one.id} ${one.at.getTime()}`, called[place]?.name ?? null]),
  );
  return known({
    from: toIso(from),
    to: toIso(now),
    roles: roleIds.map((id) => ({
      id,
      name: names.get(id) ?? null,
      holders: holders.get(id) ?? 0,
      ownCount: null,
    })),
    people,
    grants: grants.map((one, place) => {
      const member = members[place] ?? null;
      const roleId = one.roleId ?? roleMember(one.recordName)?.roleId ?? '';
      return {
        changeId: one.changeId,
        at: toIso(one.at),
        by: one.by,
        action: one.action,
        role: names.get(roleId) ?? one.roleName ?? roleId,
        subject: member === null ? null : (nameOf.get(`${member} ${one.at.getTime()}`) ?? member),
        linkage: one.linkage,
      };
    }),
  });
};

/** The last day on which each OAuth client acted by itself, as the audit records tell. */
export const clientActs: Figure<ClientActs> = async ({ sql, orgId, now }) => {
  const { because, from } = await whyNotRead(sql, { orgId, from: new Date(0), now });
  if (because !== null && from.getTime() === 0) return notEvaluated(because);
  const lastActs: Record<string, string> = {};
  let afterId = '';
  for (;;) {
    const page = await listAt(sql, {
      orgId,
      kind: 'oauth_client',
      at: now,
      withDeleted: false,
      afterId,
      limit: CLIENTS_PER_PAGE,
    });
    const ids = page.map((one) => one.entityId);
    for (const [id, day] of await lastActsOf(sql, orgId, ids)) lastActs[id] = toIso(day);
    const last = ids.at(-1);
    if (ids.length < CLIENTS_PER_PAGE || last === undefined) break;
    afterId = last;
  }
  return known({ readFrom: toIso(from), lastActs });
};
