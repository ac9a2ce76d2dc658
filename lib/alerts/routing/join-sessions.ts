import type { Sql } from '@/lib/db/sql';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { AlertState } from '../contract/alerts';
import type { Alert } from '../model/alert';
import { insertAlertEvent } from '../store/alert/alert-events';
import { alertsByKey, alertsBySession, findAlerts } from '../store/alert/alert-reads';
import { writeMerged, writeSession, writeState } from '../store/alert/alert-writes';
import { resum } from './sum-alert';

const SYSTEM = 'Tallystick';
/** Findings found longer ago stay in the alerts they are in. */
const REACH_DAYS = 7;
/** Of several states the one that asks for most. */
const MOST_OPEN_FIRST: readonly AlertState[] = ['open', 'acknowledged', 'closed', 'historic'];

/**
 * Brings alerts into line with sessions as grouped now: what turned out to belong to one session becomes one alert, the oldest
 * of them, in the most open of their states. Returns the alerts it changed. Within the routing's transaction.
 */
export async function joinSessions(
  sql: Sql,
  of: { readonly orgId: string; readonly now: Date },
): Promise<string[]> {
  const { orgId, now } = of;
  const touched: string[] = [];
  const since = addMs(now, -REACH_DAYS * DAY_MS);
  for (const { sessionId, alertIds } of await alertsBySession(sql, { orgId, since })) {
    const own = await alertsByKey(sql, orgId, [`session:${sessionId}`]);
    const ids = [...new Set([...alertIds, ...own.map((alert) => alert.id)])];
    const [oldest, ...others] = (await findAlerts(sql, ids)).filter((alert) => alert.state !== 'merged');
    if (oldest === undefined) continue;
    await writeSession(sql, oldest.id, sessionId);
    for (const other of others) await merge(sql, { other, into: oldest, now });
    const state = MOST_OPEN_FIRST.find((one) => [oldest, ...others].some((alert) => alert.state === one));
    if (state !== undefined && state !== oldest.state) await writeState(sql, oldest.id, state, now);
    await resum(sql, oldest.id, now);
    touched.push(oldest.id);
  }
  return touched;
}

async function merge(
  sql: Sql,
  { other, into, now }: { other: Alert; into: Alert; now: Date },
): Promise<void> {
  await writeMerged(sql, { from: other.id, into: into.id, at: now });
  const event = { orgId: into.orgId, at: now, kind: 'merged', who: SYSTEM } as const;
  await insertAlertEvent(sql, {
    ...event,
    alertId: into.id,
    said: `Took in ${other.id}: both tell of one session.`,
  });
  await insertAlertEvent(sql, {
    ...event,
    alertId: other.id,
    said: `Went on in ${into.id}: both tell of one session.`,
  });
}
