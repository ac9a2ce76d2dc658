import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { Drift, RightKind } from './drift';
import type { HeldRole, ReconcileContext, RoleRule, UserSubject } from './subject';

/** The name of a user, or what stands for it. */
export function nameOf(user: Pick<UserSubject, 'id' | 'name'>): string {
  return user.name ?? `User ${user.id}`;
}

export function roleName(role: { readonly id: string; readonly name: string | null }): string {
  return role.name ?? `role ${role.id}`;
}

/** "directly and through the group QA Department". */
export function waysOf(held: Pick<HeldRole, 'directly' | 'through'>): string {
  const groups = held.through.map((group) => group.name ?? group.id);
  const through =
    groups.length === 0 ? [] : [`through the group${groups.length > 1 ? 's' : ''} ${list(groups)}`];
  return list([...(held.directly ? ['directly'] : []), ...through]);
}

export function placesOf(divisionIds: readonly string[], context: ReconcileContext): string {
  if (divisionIds.includes('*')) return 'all divisions';
  const names = divisionIds.map((id) => context.divisionName(id) ?? id);
  return names.length > 3 ? `${names.length} divisions` : list(names);
}

/** "3 days", "90 minutes". */
export function spanOf(ms: number): string {
  const unit = (n: number, word: string) => `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;
  if (ms >= 2 * DAY_MS) return unit(Math.floor(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return unit(Math.floor(ms / HOUR_MS), 'hour');
  return unit(Math.max(0, Math.floor(ms / MINUTE_MS)), 'minute');
}

export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Texts of people are compared without regard to case and outer white space. */
export function same(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

export function oneOf(value: string | null, allowed: readonly string[]): boolean {
  return value !== null && allowed.some((one) => same(one, value));
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** What of a drift follows from how the role is held. */
export function ofHeld(
  held: HeldRole,
): Pick<
  Drift,
  'right' | 'since' | 'sinceBasis' | 'grantingChangeId' | 'directly' | 'through' | 'divisionIds'
> {
  return {
    right: right('role', held.role.id, held.role.name),
    since: held.since,
    sinceBasis: held.sinceKnown ? 'change' : 'snapshot',
    grantingChangeId: held.grantingChangeId,
    directly: held.directly,
    through: held.through,
    divisionIds: held.divisionIds,
  };
}

/** What of a drift follows from its being about the account as such. */
export function ofAccount(
  user: UserSubject,
  since: Pick<Drift, 'since' | 'sinceBasis'>,
): Pick<
  Drift,
  'right' | 'since' | 'sinceBasis' | 'grantingChangeId' | 'directly' | 'through' | 'divisionIds'
> {
  return {
    right: right('account', 'account', user.email),
    ...since,
    grantingChangeId: null,
    directly: true,
    through: [],
    divisionIds: user.division === null ? [] : [user.division.id],
  };
}

/** "the department Quality Assurance and the group QA Department". */
export function ruleInWords(rule: RoleRule): string {
  const part = (word: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${word} ${names.join(' or ')}`];
  return list([
    ...part('the department', rule.departments),
    ...part('the title', rule.titles),
    ...part('the group', rule.groups),
    ...part('the division', rule.divisions),
  ]);
}

function right(kind: RightKind, id: string, name: string | null): Drift['right'] {
  return { kind, id, name };
}
