import type { ResponseState } from '@/lib/alerts/contract/responses';
import type { Sql } from '@/lib/db/sql';
import type { ResponseKind } from '@/lib/findings/model/concern';
import { severityNumber, severityOf } from '@/lib/findings/model/severity';
import type { Response, Speaker } from '../../model/response/response';

type Row = {
  id: string;
  org_id: string;
  key: string;
  finding_id: string;
  move_id: string | null;
  rule: string;
  severity: number;
  mode: Response['mode'];
  kind: ResponseKind;
  target_type: string;
  target_id: string;
  target_name: string | null;
  division_from: string | null;
  division_to: string | null;
  undo_of: string | null;
  proposed_at: Date;
  requested_kind: Speaker['kind'];
  requested_id: string | null;
  requested_by: string;
  expires_at: Date | null;
  state: ResponseState;
  because: string | null;
  decided_at: Date | null;
  decided_id: string | null;
  decided_by: string | null;
  decision_reason: string | null;
  begun_at: Date | null;
  finished_at: Date | null;
  undone_by: string | null;
};

const COLUMNS = `r.id, r.org_id::text, r.key, r.finding_id, r.move_id, r.rule, r.severity, r.mode, r.kind, r.target_type, r.target_id,
  r.target_name, r.division_from, r.division_to, r.undo_of, r.proposed_at, r.requested_kind, r.requested_id, r.requested_by, r.expires_at,
  r.state, r.because, r.decided_at, r.decided_id, r.decided_by, r.decision_reason, r.begun_at, r.finished_at, r.undone_by`;

/** Inserts a response unless its key is there; whether it was new. */
export async function insertResponse(sql: Sql, response: Response): Promise<boolean> {
  const { target, requestedBy, decidedBy } = response;
  const rows = await sql.query(
    `insert into response (id, org_id, key, finding_id, move_id, rule, severity, mode, kind, target_type, target_id, target_name, division_from,
       division_to, undo_of, proposed_at, requested_kind, requested_id, requested_by, expires_at, state, because, decided_at, decided_id, decided_by,
       decision_reason, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
     on conflict (org_id, key) do nothing returning id`,
    [
      response.id,
      response.orgId,
      response.key,
      response.findingId,
      response.moveId,
      response.rule,
      severityNumber(response.severity),
      response.mode,
      response.kind,
      target.type,
      target.id,
      target.name,
      response.divisionFrom,
      response.divisionTo,
      response.undoOf,
      response.proposedAt,
      requestedBy.kind,
      requestedBy.id,
      requestedBy.name,
      response.expiresAt,
      response.state,
      response.because,
      response.decidedAt,
      decidedBy?.id ?? null,
      decidedBy?.name ?? null,
      response.decisionReason,
      response.finishedAt,
    ],
  );
  return rows.length === 1;
}

/** The response, locked until the transaction ends when `lock` is given; null where there is none that may be seen. */
export async function selectResponse(sql: Sql, id: string, lock = false): Promise<Response | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from response r where r.id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] === undefined ? null : responseOf(rows[0]);
}

/** Every response to a finding, oldest first. */
export async function selectOfFinding(sql: Sql, findingId: string): Promise<Response[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from response r where r.finding_id = $1 order by r.proposed_at, r.id`,
    [findingId],
  );
  return rows.map(responseOf);
}

/** Ids of the responses to a move, newest first. */
export async function selectIdsOfMove(
  sql: Sql,
  of: { readonly orgId: string; readonly moveId: string },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from response where org_id = $1 and move_id = $2 order by proposed_at desc, id desc`,
    [of.orgId, of.moveId],
  );
  return rows.map((row) => row.id);
}

