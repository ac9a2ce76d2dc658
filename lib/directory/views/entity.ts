import { type ViewContext, view } from '@/lib/auth/view';
import { decodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE } from '@/lib/kernel/paging';
import { DIRECTORY_KINDS, type DirectoryKind } from '@/lib/kernel/words';
import type { DirectoryEntityDto, DirectoryEntityQuery } from '../contract';
import { entityAsOf, memberRule, membersAsOf } from '../find-as-of';
import { namesAt } from '../names-at';
import { divisionTagsAt } from '../policy-at';
import { countMembersAt } from '../store/as-of';
import { divisionNames, instantOf, pageOf } from './ask';
import { itemDto, knownFromDto, memberIdOf, versionDtos } from './to-dto';

/** One entity as it was at an instant: name, place, members, every version and how each is known. Throws `not_found`. */
export const viewEntity = view<
  DirectoryEntityQuery & { kind: DirectoryKind; id: string },
  DirectoryEntityDto
>(
  {
    permission: 'directory.read',
    journal: (input, output) => ({ objectId: `${input.kind}/${input.id}`, orgId: output.orgId }),
  },
  async (context, input) => {
    const { sql } = context;
    const { kind, id } = input;
    const at = instantOf(input.at, context);
    const orgIds = input.org ? [input.org] : context.viewer.orgIds;
    for (const orgId of orgIds) {
      const found = await entityAsOf(sql, { orgId, kind, id }, at);
      if (found === null) continue;
      const { inForce, timeline } = found;
      const name = (await namesAt(sql, orgId, [{ id, kind, at }]))[0] ?? found.name;
      const tags = await divisionTagsAt(sql, orgId, at);
      const divisionId = kind === 'division' ? id : (inForce?.divisionId ?? null);
      const divisions = await divisionNames(context, orgId, timeline, at);
      const parent = inForce?.parentId ? await namesAt(sql, orgId, [{ id: inForce.parentId, at }]) : [];
      return {
        orgId,
        kind,
        id,
        at: toIso(at),
        state: inForce?.state ?? 'unknown',
        name: kind === 'grant' || kind === 'group_member' ? found.name : name,
        division: inForce?.divisionId ? (divisions.get(inForce.divisionId) ?? null) : null,
        tag: divisionId === null ? null : (tags.get(divisionId) ?? null),
        parent: parent[0] ?? null,
        item: inForce?.content.item ?? null,
        knownFrom: inForce && knownFromDto(inForce),
        versions: versionDtos(timeline, inForce, divisions),
        members: await membersDto(context, { orgId, kind, id, at, input }),
      };
    }
    throw requestError('not_found', `cannot show this ${kind}: the directory never heard of it`);
  },
);

async function membersDto(
  context: ViewContext,
  of: { orgId: string; kind: DirectoryKind; id: string; at: Date; input: DirectoryEntityQuery },
): Promise<DirectoryEntityDto['members']> {
  const { orgId, kind, id, at, input } = of;
  const rule = memberRule(kind);
  if (rule === null) return null;
  const limit = input.limit ?? DEFAULT_PAGE_SIZE;
  const counts = await countMembersAt(context.sql, {
    orgId,
    place: { by: rule.by, id },
    at,
    kinds: rule.kinds,
  });
  const [afterKind, afterId] = input.cursor ? decodeCursor(input.cursor, 2) : [];
  const after = DIRECTORY_KINDS.find((one) => one === afterKind);
  const rows = await membersAsOf(context.sql, { orgId, kind, id }, at, {
    after: after && { kind: after, entityId: String(afterId) },
    ...(input.members ? { kinds: rule.kinds.filter((one) => one === input.members) } : {}),
    limit: limit + 1,
  });
  const names = await namesAt(
    context.sql,
    orgId,
    rows.map((row) => ({ id: memberIdOf(row), at })),
  );
  const divisions = await divisionNames(context, orgId, rows, at);
  const byId = new Map(names.map((name) => [name.id, name.name]));
  const items = pageOf(
    rows,
    limit,
    (row) => {
      const memberId = memberIdOf(row);
      return { ...itemDto(row, divisions), memberId, memberName: byId.get(memberId) ?? null };
    },
    (row) => [row.kind, row.entityId],
  );
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { ...items, total, counts: Object.fromEntries(counts) };
}
