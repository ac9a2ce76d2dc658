import { type ActorKind, type Exclusion, RISKS, type Risk } from '@/lib/kernel/words';
import { isDivisionProperty, isGrantWithoutCause } from '../actor/classify-actor';
import type { NormalisedChange } from '../record/change';
import { groupMembers, queueMemberships, roleMember } from './members';
import { RISK_TABLE, type RiskRule } from './risk-table';

/** What the directory and earlier changes say beyond the record. Unknown is false: it must not accuse. */
export type RiskContext = {
  readonly actorKind: ActorKind;
  readonly excludedReason: Exclusion | null;
  readonly isPrivilegedRole: (roleId: string) => boolean;
  readonly isRestrictedDivision: (divisionId: string) => boolean;
  /** Whether this person came from an address never seen with them before. */
  readonly newAddress: boolean;
};

/** The reason that depends on what else is known, and is taken back when an earlier record turns up. */
export const NEW_ADDRESS = 'the person came from a new address';

export type AssessedRisk = { readonly risk: Risk; readonly reasons: readonly string[] };

type Assessed = Pick<
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

/**
 * Low, medium, high or critical, with every reason in words: from the table of (service, entity type, action, property) and
 * from context: self-target, privileged role, restricted division, new address, a grant by nobody.
 *
 * What was refused or only read is low whatever it touched, except for Genesys' own staff, which is never below medium.
 * Source: design 5, risk.
 */
export function assessRisk(change: Assessed, context: RiskContext): AssessedRisk {
  const found = new Map<string, Risk>();
  const isAct =
    context.excludedReason === null ||
    context.excludedReason === 'excused' ||
    context.excludedReason === 'genesys_internal';
  if (isAct) {
    for (const rule of RISK_TABLE) if (matches(rule, change)) found.set(rule.reason, rule.risk);
    noteDivisions(change, context, found);
    noteMembers(change, context, found);
    if (
      change.entityType === 'User' &&
      change.actorId !== null &&
      change.entityId === change.actorId &&
      moves(change)
    )
      found.set('the person moved their own account', 'critical');
    if (context.newAddress) found.set(NEW_ADDRESS, 'medium');
  }
  if (context.excludedReason === 'genesys_internal') found.set('Genesys’ own staff acted', 'medium');
  else if (context.actorKind === 'external' && isAct)
    found.set('somebody of another organisation acted', 'medium');
  if (context.actorKind === 'unknown') {
    if (isGrantWithoutCause(change)) found.set('access was granted and no record says by whom', 'high');
    else if (isAct) found.set('no record says who acted', 'medium');
  }
  const ordered = [...found].sort((a, b) => rankOf(b[1]) - rankOf(a[1]));
  return { risk: ordered[0]?.[1] ?? 'low', reasons: ordered.map(([reason]) => reason) };
}

/** 1 for low to 4 for critical: how the database orders them. */
export function rankOf(risk: Risk): number {
  return RISKS.indexOf(risk) + 1;
}

/** The word of a rank; what is out of range counts as low. */
export function riskOfRank(rank: number): Risk {
  return RISKS[rank - 1] ?? 'low';
}

function matches(rule: RiskRule, change: Assessed): boolean {
  if (rule.service !== undefined && rule.service !== change.service) return false;
  if (rule.entityTypes !== undefined && !rule.entityTypes.includes(change.entityType)) return false;
  if (rule.actions !== undefined && !rule.actions.includes(change.action)) return false;
  const { property } = rule;
  return property === undefined || change.propertyChanges.some((one) => property.test(one.property));
}

function moves(change: Assessed): boolean {
  return change.propertyChanges.some((one) => isDivisionProperty(one.property));
}

function noteDivisions(change: Assessed, context: RiskContext, found: Map<string, Risk>): void {
  for (const one of change.propertyChanges) {
    if (!isDivisionProperty(one.property)) continue;
    found.set('a move to another division changes who may see and do what', 'high');
    if (one.newValues.some((id) => context.isRestrictedDivision(id)))
      found.set('it moves into a restricted division', 'critical');
    if (one.oldValues.some((id) => context.isRestrictedDivision(id)))
      found.set('it moves out of a restricted division', 'critical');
  }
}

function noteMembers(change: Assessed, context: RiskContext, found: Map<string, Risk>): void {
  const grant = change.entityType === 'Role' ? roleMember(change.entityName) : null;
  const roleId = grant?.roleId ?? (change.entityType === 'Role' ? change.entityId : null);
  const adds = change.action === 'MemberAdd' || change.action === 'MemberUpdate';
  if (adds && roleId !== null && context.isPrivilegedRole(roleId))
    found.set('the role is privileged', 'high');
  if (change.actorId === null) return;
  if (adds && grant?.memberId === change.actorId)
    found.set('the person granted a role to themselves', 'critical');
  if (groupMembers(change.propertyChanges).includes(change.actorId))
    found.set('the person changed their own membership of a group', 'high');
  if (
    queueMemberships(change.propertyChanges).some(
      (one) => one.memberId === change.actorId && one.did === 'added',
    )
  )
    found.set('the person added themselves to a queue', 'medium');
}
