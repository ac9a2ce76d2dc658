import type { ExpectedBasis } from './drift';
import { list, oneOf, placesOf, ruleInWords } from './say';
import type { HeldRole, Person, ReconcileContext, RoleRule } from './subject';

/** A held role against what HR lists and what the rule about the role says. */
export type PolicyVerdict = {
  readonly verdict: 'authorised' | 'beyond' | 'nothing_said';
  /** HR's own list of roles leaves it out. */
  readonly notListed: boolean;
  /** The roles that HR lists, in words. */
  readonly listed: string;
  /** What of the rule about the role is not met, in words. */
  readonly ruleBroken: readonly string[];
  /** What of the rule could not be looked at, in words. */
  readonly notEvaluated: readonly string[];
  readonly expected: { readonly words: string; readonly basis: ExpectedBasis };
};

/**
 * Whether a person may hold a role. Every part of the rule about the role that names something has to be met; HR's list, where
 * one is kept, has to name the role as well. A part that cannot be looked at breaks nothing.
 */
export function againstPolicy(
  held: HeldRole,
  person: Person,
  userId: string,
  context: ReconcileContext,
): PolicyVerdict {
  const rule = context.roleRules.get(held.role.id) ?? null;
  const listed = person.authorizedRoles;
  const names = [held.role.id, ...(held.role.name === null ? [] : [held.role.name])];
  const notListed = listed !== null && !names.some((name) => oneOf(name, listed));
  const broken = rule === null ? [] : brokenParts(rule, held, person, context);
  const groups = rule === null ? { broken: [], notEvaluated: [] } : groupParts(rule, userId, context);
  const ruleBroken = [...broken, ...groups.broken];
  const words = listed === null ? 'nothing' : listed.length === 0 ? 'no role' : list(listed);
  const says = listed !== null || rule !== null;
  return {
    verdict: notListed || ruleBroken.length > 0 ? 'beyond' : says ? 'authorised' : 'nothing_said',
    notListed,
    listed: words,
    ruleBroken,
    notEvaluated: groups.notEvaluated,
    expected:
      ruleBroken.length > 0 && rule !== null
        ? {
            words: `${ruleInWords(rule)} (rule version ${rule.version})`,
            basis: broken.length === 0 ? 'group' : 'role_rule',
          }
        : listed === null
          ? { words: 'HR keeps no list of roles', basis: 'none' }
          : { words, basis: 'hr_list' },
  };
}

function brokenParts(rule: RoleRule, held: HeldRole, person: Person, context: ReconcileContext): string[] {
  const part = (word: string, value: string | null, allowed: readonly string[]) =>
    allowed.length === 0 || oneOf(value, allowed)
      ? []
      : [`the rule asks for the ${word} ${allowed.join(' or ')}, HR says ${value ?? 'nothing'}`];
  const elsewhere = held.divisionIds.filter(
    (id) => rule.divisions.length > 0 && (id === '*' || !oneOf(context.divisionName(id), rule.divisions)),
  );
  return [
    ...part('department', person.department, rule.departments),
    ...part('title', person.title, rule.titles),
    ...(elsewhere.length === 0
      ? []
      : [
          `the rule allows it in ${rule.divisions.join(' or ')}, it is held in ${placesOf(elsewhere, context)}`,
        ]),
  ];
}

function groupParts(
  rule: RoleRule,
  userId: string,
  context: ReconcileContext,
): { readonly broken: string[]; readonly notEvaluated: string[] } {
  if (rule.groups.length === 0) return { broken: [], notEvaluated: [] };
  const answers = rule.groups.map((group) => ({ group, is: context.inGroup(userId, group) }));
  if (answers.some(({ is }) => is.kind === 'known' && is.value)) return { broken: [], notEvaluated: [] };
  const unknown = answers.flatMap(({ group, is }) =>
    is.kind === 'not_evaluated' ? [`membership of the group ${group} is not evaluated: ${is.because}`] : [],
  );
  // One group that cannot be asked about may be the one that allows it.
  if (unknown.length > 0) return { broken: [], notEvaluated: unknown };
  return { broken: [`not in the group ${rule.groups.join(' or ')}`], notEvaluated: [] };
}
