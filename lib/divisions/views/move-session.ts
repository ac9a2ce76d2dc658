import type { Sql } from '@/lib/db/sql';
import type { MoveDetailDto } from '../contract';
import type { RecordedMove } from '../model/recorded-move';

/** The session a move opens or belongs to, counted by the changes that name it; null for a move alone. */
export async function sessionOfMove(sql: Sql, move: RecordedMove): Promise<MoveDetailDto['session']> {
  if (move.sessionId === null) return null;
  const [row] = await sql.query<{ n: number }>(
    'select count(*) as n from change where org_id = $1 and session_id = $2',
    [move.orgId, move.sessionId],
  );
  const changes = row?.n ?? 0;
  return {
    id: move.sessionId,
    sentence: `One of ${changes.toLocaleString('en-US')} changes of a session`,
    changes,
  };
}
