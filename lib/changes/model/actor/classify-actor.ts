import type { ActorKind } from '@/lib/kernel/words';
import type { NormalisedChange } from '../record/change';

export type ActorScope = {
  /** Our organisation, in lower case. */
  readonly orgId: string;
  /** Ids of OAuth clients known to the directory. */
  readonly knownClientIds: ReadonlySet<string>;
};

/**
 * Who acted: person, automation (an OAuth client), platform, external (Genesys' staff, a trusted organisation) or unknown.
 *
 * A SYSTEM record that grants access and names nobody, neither in user nor in `context.userid`, is unknown until a USER
 * record is found behind it (`isGrantWithoutCause`).
 * Source: genesys-cloud.md 3.5, actor classification; design 5.
 */
export function classifyActor(change: ActorFacts, scope: ActorScope): ActorKind {
  const { userId, clientId, userHomeOrgId, level } = change;
  if (level === 'GENESYS_INTERNAL') return 'external';
  if (userHomeOrgId !== null && userHomeOrgId.toLowerCase() !== scope.orgId) return 'external';
  if (clientId !== null && (userId === null || userId === clientId)) return 'automation';
  if (userId !== null && scope.knownClientIds.has(userId)) return 'automation';
  if (userId !== null) return 'person';
  if (level === 'SYSTEM') return isGrantWithoutCause(change) ? 'unknown' : 'platform';
  return 'unknown';
}

export type ActorFacts = Pick<
  NormalisedChange,
  | 'userId'
  | 'clientId'
  | 'userHomeOrgId'
  | 'level'
  | 'service'
  | 'entityType'
  | 'action'
  | 'context'
  | 'propertyChanges'
>;

/** Whether the platform itself grants access here and says nothing of who was behind it. */
export function isGrantWithoutCause(change: ActorFacts): boolean {
  return (
    change.level === 'SYSTEM' &&
    change.userId === null &&
    change.clientId === null &&
    !change.context.userid &&
    grantsAccess(change)
  );
}

const DIVISION_PROPERTY = /division([._-]?id)?$/i;

/** Whether a record widens what somebody may do or see: a role, an OAuth client, a division. */
export function grantsAccess(
  change: Pick<NormalisedChange, 'entityType' | 'action' | 'propertyChanges'>,
): boolean {
  if (change.entityType === 'Role' && (change.action === 'MemberAdd' || change.action === 'MemberUpdate'))
    return true;
  if (change.entityType === 'OAuthClient' && (change.action === 'Create' || change.action === 'Update'))
    return true;
  return change.propertyChanges.some((property) => isDivisionProperty(property.property));
}

/** Whether a property row changes a division, whatever the action is called. Source: genesys-cloud.md 3.7. */
export function isDivisionProperty(property: string): boolean {
  return DIVISION_PROPERTY.test(property);
}