/** What undoes a response, newest first. */
export async function selectUndoings(sql: Sql, id: string): Promise<Response[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from response r where r.undo_of = $1 order by r.proposed_at desc, r.id desc`,
    [id],
  );
  return rows.map(responseOf);
}

/** What changed of a response; what is left out stays. */
export type ResponseChange = Partial<
  Pick<
    Response,
    'state' | 'because' | 'decidedAt' | 'decidedBy' | 'decisionReason' | 'begunAt' | 'finishedAt' | 'undoneBy'
  >
>;

/** Writes how far a response got. */
export async function updateResponse(sql: Sql, id: string, change: ResponseChange): Promise<void> {
  const columns: [string, unknown][] = [];
  if (change.state !== undefined) columns.push(['state', change.state]);
  if (change.because !== undefined) columns.push(['because', change.because]);
  if (change.decidedAt !== undefined) columns.push(['decided_at', change.decidedAt]);
  if (change.decidedBy !== undefined)
    columns.push(
      ['decided_id', change.decidedBy?.id ?? null],
      ['decided_by', change.decidedBy?.name ?? null],
    );
  if (change.decisionReason !== undefined) columns.push(['decision_reason', change.decisionReason]);
  if (change.begunAt !== undefined) columns.push(['begun_at', change.begunAt]);
  if (change.finishedAt !== undefined) columns.push(['finished_at', change.finishedAt]);
  if (change.undoneBy !== undefined) columns.push(['undone_by', change.undoneBy]);
  if (columns.length === 0) return;
  await sql.query(
    `update response set ${columns.map(([column], index) => `${column} = $${index + 2}`).join(', ')} where id = $1`,
    [id, ...columns.map(([, value]) => value)],
  );
}

/** Waiting responses whose time is over, locked. */
export async function selectExpired(sql: Sql, now: Date): Promise<Response[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from response r where r.state = 'waiting' and r.expires_at <= $1 order by r.id for update skip locked`,
    [now],
  );
  return rows.map(responseOf);
}

/** Ids of responses that are approved or begun and have not ended, oldest decision first. */
export async function selectUnfinished(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from response where state in ('approved', 'running') order by decided_at, id limit 200`,
  );
  return rows.map((row) => row.id);
}

/** Holds off every other beginning and proposal of the organisation until the transaction ends, so that limits are exact. */
export async function lockBeginnings(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tally.responses:' || $1, 0))`, [orgId]);
}

/**
 * Responses of the organisation begun from two instants on, undoings and `exceptId` not counted; with `approvedToo` those
 * that are approved and not begun count as well.
 */
export async function countBegun(
  sql: Sql,
  of: { orgId: string; hourAgo: Date; dayAgo: Date; exceptId: string | null; approvedToo: boolean },
): Promise<{ hour: number; day: number }> {
  const [row] = await sql.query<{ hour: number; day: number }>(
    `select count(*) filter (where state = 'approved' or begun_at > $2) as hour, count(*) as day from response
     where org_id = $1 and undo_of is null and ($4::text is null or id <> $4)
       and (begun_at > $3 or ($5 and state = 'approved' and begun_at is null))`,
    [of.orgId, of.hourAgo, of.dayAgo, of.exceptId, of.approvedToo],
  );
  return { hour: row?.hour ?? 0, day: row?.day ?? 0 };
}

/** Where a list goes on. */
export type ResponseKey = { readonly at: string; readonly id: string };

/** Responses, newest first, of the organisations that may be seen. */
export async function listResponses(
  sql: Sql,
  asked: {
    orgIds: readonly string[];
    from: string | null;
    to: string | null;
    states: readonly ResponseState[] | null;
    kinds: readonly ResponseKind[] | null;
    after: ResponseKey | null;
    limit: number;
  },
): Promise<Response[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from response r
     where r.org_id = any ($1::uuid[]) and ($2::timestamptz is null or r.proposed_at >= $2) and ($3::timestamptz is null or r.proposed_at < $3)
       and ($4::text[] is null or r.state = any ($4)) and ($5::text[] is null or r.kind = any ($5))
       and ($6::timestamptz is null or (r.proposed_at, r.id) < ($6, $7))
     order by r.proposed_at desc, r.id desc limit $8`,
    [
      asked.orgIds,
      asked.from,
      asked.to,
      asked.states,
      asked.kinds,
      asked.after?.at ?? null,
      asked.after?.id ?? '',
      asked.limit,
    ],
  );
  return rows.map(responseOf);
}

function responseOf(row: Row): Response {
  return {
    id: row.id,
    orgId: row.org_id,
    key: row.key,
    findingId: row.finding_id,
    moveId: row.move_id,
    rule: row.rule,
    severity: severityOf(row.severity),
    mode: row.mode,
    kind: row.kind,
    target: { type: row.target_type, id: row.target_id, name: row.target_name },
    divisionFrom: row.division_from,
    divisionTo: row.division_to,
    undoOf: row.undo_of,
    proposedAt: row.proposed_at,
    requestedBy: { kind: row.requested_kind, id: row.requested_id, name: row.requested_by },
    expiresAt: row.expires_at,
    state: row.state,
    because: row.because,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by === null ? null : { id: row.decided_id, name: row.decided_by },
    decisionReason: row.decision_reason,
    begunAt: row.begun_at,
    finishedAt: row.finished_at,
    undoneBy: row.undone_by,
  };
}
