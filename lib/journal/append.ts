import type { Sql } from '@/lib/db/sql';
import type { JournalActor } from '@/lib/kernel/actor';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';

/** Kind of the journal's leaves in the ledger. */
export const JOURNAL_LEAF_KIND = 'journal';

/** One act to record. */
export type JournalEntry = {
  readonly actor: JournalActor;
  /** What was done, `<object>.<past participle>`: `user.created`, `changes.exported`, `session.opened`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId?: string | null;
  /** The organisation the act concerns; null or absent: the installation. */
  readonly orgId?: string | null;
  /** What else a reader needs, such as filters or old and new values. Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Instant of the act; now when absent. */
  readonly at?: Date;
};

/**
 * Appends one row and returns its id (`jrn_…`).
 *
 * Requires `sql` to be bound to the transaction of the act itself, so that neither exists without the other. Whoever
 * calls lets an error pass: an act that cannot be recorded does not happen.
 */
export async function appendJournal(sql: Sql, entry: JournalEntry): Promise<string> {
  const receivedAt = new Date();
  const at = entry.at ?? receivedAt;
  const id = newId('journal', receivedAt);
  const orgId = entry.orgId ?? null;
  const { actor } = entry;
  const body = canonicalJson({
    id,
    at,
    actor: {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      ip: actor.ip ?? null,
      requestId: actor.requestId ?? null,
    },
    action: entry.action,
    object: { type: entry.objectType, id: entry.objectId ?? null },
    orgId,
    detail: entry.detail ?? {},
  });
  const leaf = sealable({ kind: JOURNAL_LEAF_KIND, orgId, factId: id, receivedAt, bytes: body });
  await sql.query(
    `insert into journal (id, org_id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      orgId,
      at,
      actor.kind,
      actor.id,
      actor.name,
      entry.action,
      entry.objectType,
      entry.objectId ?? null,
      body,
      receivedAt,
      leaf.salt,
      leaf.leafHash,
    ],
  );
  return id;
}
