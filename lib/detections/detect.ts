import { actsOfHours } from '@/lib/changes/acts-of-hours';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { movesOf } from '@/lib/divisions/moves-of';
import type { Concern, Finding } from '@/lib/findings/model/concern';
import { noteSessionsByKey } from '@/lib/findings/note-finding';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { log } from '@/lib/log/log';
import { rootSessions } from '@/lib/sessions/root-sessions';
import { ruleSha256 } from './catalogue';
import { judgeActs } from './judge';
import { loadContext } from './load-context';
import type { MoveSubject } from './model/subject';
import { lockDetections, takeDueHours } from './store/due-hours';
import { changeSubject } from './to-subject';

/** Hours judged in one transaction: a day, so that a first run over months commits as it goes. */
const HOURS_PER_BATCH = 24;

const detectLog = log.child({ room: 'detections' });

export type Detection = { readonly hours: number; readonly found: readonly Finding[] };

/**
 * Judges every hour in which something became new or other, newest first, and keeps what is found. What our own OAuth
 * clients did is left out here; it stays in the changes. Safe to repeat, to overlap and to kill: the hours of a batch leave
 * the work list in the transaction that keeps their findings.
 */
export async function detect(
  db: Database,
  options: {
    readonly orgId: string;
    readonly now: Date;
    readonly ownClientIds: ReadonlySet<string>;
    readonly signal?: AbortSignal;
  },
): Promise<Detection> {
  let hours = 0;
  const found: Finding[] = [];
  while (!options.signal?.aborted) {
    const batch = await db.transaction((sql) => judgeBatch(sql, options));
    if (batch.hours === 0) break;
    hours += batch.hours;
    found.push(...batch.found);
  }
  if (hours > 0) detectLog.info({ orgId: options.orgId, hours, found: found.length }, 'hours judged');
  return { hours, found };
}

async function judgeBatch(
  sql: Sql,
  options: { readonly orgId: string; readonly now: Date; readonly ownClientIds: ReadonlySet<string> },
): Promise<Detection> {
  const { orgId, now, ownClientIds } = options;
  await lockDetections(sql, orgId);
  const hours = await takeDueHours(sql, { orgId, limit: HOURS_PER_BATCH });
  if (hours.length === 0) return { hours: 0, found: [] };
  const context = await loadContext(sql, { orgId, hours });
  const byOthers = (act: { readonly actor: { readonly id: string | null } }) =>
    act.actor.id === null || !ownClientIds.has(act.actor.id);
  const moves = (await movesOf(sql, { orgId, hours })).filter(byOthers);
  const found: Finding[] = [];
  const keep = async (judged: readonly Concern[]) => {
    const concerns = await inRootSessions(sql, orgId, judged);
    found.push(...(await raiseFindings(sql, { orgId, concerns, ruleSha256Of: ruleSha256, now })));
    await noteSessionsByKey(sql, { orgId, concerns });
  };
  const movesOfChange = byChange(moves);
  await keep(judgeActs({ moves: moves.filter((move) => move.changeId === null), changes: [] }, context));
  const judged = new Set<string>();
  for await (const rows of actsOfHours(sql, { orgId, hours })) {
    const changes = rows.map(changeSubject).filter(byOthers);
    const theirs = changes.flatMap(({ id }) => movesOfChange.get(id) ?? []);
    for (const { id } of theirs) judged.add(id);
    const awaiting = new Set(changes.flatMap((change) => (change.awaitsLinks ? [change.id] : [])));
    const awaitsLinks = (id: string) => awaiting.has(id);
    await keep(judgeActs({ moves: theirs, changes }, { ...context, awaitsLinks }));
  }
  // Steps of the platform are no act of anybody and yet moves.
  const rest = moves.filter((move) => move.changeId !== null && !judged.has(move.id));
  await keep(judgeActs({ moves: rest, changes: [] }, context));
  return { hours: hours.length, found };
}

/** Concerns with the outermost session of their changes: who is told of a bulk task is not told of each of its steps. */
async function inRootSessions(sql: Sql, orgId: string, concerns: readonly Concern[]): Promise<Concern[]> {
  const ids = concerns.flatMap(({ sessionId }) => sessionId ?? []);
  const rootOf = await rootSessions(sql, { orgId, ids });
  return concerns.map((concern) =>
    concern.sessionId === null ? concern : { ...concern, sessionId: rootOf(concern.sessionId) },
  );
}

function byChange(moves: readonly MoveSubject[]): ReadonlyMap<string, readonly MoveSubject[]> {
  const grouped = new Map<string, MoveSubject[]>();
  for (const move of moves) {
    if (move.changeId === null) continue;
    const group = grouped.get(move.changeId);
    if (group === undefined) grouped.set(move.changeId, [move]);
    else group.push(move);
  }
  return grouped;
}
