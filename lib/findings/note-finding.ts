import type { Sql } from '@/lib/db/sql';
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

/** Sets the session of findings as grouped now: an opinion. */
export function noteSessions(sql: Sql, sessions: ReadonlyMap<string, string | null>): Promise<void> {
  return updateSessions(sql, sessions);
}
