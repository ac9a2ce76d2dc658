import type { NameAt } from '@/lib/directory/model/name-at';
import type { NoisePeriod } from '../model/actor/excuse';
import type { KnownNames } from '../model/record/detect-drift';
import { knownNames, type MappedService } from '../model/record/detect-drift';
import type { Ref } from '../model/record/enrich';
import { BUILT_IN_RULES } from '../model/risk/built-in-rules';
import { type RuleBook, ruleBook } from '../model/risk/rule-book';

export type NamedRef = Ref & { readonly at: Date };

/** What must be known of an organisation to make changes of its records. Loaded once per batch or run, handed in. */
export type OrgKnowledge = {
  /** In lower case. */
  readonly orgId: string;
  readonly knownClientIds: ReadonlySet<string>;
  /** What the service mapping lists; null when it was never read. */
  readonly mapping: KnownNames | null;
  /** What the organisation called noise of its platform, and when. */
  readonly noise: readonly NoisePeriod[];
  /** What is high-risk, by the instant of the event. */
  readonly riskRules: RuleBook;
  readonly isPrivilegedRole: (roleId: string, at: Date) => boolean;
  readonly isRestrictedDivision: (divisionId: string, at: Date) => boolean;
  /** Names at their instants, in the order asked; null when there is no directory to ask. */
  readonly namesAt: ((refs: readonly NamedRef[]) => Promise<readonly NameAt[]>) | null;
  /** Departments of people at their instants, in the order asked; null when there is no directory to ask. */
  readonly departmentsAt:
    | ((
        asked: readonly { readonly userId: string; readonly at: Date }[],
      ) => Promise<readonly (string | null)[]>)
    | null;
};

const OWN_RULES = ruleBook(BUILT_IN_RULES.map((rule) => ({ rule, from: null, to: null })));

/** Knowledge of an organisation of which nothing is known but its id. */
export function bareKnowledge(orgId: string, services: readonly MappedService[] | null = null): OrgKnowledge {
  return {
    orgId: orgId.toLowerCase(),
    knownClientIds: new Set(),
    mapping: services === null ? null : knownNames(services),
    noise: [],
    riskRules: OWN_RULES,
    isPrivilegedRole: () => false,
    isRestrictedDivision: () => false,
    namesAt: null,
    departmentsAt: null,
  };
}
