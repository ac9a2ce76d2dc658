import type { Sql } from '@/lib/db/sql';
import type { MoveDetailDto } from '../contract';
import type { RecordedMove } from '../model/recorded-move';

export type MoveAlerts = Pick<MoveDetailDto, 'findings' | 'responseIds'> & {
  readonly alertAt: Date | null;
  readonly deliveredAt: Date | null;
};

/** What was found about a move, who was told when, and what could be done about it. */
export async function alertsOfMove(_sql: Sql, _move: RecordedMove): Promise<MoveAlerts> {
  return { findings: [], responseIds: [], alertAt: null, deliveredAt: null };
}
