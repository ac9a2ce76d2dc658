import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Happening } from '../model/happening';
import type { Happened } from '../model/sum-happenings';

/** Kind of the events' leaves in the ledger. */
export const EVENT_LEAF_KIND = 'exception_event';

export type NewEvent = Happened & {
  readonly orgId: string;
  readonly exceptionId: string;
  readonly onceKey: string | null;
};

export type KeptEvent = Happened & { readonly id: string; readonly exceptionId: string };

/** Appends what happened. Throws where a sequence number or a once-key is there already. */
export async function appendEvents(sql: Sql, events: readonly NewEvent[], now: Date): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => {
    const { orgId, exceptionId, seq, at, actor, happening, onceKey } = event;
    const id = newId('exceptionEvent', now);
    const { kind, ...detail } = happening;
    const body = canonicalJson({
      id,
      orgId,
      exceptionId,
      seq,
      at: toIsoMs(at),
      actor: { kind: actor.kind, id: actor.id, name: actor.name },
      kind,
      detail,
      onceKey,
      receivedAt: toIsoMs(now),
    });
    const leaf = sealable({ kind: EVENT_LEAF_KIND, orgId, factId: id, receivedAt: now, bytes: body });
    return {
      id,
      org_id: orgId,
      exception_id: exceptionId,
      seq,
      at: toIsoMs(at),
      kind,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      detail,
      once_key: onceKey,
      body,
      received_at: toIsoMs(now),
      salt: leaf.salt.toString('hex'),
      leaf_hash: leaf.leafHash.toString('hex'),
    };
  });
  await sql.query(
    `insert into exception_event (id, org_id, exception_id, seq, at, kind, actor_kind, actor_id, actor_name, detail, once_key, body,
       received_at, salt, leaf_hash)
     select id, org_id, exception_id, seq, at, kind, actor_kind, actor_id, actor_name, detail, once_key, body, received_at,
       decode(salt, 'hex'), decode(leaf_hash, 'hex')
     from jsonb_to_recordset($1) as t (id text, org_id uuid, exception_id text, seq integer, at timestamptz, kind text, actor_kind text,
       actor_id text, actor_name text, detail jsonb, once_key text, body text, received_at timestamptz, salt text, leaf_hash text)`,
    [JSON.stringify(rows)],
  );
}

type Row = {
  id: string;
  exception_id: string;
  seq: number;
  at: Date;
  kind: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  happening: Happening;
};

/** What happened to these exceptions, each in order. */
export async function selectEvents(sql: Sql, exceptionIds: readonly string[]): Promise<KeptEvent[]> {
  const rows = await sql.query<Row>(
    `select id, exception_id, seq, at, actor_kind, actor_id, actor_name, detail || jsonb_build_object('kind', kind) as happening
     from exception_event where exception_id = any ($1) order by exception_id, seq`,
    [exceptionIds],
  );
  return rows.map((row) => ({
    id: row.id,
    exceptionId: row.exception_id,
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    happening: row.happening,
  }));
}
