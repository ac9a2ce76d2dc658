import type { NameAt } from '@/lib/directory/model/name-at';
import type { NoisePeriod } from '../model/actor/excuse';
import type { KnownNames } from '../model/record/detect-drift';
import { knownNames, type MappedService } from '../model/record/detect-drift';
import type { Ref } from '../model/record/enrich';

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

/** Knowledge of an organisation of which nothing is known but its id. */
export function bareKnowledge(orgId: string, services: readonly MappedService[] | null = null): OrgKnowledge {
  return {
    orgId: orgId.toLowerCase(),
    knownClientIds: new Set(),
    mapping: services === null ? null : knownNames(services),
    noise: [],
    isPrivilegedRole: () => false,
    isRestrictedDivision: () => false,
    namesAt: null,
    departmentsAt: null,
  };
}
