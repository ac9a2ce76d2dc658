import { listOrganizations } from '@/lib/auth/store/org-rows';
import type { Database } from '@/lib/db/connection';
import { liftPastMutes } from './mutes/lift-past-mutes';
import { configuredChannels } from './routing/configured-channels';
import { escalateDue } from './routing/escalate-due';
import { routeFindings } from './routing/route-findings';
import { sendDigests } from './routing/send-digests';

export type Sweep = {
  readonly routed: number;
  readonly escalated: number;
  readonly released: number;
  readonly lifted: number;
};

/**
 * What the clock brings about and what a killed pass left: mutes that end, findings without an alert, updates that waited,
 * escalations and digests that are due. For every minute; whatever it planned is sent by `deliverDue` after it.
 */
export async function sweepAlerts(
  db: Database,
  options: { readonly now: Date; readonly configured?: ReadonlySet<string> },
): Promise<Sweep> {
  const { now } = options;
  const configured = options.configured ?? configuredChannels();
  let routed = 0;
  let lifted = 0;
  for (const { id: orgId } of await listOrganizations(db.sql)) {
    lifted += (await liftPastMutes(db, { orgId, now })).lifted.length;
    routed += (await routeFindings(db, { orgId, now, configured })).alerts.length;
  }
  const escalated = (await escalateDue(db, { now, configured })).alerts.length;
  const { released } = await sendDigests(db, { now });
  return { routed, escalated, released, lifted };
}
