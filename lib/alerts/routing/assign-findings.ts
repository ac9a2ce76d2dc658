import type { Sql } from '@/lib/db/sql';
import { noteAlert } from '@/lib/findings/note-finding';
import { findingsToRoute } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { newId } from '@/lib/kernel/ids';
import type { Alert } from '../model/alert';
import type { RoutingRule } from '../model/routing/built-in-rules';
import { alertKey, isHistoric, joins } from '../model/routing/grouping';
import { groupingOf } from '../model/routing/route';
import { insertAlertEvent } from '../store/alert/alert-events';
import { alertsByKey } from '../store/alert/alert-reads';
import { insertAlert, putFindings, writeNotSent } from '../store/alert/alert-writes';
import { resum } from './sum-alert';

const SYSTEM = 'Tallystick';
export const HISTORIC_SAYS = 'What it tells of was older than a day when it was found.';

type Group = {
  readonly key: string;
  readonly historic: boolean;
  readonly alert: Alert | null;
  readonly findings: KeptFinding[];
};

/**
 * Puts the next findings that have no alert into one: of their session, else as the routing groups them; an alert that is
 * handled no more, or too far away in time, gets no more of them. Returns the alerts; null when nothing was left to do.
 * Within the routing's transaction.
 */
export async function assignFindings(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly now: Date;
    readonly rules: readonly RoutingRule[];
    readonly limit: number;
  },
): Promise<string[] | null> {
  const { orgId, now } = asked;
  const findings = await findingsToRoute(sql, { orgId, limit: asked.limit });
  if (findings.length === 0) return null;
  const keyed = findings.map((finding) => ({
    finding,
    key: alertKey(finding, groupingOf(asked.rules, finding)),
  }));
  const standing = await alertsByKey(sql, orgId, [...new Set(keyed.map(({ key }) => key))]);
  const touched: string[] = [];
  for (const group of groupsOf(keyed, standing)) touched.push(await put(sql, { orgId, now, group }));
  return touched;
}

function groupsOf(
  keyed: readonly { readonly finding: KeptFinding; readonly key: string }[],
  standing: readonly Alert[],
): Group[] {
  const groups: Group[] = [];
  for (const { finding, key } of keyed) {
    const historic = isHistoric(finding);
    const open = groups.find(
      (group) => group.key === key && group.historic === historic && near(group, finding),
    );
    if (open !== undefined) {
      open.findings.push(finding);
      continue;
    }
    const alert = standing.find(
      (one) => one.key === key && takes(one, historic) && joins(one, finding.occurredAt),
    );
    groups.push({ key, historic, alert: alert ?? null, findings: [finding] });
  }
  return groups;
}

function takes(alert: Alert, historic: boolean): boolean {
  return historic ? alert.state === 'historic' : alert.state === 'open' || alert.state === 'acknowledged';
}

/** Whether a finding joins what a group already holds of it. */
function near({ key, alert, findings }: Group, { occurredAt }: KeptFinding): boolean {
  const times = findings.map((finding) => finding.occurredAt.getTime());
  if (alert !== null) times.push(alert.firstEventAt.getTime(), alert.lastEventAt.getTime());
  return joins(
    { key, firstEventAt: new Date(Math.min(...times)), lastEventAt: new Date(Math.max(...times)) },
    occurredAt,
  );
}

async function put(
  sql: Sql,
  { orgId, now, group }: { orgId: string; now: Date; group: Group },
): Promise<string> {
  const findingIds = group.findings.map((finding) => finding.id);
  const alertId = group.alert?.id ?? newId('alert', now);
  const first = group.findings[0];
  if (group.alert === null) {
    await insertAlert(sql, {
      id: alertId,
      orgId,
      key: group.key,
      state: group.historic ? 'historic' : 'open',
      sessionId: group.key.startsWith('session:') ? (first?.sessionId ?? null) : null,
      notSent: group.historic ? HISTORIC_SAYS : null,
      raisedAt: now,
    });
  }
  await putFindings(sql, { orgId, alertId, findingIds });
  await noteAlert(sql, alertId, findingIds);
  const findings = await resum(sql, alertId, now);
  if (group.historic) await writeNotSent(sql, { alertId, because: HISTORIC_SAYS, findings, mute: null });
  const many = findingIds.length === 1 ? '1 finding' : `${findingIds.length} findings`;
  await insertAlertEvent(sql, {
    orgId,
    alertId,
    at: now,
    kind: group.alert === null ? 'raised' : 'grown',
    who: SYSTEM,
    said:
      group.alert !== null
        ? `Grew by ${many}.`
        : group.historic
          ? `Kept with ${many}. ${HISTORIC_SAYS}`
          : `Raised by ${many}.`,
  });
  return alertId;
}
