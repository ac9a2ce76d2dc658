import type { Database } from '@/lib/db/connection';
import { toIso } from '@/lib/kernel/instant';
import { insertAlertEvent } from '../store/alert/alert-events';
import { openAlertsOfRule } from '../store/alert/alert-reads';
import { writeState } from '../store/alert/alert-writes';
import { lockRouting } from './lock-routing';

const SILENT = 'collector-silent';

/**
 * Closes alerts of a silent collector that ended: an audit query was answered (`heardAt`, from `detectSilences`) after the
 * silence began. Returns the alerts it closed.
 */
export async function closeEnded(
  db: Database,
  ended: { readonly orgId: string; readonly heardAt: Date | null; readonly now: Date },
): Promise<{ readonly alerts: readonly string[] }> {
  const { orgId, heardAt, now } = ended;
  if (heardAt === null) return { alerts: [] };
  return db.transaction(async (sql) => {
    await lockRouting(sql, orgId);
    const over = await openAlertsOfRule(sql, { orgId, rule: SILENT, before: heardAt });
    for (const alert of over) {
      await writeState(sql, alert.id, 'closed', now);
      await insertAlertEvent(sql, {
        orgId,
        alertId: alert.id,
        at: now,
        kind: 'closed',
        who: 'Tallystick',
        said: `Closed by itself: an audit query was answered at ${toIso(heardAt)}. The hours in between are on the Coverage page.`,
      });
    }
    return { alerts: over.map((alert) => alert.id) };
  });
}
