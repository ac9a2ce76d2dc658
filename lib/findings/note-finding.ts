import type { Sql } from '@/lib/db/sql';
import type { Concern } from './model/concern';
import { updateAlert, updateIncident, updateProposed, updateSessions } from './store/later-known';

/** Says which alert tells of the findings, once. */
export function noteAlert(sql: Sql, alertId: string, findingIds: readonly string[]): Promise<void> {
  return updateAlert(sql, alertId, findingIds);
}

/** Says that the responses of the findings were proposed, once; until then `findingsToAnswer` gives them. */
export function noteProposed(sql: Sql, at: Date, findingIds: readonly string[]): Promise<void> {
  return updateProposed(sql, at, findingIds);
}

/**
 * Notes on every finding of an alert the incident that a receiver opened for it. A finding keeps the first incident it was
 * given. Returns how many took it.
 */
export function noteIncident(
  sql: Sql,
  incident: { readonly alertId: string; readonly number: string; readonly url: string | null },
): Promise<number> {
  return updateIncident(sql, incident);
}

/** Sets the session of findings as grouped now, from the same concerns found again: an opinion. */
export function noteSessionsByKey(
  sql: Sql,
  input: { readonly orgId: string; readonly concerns: readonly Pick<Concern, 'key' | 'sessionId'>[] },
): Promise<void> {
  return updateSessions(sql, input.orgId, new Map(input.concerns.map((one) => [one.key, one.sessionId])));
}
