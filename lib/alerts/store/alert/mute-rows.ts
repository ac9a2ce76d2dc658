import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Mute } from '../../model/routing/mute';

const COLUMNS = `id, org_id::text as "orgId", rule, subject_id as "subjectId", actor_id as "actorId", reason, since, until, made_by as "by",
  lifted_at as "liftedAt", lifted_by as "liftedBy", lifted_because as "liftedBecause"`;

export async function insertMute(sql: Sql, mute: Mute): Promise<void> {
  const { id, orgId, rule, subjectId, actorId, reason, since, until, by } = mute;
  const body = canonicalJson({
    id,
    orgId,
    rule,
    subjectId,
    actorId,
    reason,
    since: toIsoMs(since),
    until: toIsoMs(until),
    by,
  });
  const leaf = sealable({ kind: 'mute', orgId, factId: id, receivedAt: since, bytes: body });
  await sql.query(
    `insert into mute (id, org_id, rule, subject_id, actor_id, reason, since, until, made_by, body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $7, $11, $12)`,
    [id, orgId, rule, subjectId, actorId, reason, since, until, by, body, leaf.salt, leaf.leafHash],
  );
}

/** Mutes of an organisation that nobody lifted and that have not ended. */
export function mutesStanding(sql: Sql, orgId: string, at: Date): Promise<Mute[]> {
  return sql.query<Mute>(
    `select ${COLUMNS} from mute where org_id = $1 and lifted_at is null and since <= $2 and until > $2 order by id`,
    [orgId, at],
  );
}

/** Mutes of an organisation that have ended and nobody lifted, locked for the transaction. */
export function mutesEnded(sql: Sql, orgId: string, at: Date): Promise<Mute[]> {
  return sql.query<Mute>(
    `select ${COLUMNS} from mute where org_id = $1 and lifted_at is null and until <= $2 order by id for update`,
    [orgId, at],
  );
}

/** The mute with this id, locked for the transaction. */
export async function findMute(sql: Sql, id: string): Promise<Mute | null> {
  const rows = await sql.query<Mute>(`select ${COLUMNS} from mute where id = $1 for update`, [id]);
  return rows[0] ?? null;
}

export async function writeLifted(
  sql: Sql,
  lift: { id: string; at: Date; by: string; because: string },
): Promise<void> {
  await sql.query(
    'update mute set lifted_at = $2, lifted_by = $3, lifted_because = $4 where id = $1 and lifted_at is null',
    [lift.id, lift.at, lift.by, lift.because],
  );
}

/** Mutes that `sql` may see, newest first, with how many alerts each held back. */
export function listMutes(sql: Sql): Promise<(Mute & { held: number })[]> {
  return sql.query<Mute & { held: number }>(
    `select ${COLUMNS}, (select count(*) from alert a where a.mute_id = mute.id) as held from mute order by since desc, id desc limit 500`,
  );
}

/** How many alerts a mute held back. */
export async function heldBy(sql: Sql, muteId: string): Promise<number> {
  const rows = await sql.query<{ n: number }>('select count(*) as n from alert where mute_id = $1', [muteId]);
  return rows[0]?.n ?? 0;
}
