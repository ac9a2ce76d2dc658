import type { WindowScope } from './window';

/** The change as far as a window can be about it. */
export type Place = {
  readonly service: string;
  readonly entityType: string;
  readonly divisionId: string | null;
  readonly entityId: string | null;
};

/**
 * Whether a window is about the change: each list that is not empty must hold what the change has. What a change does not tell (a division
 * never learnt) fits no list.
 */
export function isInScope(scope: WindowScope, place: Place): boolean {
  return (
    fits(scope.services, place.service) &&
    fits(scope.entityTypes, place.entityType) &&
    fits(scope.divisions, place.divisionId) &&
    fits(scope.objects, place.entityId)
  );
}

/** Whether a window names the object by its id; ids are compared without dashes and case. */
export function namesObject(scope: WindowScope, entityId: string | null): boolean {
  return entityId !== null && scope.objects.some((id) => plain(id) === plain(entityId));
}

/** Whether a window is about the whole organisation. */
export function isUnlimited(scope: WindowScope): boolean {
  return [scope.services, scope.entityTypes, scope.divisions, scope.objects].every(
    (list) => list.length === 0,
  );
}

function fits(wanted: readonly string[], given: string | null): boolean {
  if (wanted.length === 0) return true;
  return given !== null && wanted.some((one) => plain(one) === plain(given));
}

function plain(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}
