import type { PropertyChange } from '../record/change';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const UUID_ANYWHERE = new RegExp(`(?<![0-9a-z])${UUID}(?![0-9a-z])`, 'gi');
const ROLE_MEMBER = new RegExp(`^(${UUID})--(${UUID})(--.*)?$`, 'i');
const QUEUE_MEMBER = new RegExp(`^QueueMember/(${UUID}):(${UUID})(:joined)?$`, 'i');
const QUEUE_MEMBERS = new RegExp(`^queueId:(${UUID}):members$`, 'i');
const NEAR_UUID = /[0-9a-f]-[0-9a-f]/i;

/** Ids of platform objects in a text, in lower case, in their order; most texts have none. */
export function idsIn(text: string): string[] {
  if (text.length < 36 || !NEAR_UUID.test(text)) return [];
  return text.match(UUID_ANYWHERE)?.map((id) => id.toLowerCase()) ?? [];
}

/** The person and role of a role grant's composite name `<user>--<role>--<org>`, or null. Source: genesys-cloud.md 3.5. */
export function roleMember(
  entityName: string | null,
): { readonly memberId: string; readonly roleId: string } | null {
  const found = entityName === null ? null : ROLE_MEMBER.exec(entityName);
  return found?.[1] && found[2] ? { memberId: found[1], roleId: found[2] } : null;
}

export type QueueMembership = {
  readonly memberId: string;
  readonly did: 'added' | 'removed' | 'activated' | 'deactivated' | 'changed';
};

/** Who was put into or taken out of a queue, in both grammars that are known. Source: genesys-cloud.md 3.5. */
export function queueMemberships(changes: readonly PropertyChange[]): QueueMembership[] {
  const found: QueueMembership[] = [];
  for (const change of changes) {
    const one = QUEUE_MEMBER.exec(change.property);
    if (one?.[2]) {
      found.push({ memberId: one[2], did: one[3] ? activation(change) : membership(change) });
    } else if (QUEUE_MEMBERS.test(change.property)) {
      for (const value of change.newValues)
        for (const memberId of idsIn(value)) found.push({ memberId, did: 'added' });
      for (const value of change.oldValues)
        for (const memberId of idsIn(value)) found.push({ memberId, did: 'removed' });
    }
  }
  return found;
}

/** The persons a group's membership record names; which way they went the record does not say. */
export function groupMembers(changes: readonly PropertyChange[]): string[] {
  return changes
    .filter((change) => change.property === 'group-membership')
    .flatMap((change) => change.newValues.flatMap(idsIn));
}

function activation(change: PropertyChange): QueueMembership['did'] {
  const value = change.newValues[0];
  return value === 'true' ? 'activated' : value === 'false' ? 'deactivated' : 'changed';
}

function membership(change: PropertyChange): QueueMembership['did'] {
  if (change.newValues.some((value) => value.includes('added'))) return 'added';
  if (change.oldValues.some((value) => value.includes('deleted'))) return 'removed';
  return 'changed';
}
