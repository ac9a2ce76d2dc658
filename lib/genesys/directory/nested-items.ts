import { z } from 'zod';
import type { NestedKind } from './listings';
import type { ListedItem } from './read-pages';

/** A role held by a subject in one division. `id` is `<subjectId>:<roleId>:<divisionId>`. */
export type GrantItem = ListedItem & {
  readonly subjectId: string;
  readonly subjectName: string | null;
  readonly subjectType: string;
  readonly roleId: string;
  readonly roleName: string | null;
  /** `*` for all divisions. */
  readonly divisionId: string;
  readonly divisionName: string | null;
};

/** A person in a group or queue. `id` is `<groupId or queueId>:<userId>`. */
export type MemberItem = ListedItem & {
  readonly userId: string;
  readonly userName: string | null;
  readonly groupId?: string;
  readonly groupName?: string | null;
  readonly queueId?: string;
  readonly queueName?: string | null;
  /** Queues: whether the membership is active. */
  readonly joined?: boolean | null;
};

const subjectGrant = z.looseObject({
  name: z.string().nullish(),
  type: z.string().catch('UNKNOWN'),
  divisions: z.array(z.looseObject({ id: z.string().min(1), name: z.string().nullish() })).catch([]),
});

const ALL_DIVISIONS = [{ id: '*', name: '*' }];

/** Our items of one entity in the listing of its parent. */
export function cutNested(
  kind: NestedKind,
  parent: ListedItem,
  item: ListedItem,
): readonly (GrantItem | MemberItem)[] {
  if (kind === 'grant') return grantItems(parent, item);
  const common = { id: `${parent.id}:${item.id}`, userId: item.id, userName: nameOf(item) };
  if (kind === 'group_member') return [{ ...common, groupId: parent.id, groupName: nameOf(parent) }];
  const joined = typeof item.joined === 'boolean' ? item.joined : null;
  return [{ ...common, queueId: parent.id, queueName: nameOf(parent), joined }];
}

function grantItems(role: ListedItem, subject: ListedItem): readonly GrantItem[] {
  const { name, type, divisions } = subjectGrant.parse(subject);
  // A grant that names no division is not limited to one.
  return (divisions.length > 0 ? divisions : ALL_DIVISIONS).map((division) => ({
    id: `${subject.id}:${role.id}:${division.id}`,
    subjectId: subject.id,
    subjectName: name ?? null,
    subjectType: type,
    roleId: role.id,
    roleName: nameOf(role),
    divisionId: division.id,
    divisionName: division.name ?? null,
  }));
}

function nameOf(item: ListedItem): string | null {
  return typeof item.name === 'string' ? item.name : null;
}
