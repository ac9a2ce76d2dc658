import type { Database } from '@/lib/db/connection';
import { log } from '@/lib/log/log';
import { rulesInForce } from '../rules/rules-in-force';
import { assignFindings } from './assign-findings';
import { configuredChannels } from './configured-channels';
import { joinSessions } from './join-sessions';
import { lockRouting } from './lock-routing';
import { tellAlerts } from './tell-alerts';

const FINDINGS_PER_BATCH = 500;
const ALERTS_PER_BATCH = 50;

const alertLog = log.child({ room: 'alerts' });

export type RoutingOptions = {
  readonly orgId: string;
  readonly now: Date;
  /** Channels of the environment that it sets; as the process's environment says when absent. */
  readonly configured?: ReadonlySet<string>;
};

/**
 * Makes alerts of findings that have none, and tells of alerts that somebody has to be told of. First all findings find their
 * alert, then people are told, so that a thousand findings of one session are one message. Safe to repeat, to overlap and to
 * kill: what is left stands in the rows. Returns the alerts that are new or other.
 */
export async function routeFindings(
  db: Database,
  options: RoutingOptions,
): Promise<{ readonly alerts: readonly string[] }> {
  const { orgId, now } = options;
  const configured = options.configured ?? configuredChannels();
  const touched = new Set<string>();
  const joined = await db.transaction(async (sql) => {
    await lockRouting(sql, orgId);
    return joinSessions(sql, { orgId, now });
  });
  for (const id of joined) touched.add(id);
  for (;;) {
    const assigned = await db.transaction(async (sql) => {
      await lockRouting(sql, orgId);
      const rules = await rulesInForce(sql, now);
      return assignFindings(sql, { orgId, now, rules, limit: FINDINGS_PER_BATCH });
    });
    if (assigned === null) break;
    for (const id of assigned) touched.add(id);
  }
  const told = new Set<string>();
  for (;;) {
    const taken = await db.transaction(async (sql) => {
      await lockRouting(sql, orgId);
      const rules = await rulesInForce(sql, now);
      return tellAlerts(sql, { orgId, now, rules, configured, limit: ALERTS_PER_BATCH });
    });
    // Each is taken up once in a call: what comes meanwhile is for the next.
    if (taken.every((id) => told.has(id))) break;
    for (const id of taken) {
      told.add(id);
      touched.add(id);
    }
  }
  if (touched.size > 0) alertLog.info({ orgId, alerts: touched.size }, 'findings routed');
  return { alerts: [...touched] };
}
