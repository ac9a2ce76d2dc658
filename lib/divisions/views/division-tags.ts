import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { suggestSensitivity } from '@/lib/directory/model/policy/division-tag';
import { divisionTagsAt } from '@/lib/directory/policy-at';
import { countNow } from '@/lib/directory/store/as-of';
import { loadDivisionNames, loadTagOrigins } from '@/lib/directory/store/policies';
import { toIso } from '@/lib/kernel/instant';
import type { DivisionTagsDto } from '../contract';

/** Every division of the viewer's organisations with its tag in force, or what its name suggests. */
export const viewDivisionTags = view<void, DivisionTagsDto>(
  { permission: 'settings.read', journal: () => ({ objectType: 'division' }) },
  async ({ sql, viewer, now }) => {
    const items: DivisionTagsDto['items'][number][] = [];
    for (const orgId of viewer.orgIds) items.push(...(await tagsOf(sql, orgId, now)));
    return { items };
  },
);

async function tagsOf(sql: Sql, orgId: string, now: Date): Promise<DivisionTagsDto['items'][number][]> {
  const divisions = await loadDivisionNames(sql, orgId, now);
  const tags = await divisionTagsAt(sql, orgId, now);
  const origins = await loadTagOrigins(sql, orgId, now);
  const objects = new Map<string, number>();
  // A grant in a division is no thing that lives there.
  for (const { kind, divisionId, present } of await countNow(sql, orgId))
    if (divisionId !== null && kind !== 'grant')
      objects.set(divisionId, (objects.get(divisionId) ?? 0) + present);
  return divisions
    .map(({ id, name, state }) => {
      const tag = tags.get(id);
      const origin =
        origins.find((one) => one.chosenBy === 'id' && one.division === id) ??
        origins.find((one) => one.chosenBy === 'name' && one.division === name);
      const suggested = name === null ? null : suggestSensitivity(name);
      return {
        orgId,
        id,
        name: name ?? id,
        deleted: state === 'deleted',
        tag:
          tag === undefined || origin === undefined
            ? null
            : { ...tag, since: toIso(origin.since), setBy: origin.setBy },
        suggested: suggested === 'normal' || tag !== undefined ? null : suggested,
        objects: objects.get(id) ?? 0,
      };
    })
    .sort((a, b) => Number(a.deleted) - Number(b.deleted) || a.name.localeCompare(b.name, 'en'));
}
