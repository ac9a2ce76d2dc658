import type { ActorKind, Exclusion } from '@/lib/kernel/words';
import { isDivisionProperty, isGrantWithoutCause } from '../actor/classify-actor';
import type { NormalisedChange } from '../record/change';
import { groupMembers, queueMemberships, roleMember } from './members';
import type { RiskCondition } from './rule';

/** What the directory and earlier changes say beyond the record. Unknown is false: it must not accuse. */
export type RiskContext = {
  readonly actorKind: ActorKind;
  readonly excludedReason: Exclusion | null;
  readonly isPrivilegedRole: (roleId: string) => boolean;
  readonly isRestrictedDivision: (divisionId: string) => boolean;
  /** The division the target lay in, where it is known. */
  readonly divisionId: string | null;
  /** Whether this person came from an address never seen with them before. */
  readonly newAddress: boolean;
};

/** What of a change is held against rules. */
export type Assessed = Pick<
  NormalisedChange,
  | 'service'
  | 'entityType'
  | 'action'
  | 'entityId'
  | 'entityName'
  | 'actorId'
  | 'propertyChanges'
  | 'level'
  | 'userId'
  | 'clientId'
  | 'userHomeOrgId'
  | 'context'
>;

type Holds = (change: Assessed, context: RiskContext) => boolean;

const HOLDS: Readonly<Record<RiskCondition, Holds>> = {
  moves_division: (change) => change.propertyChanges.some((one) => isDivisionProperty(one.property)),
  into_restricted: (change, { isRestrictedDivision }) =>
    change.propertyChanges.some(
      (one) => isDivisionProperty(one.property) && one.newValues.some((id) => isRestrictedDivision(id)),
    ),
  out_of_restricted: (change, { isRestrictedDivision }) =>
    change.propertyChanges.some(
      (one) => isDivisionProperty(one.property) && one.oldValues.some((id) => isRestrictedDivision(id)),
    ),
  in_restricted: (_change, { divisionId, isRestrictedDivision }) =>
    divisionId !== null && isRestrictedDivision(divisionId),
  self_target: (change) => ownAccount(change) || ownRole(change) || ownGroup(change) || ownQueue(change),
  own_account: ownAccount,
  own_role: ownRole,
  own_group: ownGroup,
  own_queue: ownQueue,
  privileged_role: (change, { isPrivilegedRole }) => {
    if (change.entityType !== 'Role') return false;
    const roleId = roleMember(change.entityName)?.roleId ?? change.entityId;
    return roleId !== null && isPrivilegedRole(roleId);
  },
  new_address: (_change, { newAddress }) => newAddress,
  genesys_staff: (_change, { excludedReason }) => excludedReason === 'genesys_internal',
  outside_actor: (_change, { actorKind, excludedReason }) =>
    actorKind === 'external' && excludedReason !== 'genesys_internal',
  unknown_actor: (change, { actorKind }) => actorKind === 'unknown' && !isGrantWithoutCause(change),
  uncaused_grant: (change, { actorKind }) => actorKind === 'unknown' && isGrantWithoutCause(change),
};

/** Whether a condition holds of a change. */
export function holds(condition: RiskCondition, change: Assessed, context: RiskContext): boolean {
  return HOLDS[condition](change, context);
}

function ownAccount({ entityType, entityId, actorId }: Assessed): boolean {
  return (entityType === 'User' || entityType === 'AuthUser') && actorId !== null && entityId === actorId;
}

function ownRole({ entityType, entityName, actorId }: Assessed): boolean {
  return entityType === 'Role' && actorId !== null && roleMember(entityName)?.memberId === actorId;
}

function ownGroup({ actorId, propertyChanges }: Assessed): boolean {
  return actorId !== null && groupMembers(propertyChanges).includes(actorId);
}

function ownQueue({ actorId, propertyChanges }: Assessed): boolean {
  return (
    actorId !== null &&
    queueMemberships(propertyChanges).some((one) => one.memberId === actorId && one.did === 'added')
  );
}
