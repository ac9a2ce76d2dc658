import type { Sql } from '@/lib/db/sql';
import type { RecordedMove } from '../model/recorded-move';

/** What of a move is kept; the rest is read from its change. */
export type NewMove = Omit<
  RecordedMove,
  'provisional' | 'selfMove' | 'risk' | 'linkage' | 'planning' | 'sessionId'
>;

const COLUMNS = {
  id: 'text',
  change_id: 'text',
  at: 'timestamptz',
  received_at: 'timestamptz',
  within_from: 'timestamptz',
  source: 'text',
  actor_kind: 'text',
  actor_id: 'text',
  actor_name: 'text',
  client_id: 'text',
  client_name: 'text',
  target_type: 'text',
  target_id: 'text',
  target_name: 'text',
  from_id: 'text',
  from_name: 'text',
  from_name_from: 'text',
  from_known_from: 'timestamptz',
  from_region: 'text',
  from_sensitivity: 'text',
  from_rank: 'integer',
  to_id: 'text',
  to_name: 'text',
  to_name_from: 'text',
  to_known_from: 'timestamptz',
  to_region: 'text',
  to_sensitivity: 'text',
  to_rank: 'integer',
  client_ip: 'text',
  address_flags: 'text[]',
  address_notes: 'jsonb',
  address_not_evaluated: 'text',
  self_move_by: 'text',
  direction: 'text',
  boundary_cross: 'boolean',
  restricted: 'boolean',
  accountable: 'boolean',
  review_due_at: 'timestamptz',
} as const;
const NAMES = Object.keys(COLUMNS);

/**
 * Makes the moves that records of these hours tell exactly the given ones. Returns the instants of those that are new, other
 * than before, or gone; the same moves again write nothing. Moves seen between snapshots alone are not touched.
 */
export async function replaceMoves(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[]; readonly moves: readonly NewMove[] },
): Promise<{ readonly written: Date[]; readonly gone: Date[] }> {
  const gone = await sql.query<{ at: Date }>(
    `delete from division_move m using unnest($2::timestamptz[]) h (hour)
     where m.org_id = $1 and m.change_id is not null and m.at >= h.hour and m.at < h.hour + interval '1 hour' and m.id <> all ($3::text[])
     returning m.at`,
    [of.orgId, of.hours, of.moves.map((move) => move.id)],
  );
  return { written: await saveMoves(sql, of.orgId, of.moves), gone: gone.map((row) => row.at) };
}

/** Keeps moves; returns the instants of those that are new or other than before. */
export async function saveMoves(sql: Sql, orgId: string, moves: readonly NewMove[]): Promise<Date[]> {
  if (moves.length === 0) return [];
  const kept = NAMES.filter((name) => name !== 'id');
  const rows = await sql.query<{ at: Date }>(
    `insert into division_move as m (org_id, ${NAMES.join(', ')})
     select $1, ${NAMES.map((name) => `x.${name}`).join(', ')}
     from jsonb_to_recordset($2::jsonb) as x (${Object.entries(COLUMNS)
       .map(([name, type]) => `${name} ${type}`)
       .join(', ')})
     on conflict (org_id, id) do update set ${kept.map((name) => `${name} = excluded.${name}`).join(', ')}
     where (${kept.map((name) => `m.${name}`).join(', ')}) is distinct from (${kept.map((name) => `excluded.${name}`).join(', ')})
     returning m.at`,
    [orgId, JSON.stringify(moves.map(rowOf))],
  );
  return rows.map((row) => row.at);
}

function rowOf(move: NewMove): Record<keyof typeof COLUMNS, unknown> {
  const { from, to } = move;
  return {
    id: move.id,
    change_id: move.changeId,
    at: move.at,
    received_at: move.receivedAt,
    within_from: move.within?.from ?? null,
    source: move.source,
    actor_kind: move.actor.kind,
    actor_id: move.actor.id,
    actor_name: move.actor.name,
    client_id: move.client?.id ?? null,
    client_name: move.client?.name ?? null,
    target_type: move.target.type,
    target_id: move.target.id,
    target_name: move.target.name,
    from_id: from.id,
    from_name: from.name,
    from_name_from: from.nameFrom,
    from_known_from: from.nameKnownFrom,
    from_region: from.region,
    from_sensitivity: from.sensitivity,
    from_rank: from.rank,
    to_id: to.id,
    to_name: to.name,
    to_name_from: to.nameFrom,
    to_known_from: to.nameKnownFrom,
    to_region: to.region,
    to_sensitivity: to.sensitivity,
    to_rank: to.rank,
    client_ip: move.clientIp,
    address_flags: move.addressFlags.map((note) => note.flag),
    address_notes: move.addressFlags,
    address_not_evaluated: move.addressNotEvaluated,
    self_move_by: move.selfMoveBy,
    direction: move.direction,
    boundary_cross: move.boundaryCross,
    restricted: move.restricted,
    accountable: move.accountable,
    review_due_at: move.reviewDueAt,
  };
}
