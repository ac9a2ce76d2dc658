import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';

export type AlertEventKind =
  | 'raised'
  | 'grown'
  | 'told'
  | 'not_told'
  | 'acknowledged'
  | 'closed'
  | 'reopened'
  | 'merged'
  | 'escalated';

export type AlertEvent = {
  readonly orgId: string;
  readonly alertId: string;
  readonly at: Date;
  readonly kind: AlertEventKind;
  /** The name of whoever did it, as it is now. */
  readonly who: string;
  readonly said: string;
};

/** Appends what happened to an alert. */
export async function insertAlertEvent(sql: Sql, event: AlertEvent): Promise<void> {
  const id = newId('alertEvent', event.at);
  const { orgId, alertId, at, kind, who, said } = event;
  const body = canonicalJson({ id, orgId, alertId, at: toIsoMs(at), kind, who, said });
  const leaf = sealable({ kind: 'alert_event', orgId, factId: id, receivedAt: at, bytes: body });
  await sql.query(
    `insert into alert_event (id, org_id, alert_id, at, kind, who, said, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $4, $9, $10)`,
    [id, orgId, alertId, at, kind, who, said, body, leaf.salt, leaf.leafHash],
  );
}

/** What happened to these alerts, newest first; within one instant in the order of the transactions. */
export async function alertEvents(
  sql: Sql,
  alertIds: readonly string[],
): Promise<{ at: Date; who: string; said: string }[]> {
  return sql.query(
    `select at, who, said from alert_event where alert_id = any($1) order by at desc, xid desc, id desc limit 500`,
    [alertIds],
  );
}
