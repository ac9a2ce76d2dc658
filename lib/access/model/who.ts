import type { Person, UserSubject } from './subject';

/** Words under which an agent takes part in routing. */
const AGENT = /^(routing:queue:join|\*:\*:\*)$/;

/** HR's row of an account in use whose owner is employed; null for everyone else, whom other rules speak of. */
export function employedUser(user: UserSubject, asOf: Date): Person | null {
  if (user.state !== 'active' || user.match?.kind !== 'matched') return null;
  return hasLeft(user.match.person, asOf) ? null : user.match.person;
}

/** Left: HR says terminated, and the day has come. Somebody who leaves next month has not left. */
export function hasLeft(person: Pick<Person, 'status' | 'terminatedAt'>, asOf: Date): boolean {
  if (person.status !== 'terminated') return false;
  return person.terminatedAt === null || person.terminatedAt <= asOf;
}

/** Whether a role lets its holder be routed interactions, by its permissions; what may do everything is no agent's role. */
export function isAgentRole(permissions: readonly string[]): boolean {
  return permissions.some((one) => AGENT.test(one)) && !permissions.includes('*:*:*');
}

/** Whether a title is of somebody who leads others. */
export function leads(title: string | null, words: readonly string[]): boolean {
  if (title === null) return false;
  const text = ` ${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return words.some((word) => text.includes(` ${word.toLowerCase()} `));
}
