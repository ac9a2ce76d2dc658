import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import type { AlertState } from './contract/alerts';
import { insertAlertEvent } from './store/alert/alert-events';
import { findAlert } from './store/alert/alert-reads';
import { writeState } from './store/alert/alert-writes';

export type AlertDecision = 'acknowledge' | 'close' | 'reopen';

type Step = {
  readonly from: readonly AlertState[];
  readonly to: AlertState;
  readonly kind: 'acknowledged' | 'closed' | 'reopened';
  readonly says: string;
};

const STEPS: Readonly<Record<AlertDecision, Step>> = {
  acknowledge: { from: ['open', 'historic'], to: 'acknowledged', kind: 'acknowledged', says: 'Acknowledged' },
  close: { from: ['open', 'acknowledged', 'historic'], to: 'closed', kind: 'closed', says: 'Closed' },
  reopen: { from: ['acknowledged', 'closed'], to: 'open', kind: 'reopened', says: 'Reopened' },
};

/**
 * A person's word on an alert, with the reason. Throws `not_found` outside the organisations given, and `conflict` where the
 * alert is not in a state for it.
 */
export async function decideAlert(
  sql: Sql,
  act: {
    readonly id: string;
    readonly decision: AlertDecision;
    readonly reason: string;
    readonly orgIds: readonly string[];
  },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<void> {
  const alert = await findAlert(sql, act.id, true);
  if (alert === null || !act.orgIds.includes(alert.orgId))
    throw requestError('not_found', 'cannot find the alert: there is none with this id');
  if (alert.mergedInto !== null)
    throw requestError('conflict', `cannot ${act.decision} the alert: it went on in ${alert.mergedInto}`);
  const step = STEPS[act.decision];
  if (!step.from.includes(alert.state))
    throw requestError('conflict', `cannot ${act.decision} the alert: it is ${alert.state}`);
  await writeState(sql, alert.id, step.to, by.now);
  await insertAlertEvent(sql, {
    orgId: alert.orgId,
    alertId: alert.id,
    at: by.now,
    kind: step.kind,
    who: by.actor.name,
    said: `${step.says}: ${act.reason}`,
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: `alert.${step.kind}`,
    objectType: 'alert',
    objectId: alert.id,
    orgId: alert.orgId,
    detail: { title: alert.title, from: alert.state, to: step.to, reason: act.reason },
    at: by.now,
  });
}
