import type { Sql } from '@/lib/db/sql';
import type { NameSource } from '@/lib/directory/model/name-at';
import type { Sensitivity } from '@/lib/directory/model/policy/division-tag';
import { type ActorKind, type Linkage, type Planning, RISKS, type Source } from '@/lib/kernel/words';
import type { Direction } from '../contract';
import type { AddressNote, DivisionAt, RecordedMove, SelfMoveBy } from '../model/recorded-move';

type Side = 'from' | 'to';

export type MoveRow = {
  org_id: string;
  id: string;
  change_id: string | null;
  at: Date;
  received_at: Date;
  within_from: Date | null;
  source: Source;
  actor_kind: ActorKind;
  actor_id: string | null;
  actor_name: string | null;
  client_id: string | null;
  client_name: string | null;
  target_type: string;
  target_id: string;
  target_name: string | null;
  client_ip: string | null;
  address_flags: string[];
  address_notes: AddressNote[];
  address_not_evaluated: string | null;
  self_move_by: SelfMoveBy | null;
  direction: Direction;
  boundary_cross: boolean | null;
  restricted: boolean | null;
  accountable: boolean;
  review_due_at: Date | null;
} & { [S in Side as `${S}_id` | `${S}_name` | `${S}_region`]: string | null } & {
  [S in Side as `${S}_name_from`]: NameSource;
} & { [S in Side as `${S}_known_from`]: Date | null } & {
  [S in Side as `${S}_sensitivity`]: Sensitivity | null;
} & { [S in Side as `${S}_rank`]: number | null };

/** What stands beside a move in its change, always as it is now. */
export type MoveContext = {
  provisional: boolean;
  risk: number;
  linkage: Linkage;
  planning: Planning;
  session_id: string | null;
};

/** Moves with what their changes say now: `m` and `c`. A move that no audit record tells is high risk, unlinked and ad-hoc. */
export const MOVES_WITH_CHANGES =
  'division_move m left join change c on c.event_date = m.at and c.id = m.change_id and c.org_id = m.org_id';
export const LINKAGE_NOW = `coalesce(c.linkage, 'unlinked')`;
export const MOVE_COLUMNS = `m.*, c.id is not null and c.confirmed_at is null as provisional, coalesce(c.risk, 3) as risk,
  ${LINKAGE_NOW} as linkage, coalesce(c.planning, 'ad_hoc') as planning, c.session_id`;

/** The moves of an organisation that happened in the hours, oldest first. */
export async function movesOfHours(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[] },
): Promise<RecordedMove[]> {
  if (of.hours.length === 0) return [];
  const rows = await sql.query<MoveRow & MoveContext>(
    `select ${MOVE_COLUMNS} from unnest($2::timestamptz[]) h (hour)
     join (${MOVES_WITH_CHANGES}) on m.org_id = $1 and m.at >= h.hour and m.at < h.hour + interval '1 hour'
     order by m.at, m.id`,
    [of.orgId, of.hours],
  );
  return rows.map(moveOfRow);
}

/** A stored move as the model has it. */
export function moveOfRow(row: MoveRow & MoveContext): RecordedMove {
  return {
    id: row.id,
    orgId: row.org_id,
    changeId: row.change_id,
    at: row.at,
    receivedAt: row.received_at,
    within: row.within_from === null ? null : { from: row.within_from, to: row.at },
    source: row.source,
    provisional: row.provisional,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    client: row.client_id === null ? null : { id: row.client_id, name: row.client_name },
    target: { type: row.target_type, id: row.target_id, name: row.target_name },
    from: divisionOf(row, 'from'),
    to: divisionOf(row, 'to'),
    clientIp: row.client_ip,
    addressFlags: row.address_notes,
    addressNotEvaluated: row.address_not_evaluated,
    selfMove: row.self_move_by !== null,
    selfMoveBy: row.self_move_by,
    direction: row.direction,
    boundaryCross: row.boundary_cross,
    restricted: row.restricted,
    accountable: row.accountable,
    reviewDueAt: row.review_due_at,
    risk: RISKS[row.risk - 1] ?? 'high',
    linkage: row.linkage,
    planning: row.planning,
    sessionId: row.session_id,
  };
}

function divisionOf(row: MoveRow, side: Side): DivisionAt {
  return {
    id: row[`${side}_id`],
    name: row[`${side}_name`],
    nameFrom: row[`${side}_name_from`],
    nameKnownFrom: row[`${side}_known_from`],
    region: row[`${side}_region`],
    sensitivity: row[`${side}_sensitivity`],
    rank: row[`${side}_rank`],
  };
}
