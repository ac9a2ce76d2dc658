import type { NormalisedChange } from './change';

/**
 * The fields in which two appearances of one record differ, by name; empty when they tell the same.
 *
 * Compared are id, time, service, action, entity id, actor id, status and property changes, and only where both shapes
 * carry them: push has no status, and one shape may leave empty value lists out. Never bytes.
 * Source: design 6, "source changed".
 */
export function differingFields(known: Comparable, seen: Comparable): string[] {
  const differing: string[] = [];
  if (known.id !== seen.id) differing.push('id');
  if (known.eventDate.getTime() !== seen.eventDate.getTime()) differing.push('eventDate');
  if (known.service !== seen.service) differing.push('serviceName');
  if (known.action !== seen.action) differing.push('action');
  if (bothDiffer(known.entityId, seen.entityId)) differing.push('entity.id');
  if (bothDiffer(known.actorId, seen.actorId)) differing.push('user.id');
  if (bothDiffer(known.status, seen.status)) differing.push('status');
  if (propertiesText(known) !== propertiesText(seen)) differing.push('propertyChanges');
  return differing;
}

export type Comparable = Pick<
  NormalisedChange,
  'id' | 'eventDate' | 'service' | 'action' | 'entityId' | 'actorId' | 'status' | 'propertyChanges'
>;

function bothDiffer(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function propertiesText(change: Comparable): string {
  return JSON.stringify(change.propertyChanges.map((p) => [p.property, p.oldValues, p.newValues]));
}
