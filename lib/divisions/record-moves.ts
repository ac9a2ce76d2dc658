import { directoryKindOf } from '@/lib/changes/model/record/enrich';
import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { namesAt } from '@/lib/directory/names-at';
import { loadDivisionNames } from '@/lib/directory/store/policies';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { type FoundMove, judgeMoves } from './judge-moves';
import { type GivenPolicy, loadPolicies } from './load-policies';
import type { KnownDivisions } from './model/recognise/move-facts';
import { type RecognisedMove, recogniseMoves } from './model/recognise/recognise-moves';
import { type Candidate, candidatesOf, hoursWithOtherAddresses } from './store/candidates';
import { lockMoves, takeDueHours, tellDetections } from './store/due-hours';
import { dropExplained } from './store/unaudited';
import { replaceMoves } from './store/write-moves';

/** Hours taken in one transaction: a week of a busy organisation is 100,000 changes, read in about a second. */
const HOURS_PER_BATCH = 168;
/** How far back the word on a new address is looked at again. */
const ADDRESS_REACH_MS = 35 * DAY_MS;

const moveLog = log.child({ room: 'divisions' });

export type RecordedRun = {
  /** Hours that were read. */
  readonly hours: number;
  /** Moves that are new, other than before, or gone. */
  readonly recorded: number;
};

/**
 * Recognises the moves in every due hour and keeps them judged with the names, tags and addresses of their moment. Each batch
 * takes its hours off the list in the transaction of its result, so that a kill loses nothing; repeating writes nothing new. A
 * record that a pull shows to have been refused takes its move with it.
 */
export async function recordMoves(
  db: Database,
  asked: {
    readonly orgId: string;
    readonly policy: GivenPolicy;
    readonly now: Date;
    readonly signal?: AbortSignal;
  },
): Promise<RecordedRun> {
  const { orgId, now, signal } = asked;
  const total = { hours: 0, recorded: 0 };
  let first = true;
  while (signal?.aborted !== true) {
    const again = first ? await hoursWithOtherAddresses(db.sql, orgId, addMs(now, -ADDRESS_REACH_MS)) : [];
    const batch = await db.transaction((sql) => recordBatch(sql, asked, again));
    total.hours += batch.hours;
    total.recorded += batch.recorded;
    if (batch.taken === 0) break;
    first = false;
  }
  if (total.recorded > 0) moveLog.info({ orgId, ...total }, 'division moves recorded');
  return total;
}

async function recordBatch(
  sql: Sql,
  asked: { readonly orgId: string; readonly policy: GivenPolicy; readonly now: Date },
  again: readonly Date[],
): Promise<RecordedRun & { readonly taken: number }> {
  const { orgId, now } = asked;
  await lockMoves(sql, orgId);
  const due = await takeDueHours(sql, orgId, HOURS_PER_BATCH);
  const hours = distinct([...due, ...again]);
  if (hours.length === 0) return { hours: 0, recorded: 0, taken: 0 };
  const known = await knownDivisions(sql, orgId, now);
  const candidates = await candidatesOf(sql, { orgId, hours, divisionIds: [...known.ids] });
  const found = await findIn(sql, orgId, candidates, known);
  const moves = await judgeMoves(sql, {
    orgId,
    found,
    policies: await loadPolicies(sql, orgId, asked.policy),
    now,
  });
  const { written, gone } = await replaceMoves(sql, { orgId, hours, moves });
  await dropExplained(sql, orgId, [...new Set(moves.map((move) => move.target.id))]);
  await tellDetections(sql, orgId, written);
  return { hours: hours.length, recorded: written.length + gone.length, taken: due.length };
}

async function knownDivisions(sql: Sql, orgId: string, now: Date): Promise<KnownDivisions> {
  const divisions = await loadDivisionNames(sql, orgId, now);
  const idsOfName = new Map<string, string[]>();
  for (const { id, name } of divisions)
    if (name !== null) idsOfName.set(name, [...(idsOfName.get(name) ?? []), id]);
  return {
    ids: new Set(divisions.map((division) => division.id)),
    idOfName: new Map(
      [...idsOfName].flatMap(([name, [id, ...more]]) =>
        id !== undefined && more.length === 0 ? [[name, id] as const] : [],
      ),
    ),
  };
}

async function findIn(
  sql: Sql,
  orgId: string,
  candidates: readonly Candidate[],
  known: KnownDivisions,
): Promise<FoundMove[]> {
  const found = candidates.flatMap((change) =>
    recogniseMoves(change, known).map((move, index) => foundMove(change, move, index)),
  );
  // The target's own name stands with the change; what else a record moves is asked for.
  const nameless = found.filter((move) => move.target.name === null && move.target.id !== '');
  const names = await namesAt(
    sql,
    orgId,
    nameless.map(({ target, at }) => ({ id: target.id, kind: directoryKindOf(target.type), at })),
  );
  const nameOf = new Map(nameless.map((move, index) => [move.id, names[index]?.name ?? null]));
  return found.map((move) => ({
    ...move,
    target: { ...move.target, name: move.target.name ?? nameOf.get(move.id) ?? null },
  }));
}

function foundMove(change: Candidate, move: RecognisedMove, index: number): FoundMove {
  const own = move.targetId === change.entityId;
  const named = (id: string | null) =>
    id !== null && Object.hasOwn(change.names, id) ? (change.names[id]?.name ?? null) : null;
  // Some records name the client only where the user stands.
  const clientId = change.clientId ?? (change.actorKind === 'automation' ? change.actorId : null);
  const halfKnown =
    move.from === null && own && change.divisionId !== null && change.divisionId !== move.to?.id;
  return {
    id: index === 0 ? `mov_${change.id}` : `mov_${change.id}.${index + 1}`,
    changeId: change.id,
    at: change.at,
    receivedAt: change.receivedAt,
    within: null,
    source: change.source,
    actor: {
      kind: change.actorKind,
      id: change.actorId,
      name: change.actorLabel ?? named(change.actorId),
      // A client-credentials record names the client as its user, too: then no person stands in it.
      userId: change.actorKind === 'automation' ? null : change.userId,
    },
    client: clientId === null ? null : { id: clientId, name: named(clientId) },
    target: {
      type: move.targetType,
      id: move.targetId,
      name: (own ? (change.entityLabel ?? named(move.targetId)) : named(move.targetId)) ?? move.targetName,
    },
    // A record that tells only where to: where from, the directory may know.
    from: halfKnown && change.divisionId !== null ? { id: change.divisionId, name: null } : move.from,
    to: move.to,
    clientIp: change.remoteIp[0] ?? null,
    newAddress: change.newAddress,
    accountable: change.accountable,
  };
}

function distinct(hours: readonly Date[]): Date[] {
  return [...new Map(hours.map((hour) => [hour.getTime(), hour])).values()];
}
