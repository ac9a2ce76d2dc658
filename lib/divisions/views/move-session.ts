import type { Sql } from '@/lib/db/sql';
import { sessionsById } from '@/lib/sessions/store/read/session-list';
import { toSessionDtos } from '@/lib/sessions/views/session-dto';
import type { MoveDetailDto } from '../contract';
import type { RecordedMove } from '../model/recorded-move';

/** The session a move opens or belongs to, in its own sentence; null for a move alone. */
export async function sessionOfMove(sql: Sql, move: RecordedMove): Promise<MoveDetailDto['session']> {
  if (move.sessionId === null) return null;
  const [session] = await toSessionDtos(sql, await sessionsById(sql, [move.sessionId]));
  return session === undefined
    ? null
    : { id: session.id, sentence: session.sentence, changes: session.changes };
}
