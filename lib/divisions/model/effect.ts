import type { AccessEffect } from '../contract';

/** How many subjects hold a role in one of the two divisions and not in the other, nor everywhere. */
export type RoleHolders = {
  readonly roleId: string;
  readonly roleName: string | null;
  readonly subjects: number;
  readonly permissions: readonly string[];
};

/** What stands out in a role, by the beginnings of its permissions. The order is that in which it is told. */
const STANDS_OUT: readonly (readonly [word: string, permission: RegExp])[] = [
  ['everything', /^\*/],
  ['recordings', /^recording:/],
  ['who may do what', /^authorization:/],
  ['users', /^directory:(user|organization|\*)/],
  ['conversations', /^(conversation|analytics:conversation)/],
  ['evaluations', /^quality:/],
  ['customers', /^(externalContacts|customer)/i],
  ['queues', /^routing:(queue|\*)/],
  ['flows', /^architect:/],
  ['campaigns', /^outbound:/],
  ['telephony', /^telephony:/],
  ['OAuth clients', /^oauth:/],
  ['integrations', /^integrations:/],
  ['performance figures', /^analytics:/],
];
const MAX_ROLES = 50;

/** What a role lets its holders reach, in words; empty when nothing stands out. */
export function allowsOf(permissions: readonly string[]): string[] {
  return STANDS_OUT.filter(([, pattern]) => permissions.some((one) => pattern.test(one))).map(
    ([word]) => word,
  );
}

/**
 * What follows for access on one side of a move: who may now reach the object by a role in the division it came into, or no
 * longer by one in the division it left. Holders of the role everywhere (`*`) or in both divisions see no difference.
 */
export function accessEffect(
  holders: readonly RoleHolders[],
  told: {
    readonly does: 'opens' | 'closes';
    readonly division: string;
    readonly target: string;
    /** A person moved themselves: then what they come near to is named. */
    readonly selfMove: boolean;
  },
): AccessEffect {
  const { division, target, does } = told;
  const roles = [...holders]
    .sort((a, b) => b.subjects - a.subjects || (a.roleId < b.roleId ? -1 : 1))
    .map(({ permissions, ...holder }) => ({ ...holder, allows: allowsOf(permissions) }));
  const reached = STANDS_OUT.map(([word]) => word).filter((word) =>
    roles.some((role) => role.allows.includes(word)),
  );
  return { sentence: sentence(), roles: roles.slice(0, MAX_ROLES) };

  function sentence(): string {
    const reaching = reached.length === 0 ? '' : `; their roles reach ${list(reached)}`;
    if (roles.length === 0)
      return does === 'opens'
        ? `No role is held in ${division} alone: nobody gains access by this move`
        : `No role is held in ${division} alone: nobody loses access by this move`;
    const holders = count(roles.reduce((sum, role) => sum + role.subjects, 0));
    if (does === 'closes') return `${holders} in ${division} can no longer reach ${target}${reaching}`;
    if (!told.selfMove) return `${holders} in ${division} can now reach ${target}${reaching}`;
    return `${target} moved into ${division} by own act: what stands there comes near${reached.length === 0 ? '' : ` (${list(reached)})`}, as it is for the ${holders.toLowerCase()}`;
  }
}

function count(grants: number): string {
  return grants === 1 ? 'One holder of a role' : `${grants.toLocaleString('en-US')} holders of roles`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
