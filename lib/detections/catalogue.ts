import { controlById } from '@/lib/controls/catalogue';
import { requestError } from '@/lib/kernel/errors';
import { RESIDENTS } from './catalogue.gen';
import type { AnyRule, Resident, Rule, SubjectKind } from './model/rule';

const BY_ID: ReadonlyMap<string, Resident> = new Map(RESIDENTS.map((one) => [one.rule.id, one]));

/** Every rule, in the order of their names. */
export function allRules(): readonly AnyRule[] {
  return RESIDENTS.map(({ rule }) => rule);
}

/** The rule with this id; null for one that was removed from the product. */
export function ruleById(id: string): AnyRule | null {
  return BY_ID.get(id)?.rule ?? null;
}

/** The title of a rule or of a control, or its id where the product no longer has it. */
export function ruleTitle(id: string): string {
  return ruleById(id)?.title ?? controlById(id)?.title ?? id;
}

/** Hex SHA-256 of a rule's file as it is now. Throws `not_found` for an id that is none. */
export function ruleSha256(id: string): string {
  const resident = BY_ID.get(id);
  if (resident === undefined)
    throw requestError('not_found', `cannot name the file of rule ${id}: there is none`);
  return resident.sha256;
}

/** The rules about one kind of subject, the general ones last. */
export function rulesOn<K extends SubjectKind>(kind: K): readonly Rule<K>[] {
  const rules = allRules().filter((rule): rule is Extract<AnyRule, Rule<K>> => rule.on === kind);
  return [...rules].sort((a, b) => Number(a.general ?? false) - Number(b.general ?? false));
}
