import type { JournalActor } from '@/lib/kernel/actor';

export type RuleWord = 'approve' | 'refuse' | 'withdraw';
export type Allowed = { readonly allowed: boolean; readonly because: string | null };

type Proposed = {
  readonly proposedBy: Pick<JournalActor, 'kind' | 'id'>;
  readonly isDecided: boolean;
  /** The rule's version it was based on, and the version it has now; 0 where there is none. */
  readonly baseVersion: number;
  readonly currentVersion: number;
};

const YES: Allowed = { allowed: true, because: null };
const no = (because: string): Allowed => ({ allowed: false, because });

/**
 * What somebody may do about a proposed rule, and why not. Two people: whoever proposed it cannot approve it, and a key is
 * nobody. Only who proposed it withdraws it. What was based on a version that is no longer in force is proposed anew.
 */
export function mayDecideRule(
  proposal: Proposed,
  by: { readonly actor: Pick<JournalActor, 'kind' | 'id'>; readonly mayWrite: boolean },
): Readonly<Record<RuleWord, Allowed>> {
  const own = proposal.proposedBy.kind === by.actor.kind && proposal.proposedBy.id === by.actor.id;
  const barred = !by.mayWrite
    ? no('Your role does not include deciding about high-risk rules.')
    : proposal.isDecided
      ? no('It was decided already.')
      : null;
  const stale = proposal.baseVersion !== proposal.currentVersion;
  return {
    approve:
      barred ??
      (by.actor.kind !== 'person'
        ? no('A person must approve it.')
        : own
          ? no('You proposed it; someone else must approve.')
          : stale
            ? no('The rule was changed since; it must be proposed anew.')
            : YES),
    refuse: barred ?? (own ? no('You proposed it; withdraw it instead.') : YES),
    withdraw: barred ?? (own ? YES : no('Only who proposed it can withdraw it.')),
  };
}
