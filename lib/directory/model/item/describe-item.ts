import { canonicalJson } from '@/lib/kernel/canonical-json';
import { parseInstant } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { Content, EntityState } from '../version';
import { storableText, stripItem } from './strip-item';

/** One object as a reader delivers it: the platform's JSON, or an object composed by the reader, with an id of its own. */
export type DirectoryItem = Readonly<Record<string, unknown>>;

/** What the directory keeps of one object. */
export type DescribedItem = {
  /** The platform's id; a grant is `<subject>:<role>:<division or *>`, a membership `<group>:<member>`. */
  readonly entityId: string;
  readonly state: EntityState;
  readonly name: string | null;
  readonly divisionId: string | null;
  readonly parentId: string | null;
  /** RFC 8785 JSON of the compared part (`Content`). */
  readonly content: string;
  /** Instants that move without anything being changed; kept beside, not in, the versions. */
  readonly lastTokenAt: Date | null;
  readonly lastLoginAt: Date | null;
};

/** Whether the reader only says that it could not look: what was known stays, it did not change into nothing. */
export function isUnread(kind: DirectoryKind, item: DirectoryItem): boolean {
  return kind === 'setting' && item.state === 'not_evaluated';
}

/** What the directory keeps of one object, or null when it has no id to be kept under. */
export function describeItem(kind: DirectoryKind, item: DirectoryItem): DescribedItem | null {
  const entityId = entityIdOf(kind, item);
  if (entityId === null) return null;
  const content: Content = {
    divisionId: kind === 'division' ? null : divisionOf(item),
    item: keptPart(kind, item),
    name: nameOf(kind, item),
    parentId: parentOf(kind, item),
    state: stateOf(item),
  };
  return {
    entityId,
    state: content.state,
    name: content.name,
    divisionId: content.divisionId,
    parentId: content.parentId,
    content: canonicalJson(content),
    lastTokenAt: parseInstant(isRecord(item.lastTokenIssued) ? item.lastTokenIssued.dateIssued : null),
    lastLoginAt: parseInstant(item.dateLastLogin),
  };
}

const OWN_SUBJECTS = new Set(['PC_USER', 'PC_GROUP', 'PC_OAUTH_CLIENT']);

/** What is kept and compared of an object of this kind. */
function keptPart(kind: DirectoryKind, item: DirectoryItem): unknown {
  if (kind === 'setting')
    return { ...stripItem(item), ...(isRecord(item.value) ? { value: stripItem(item.value) } : {}) };
  if (kind !== 'grant' && kind !== 'group_member') return stripItem(item);
  // Names that readers add to pairs are their owners' to change; a foreign subject has no other place for its name.
  const { subjectName, roleName: _r, divisionName: _d, groupName: _g, userName: _u, ...pair } = item;
  const isOurs = typeof item.subjectType === 'string' && OWN_SUBJECTS.has(item.subjectType);
  return stripItem(kind === 'grant' && !isOurs ? { ...pair, subjectName } : pair);
}

/** The id under which a grant is kept: a subject holds a role once per division, or once for all (`*`). */
export function grantId(grant: { subjectId: string; roleId: string; divisionId: string }): string {
  return `${grant.subjectId}:${grant.roleId}:${grant.divisionId}`;
}

/** The id under which a membership is kept. */
export function membershipId(membership: { groupId: string; memberId: string }): string {
  return `${membership.groupId}:${membership.memberId}`;
}

function entityIdOf(kind: DirectoryKind, item: DirectoryItem): string | null {
  if (kind === 'grant') {
    const subjectId = idIn(item, 'subject');
    const roleId = idIn(item, 'role');
    return subjectId === null || roleId === null
      ? null
      : grantId({ subjectId, roleId, divisionId: divisionOf(item) ?? '*' });
  }
  if (kind === 'group_member') {
    const groupId = idIn(item, 'group');
    const memberId = idIn(item, 'member') ?? idIn(item, 'user');
    return groupId === null || memberId === null ? null : membershipId({ groupId, memberId });
  }
  return idText(item.id);
}

function parentOf(kind: DirectoryKind, item: DirectoryItem): string | null {
  if (kind === 'grant') return idIn(item, 'role');
  if (kind === 'group_member') return idIn(item, 'group');
  if (kind === 'data_action') return idText(item.integrationId);
  return null;
}

function nameOf(kind: DirectoryKind, item: DirectoryItem): string | null {
  if (kind === 'grant' || kind === 'group_member') return null;
  if (kind === 'setting') return idText(item.id);
  return typeof item.name === 'string' && item.name !== '' ? storableText(item.name) : null;
}

function divisionOf(item: DirectoryItem): string | null {
  return idIn(item, 'division');
}

function stateOf(item: DirectoryItem): EntityState {
  return item.state === 'deleted' || item.deleted === true ? 'deleted' : 'present';
}

/** The id of what a member points to, written `{ roleId }` or `{ role: { id } }`. */
function idIn(item: DirectoryItem, what: string): string | null {
  const flat = idText(item[`${what}Id`]);
  if (flat !== null) return flat;
  const nested = item[what];
  return isRecord(nested) ? idText(nested.id) : null;
}

/** Ids are kept as they are, but never with white space, which would break a ledger line; null when empty. */
function idText(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = storableText(String(value)).trim().replace(/\s+/g, '%20');
  return text === '' ? null : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
