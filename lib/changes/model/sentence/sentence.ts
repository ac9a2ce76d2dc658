import type { ActorKind } from '@/lib/kernel/words';
import { isDivisionProperty } from '../actor/classify-actor';
import type { PropertyChange } from '../record/change';
import { groupMembers, queueMemberships, roleMember } from '../risk/members';
import { shortId, shortValue, thingOf, verbOf } from './words';

/** What a sentence is made of: the change with the names of its moment. */
export type Told = {
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly status: string | null;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly actorLabel: string | null;
  readonly entityId: string | null;
  /** As the record has it: for role grants a composite of ids. */
  readonly entityName: string | null;
  readonly entityLabel: string | null;
  readonly propertyChanges: readonly PropertyChange[];
  /** The name of an id at the moment of the change, or null. */
  readonly nameOf: (id: string) => string | null;
};

/**
 * What happened, in words: `Dana Admin removed Trunk SBC-Madrid-2`, `… moved Ravi Agent from US Sales to EMEA Restricted`.
 * Names are those of the moment; an id without one is shown shortened with its kind. Plain text: whoever shows it escapes it.
 * Source: look.md, words on screen.
 */
export function sentenceOf(told: Told): string {
  const what =
    access(told) ??
    membership(told) ??
    move(told) ??
    signIn(told) ??
    rename(told) ??
    settings(told) ??
    plain(told);
  const sentence = `${whoOf(told)} ${what}`;
  return told.status === 'FAILURE' && !sentence.includes('failed to') ? `${sentence} (refused)` : sentence;
}

function whoOf(told: Told): string {
  if (told.actorLabel) return told.actorLabel;
  switch (told.actorKind) {
    case 'platform':
      return 'The platform';
    case 'automation':
      return told.actorId ? `OAuth client ${shortId(told.actorId)}` : 'An OAuth client';
    case 'external':
      return told.actorId ? `External user ${shortId(told.actorId)}` : 'Genesys';
    case 'person':
      return told.actorId ? `User ${shortId(told.actorId)}` : 'A user';
    default:
      return 'Somebody unknown';
  }
}

/** The target with its kind: `Queue Sales`, `Queue 3f2b…7c8d`, or just the kind. */
function targetOf(told: Told): string {
  const thing = thingOf(told.entityType);
  if (told.entityLabel)
    return thing.startsWith('the ') && !thing.endsWith(' of') ? thing : `${thing} ${told.entityLabel}`;
  if (told.entityId === null)
    return thing.endsWith(' of')
      ? `${thing} somebody`
      : thing.startsWith('the ')
        ? thing
        : `a ${thing.charAt(0).toLowerCase()}${thing.slice(1)}`;
  return thing.startsWith('the ') && !thing.endsWith(' of') ? thing : `${thing} ${shortId(told.entityId)}`;
}

function named(told: Told, kind: string, id: string): string {
  return (
    told.nameOf(id) ?? (id === told.actorId && told.actorLabel ? told.actorLabel : `${kind} ${shortId(id)}`)
  );
}

function access(told: Told): string | null {
  if (told.entityType !== 'Role' || !told.action.startsWith('Member')) return null;
  const member = roleMember(told.entityName);
  const roleName =
    told.entityLabel ??
    (member ? told.nameOf(member.roleId) : null) ??
    (told.entityId ? shortId(told.entityId) : null);
  const role = roleName === null ? 'a role' : `role ${roleName}`;
  const whom = member === null ? 'somebody' : named(told, 'user', member.memberId);
  if (told.action === 'MemberAdd') return `granted ${role} to ${whom}`;
  if (told.action === 'MemberRemove') return `took ${role} from ${whom}`;
  return `changed ${role} of ${whom}`;
}

function membership(told: Told): string | null {
  const queue = queueMemberships(told.propertyChanges);
  const [first] = queue;
  if (first !== undefined) {
    const who = named(told, 'user', first.memberId);
    const more = queue.length > 1 ? ` and ${queue.length - 1} more` : '';
    const target = targetOf(told);
    if (first.did === 'added') return `added ${who}${more} to ${target}`;
    if (first.did === 'removed') return `removed ${who}${more} from ${target}`;
    if (first.did === 'changed') return `changed the membership of ${who}${more} in ${target}`;
    return `${first.did} ${who}${more} in ${target}`;
  }
  const group = groupMembers(told.propertyChanges);
  if (group.length === 0) return null;
  return `changed the members of ${targetOf(told)}: ${group
    .slice(0, 3)
    .map((id) => named(told, 'user', id))
    .join(', ')}${group.length > 3 ? ` and ${group.length - 3} more` : ''}`;
}

function move(told: Told): string | null {
  const division = told.propertyChanges.find((one) => isDivisionProperty(one.property));
  if (division === undefined || told.action === 'Create') return null;
  const self = told.entityId !== null && told.entityId === told.actorId;
  const person = told.entityType === 'User' && told.entityLabel ? told.entityLabel : targetOf(told);
  const target = self ? 'their own account' : person;
  const [from] = division.oldValues;
  const [to] = division.newValues;
  const place = (id: string | undefined): string =>
    id ? (told.nameOf(id) ?? `division ${shortId(id)}`) : 'no division';
  return `moved ${target} from ${place(from)} to ${place(to)}`;
}

function signIn(told: Told): string | null {
  if (told.action === 'AuthenticationFailed') return 'failed to sign in';
  if (told.action.startsWith('Authenticat')) return 'signed in';
  if (told.action.startsWith('SingleLogout'))
    return told.action.endsWith('Failed') ? 'failed to sign out' : 'signed out';
  if (told.action !== 'ChangePassword') return null;
  return told.entityId !== null && told.entityId === told.actorId
    ? 'changed their own password'
    : `changed the password of ${targetOf(told)}`;
}

function rename(told: Told): string | null {
  const name = told.propertyChanges.find((one) => one.property.toLowerCase() === 'name');
  const [from] = name?.oldValues ?? [];
  const [to] = name?.newValues ?? [];
  if (told.action !== 'Update' || !from || !to || from === to) return null;
  return `renamed ${thingOf(told.entityType)} ${from} to ${to}`;
}

/** Properties that move by themselves and say nothing when others stand beside them. */
const NOISE = new Set(['version', 'stateChangeTimestamp', 'dateModified', 'modifiedBy']);

function settings(told: Told): string | null {
  if (told.action !== 'Update') return null;
  const all = told.propertyChanges.filter((one) => one.property !== '');
  const meant = all.filter((one) => !NOISE.has(one.property));
  const shown = meant.length > 0 ? meant : all;
  const [first, second, ...rest] = shown;
  if (first === undefined) return null;
  const target = targetOf(told);
  if (second === undefined) return `changed ${first.property} of ${target}${fromTo(told, first)}`;
  const others = rest.length === 0 ? '' : ` and ${rest.length} more`;
  return `changed ${first.property}${rest.length === 0 ? ' and' : ','} ${second.property}${others} of ${target}`;
}

function fromTo(told: Told, change: PropertyChange): string {
  const word = (values: readonly string[]): string | null => {
    if (values.length > 1) return null;
    const [value] = values;
    return value === undefined ? 'nothing' : (told.nameOf(value) ?? shortValue(value));
  };
  const from = word(change.oldValues);
  const to = word(change.newValues);
  return from === null || to === null || (from === 'nothing' && to === 'nothing')
    ? ''
    : ` from ${from} to ${to}`;
}

function plain(told: Told): string {
  return `${verbOf(told.action)} ${targetOf(told)}`;
}
