import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { ChannelKind, DeliveryState, Purpose } from '../contract/deliveries';
import type { Message } from '../model/message';

export type NewDeliveryRow = {
  readonly key: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly channelId: string;
  readonly channelKind: ChannelKind;
  readonly channelName: string;
  readonly purpose: Purpose;
  readonly message: Message;
  readonly notBefore: Date;
  readonly state: DeliveryState;
  readonly because: string | null;
};

/** Adds the rows whose key is new and gives their ids. */
export async function insertDeliveries(
  sql: Sql,
  rows: readonly NewDeliveryRow[],
  now: Date,
): Promise<string[]> {
  const facts = rows.map((row) => {
    const id = newId('delivery', now);
    const message = storable(row.message);
    const body = canonicalJson({
      id,
      key: row.key,
      orgId: row.orgId,
      alertId: row.alertId,
      channel: { id: row.channelId, kind: row.channelKind, name: row.channelName },
      purpose: row.purpose,
      message,
      notBefore: toIsoMs(row.notBefore),
      plannedAt: toIsoMs(now),
    });
    const leaf = sealable({ kind: 'delivery', orgId: row.orgId, factId: id, receivedAt: now, bytes: body });
    return { row, id, body, message: canonicalJson(message), ...leaf };
  });
  const added = await sql.query<{ id: string }>(
    `insert into delivery (id, key, org_id, alert_id, channel_id, channel_kind, channel_name, purpose, message, not_before, received_at, body, salt, leaf_hash,
       state, because, next_at)
     select id, key, org_id, alert_id, channel_id, channel_kind, channel_name, purpose, message::jsonb, not_before, $1, body, salt, leaf, state, because,
       case when state = 'waiting' then not_before end
     from unnest($2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[],
       $12::text[], $13::bytea[], $14::bytea[], $15::text[], $16::text[])
       as t (id, key, org_id, alert_id, channel_id, channel_kind, channel_name, purpose, message, not_before, body, salt, leaf, state, because)
     on conflict (key) do nothing returning id`,
    [
      now,
      facts.map((fact) => fact.id),
      facts.map((fact) => fact.row.key),
      facts.map((fact) => fact.row.orgId),
      facts.map((fact) => fact.row.alertId),
      facts.map((fact) => fact.row.channelId),
      facts.map((fact) => fact.row.channelKind),
      facts.map((fact) => fact.row.channelName),
      facts.map((fact) => fact.row.purpose),
      facts.map((fact) => fact.message),
      facts.map((fact) => fact.row.notBefore),
      facts.map((fact) => fact.body),
      facts.map((fact) => fact.salt),
      facts.map((fact) => fact.leafHash),
      facts.map((fact) => fact.row.state),
      facts.map((fact) => fact.row.because),
    ],
  );
  return added.map((row) => row.id);
}

/** Text that PostgreSQL and canonical JSON can hold: names come from outside. */
function storable(message: Message): Message {
  const clean = (text: string) => text.toWellFormed().replaceAll('\0', '');
  return {
    title: clean(message.title),
    severity: message.severity,
    facts: message.facts.map(({ label, value }) => ({ label: clean(label), value: clean(value) })),
    orgName: clean(message.orgName),
    path: message.path,
    runbook: message.runbook === null ? null : clean(message.runbook),
    correlationId: message.correlationId,
  };
}
