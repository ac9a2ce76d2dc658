import { applySessions, moveSession } from '@/lib/changes/apply-sessions';
import type { Sql } from '@/lib/db/sql';
import type { Decided, Known } from './model/bookkeeping';
import { putHours } from './store/due-hours';
import { forgetFormer, noteFormer } from './store/former-ids';
import {
  adoptCascades,
  countParts,
  dropSessions,
  keepSessions,
  moveCascades,
  type SessionDefinition,
  sumSessions,
} from './store/session-rows';
import { dropStretches, keepStretches } from './store/stretches';

/**
 * Writes what was decided about a range, within the caller's transaction; returns the ids of sessions that are new or other.
 * Changes come first, since sums are counted from them: whoever judges one of them meanwhile waits, and makes its hour due.
 */
export async function writeGroups(
  sql: Sql,
  orgId: string,
  write: { readonly known: Known; readonly decided: Decided; readonly now: Date },
): Promise<string[]> {
  const { known, decided, now } = write;
  const { range } = known;
  const goneIds = decided.gone.map((one) => one.id);
  await applySessions(sql, {
    orgId,
    sessions: decided.assignments.map(({ change, sessionId }) => ({
      changeId: change.id,
      eventDate: change.at,
      sessionId,
    })),
  });
  for (const move of decided.moves) {
    await moveSession(sql, { orgId, ...move });
    await moveCascades(sql, orgId, move);
  }
  const sessions = definitionsOf(decided);
  const other = new Set(await keepSessions(sql, orgId, { sessions, now }));
  await adoptCascades(sql, orgId, decided.adopted);
  await dropSessions(sql, orgId, goneIds);
  await noteFormer(sql, orgId, { gone: decided.gone, now });
  await forgetFormer(
    sql,
    orgId,
    sessions.map((session) => session.id),
  );
  await dropStretches(sql, orgId, { within: range, left: decided.left, gone: goneIds });
  await keepStretches(
    sql,
    orgId,
    decided.tasks.flatMap((task) => task.stretches),
  );
  await countParts(sql, orgId, { range, touched: decided.touched });
  for (const id of await sumSessions(sql, orgId, { ids: [...affectedBy(known, decided, sessions)], now }))
    other.add(id);
  await putHours(sql, orgId, decided.again);
  return [...other];
}

function definitionsOf(decided: Decided): SessionDefinition[] {
  const cascades = decided.cascades.map(
    ({ cascade, parentId }): SessionDefinition => ({
      id: cascade.id,
      kind: 'cascade',
      rule: cascade.rule,
      ruleKey: cascade.key,
      anchor: cascade.owner,
      parentId,
      step: cascade.step,
      steps: 1,
    }),
  );
  const tasks = decided.tasks.map(
    (task): SessionDefinition => ({
      id: task.id,
      kind: 'bulk',
      rule: 'burst',
      ruleKey: null,
      anchor: task.anchor,
      parentId: null,
      step: null,
      steps: task.steps,
    }),
  );
  return [...cascades, ...tasks];
}

/** Sessions whose sums may be other now; those they are nested in follow from them. */
function affectedBy(
  known: Known,
  decided: Decided,
  sessions: readonly SessionDefinition[],
): ReadonlySet<string> {
  const affected = new Set(sessions.map((session) => session.id));
  const add = (id: string | null | undefined): void => {
    if (id) affected.add(id);
  };
  for (const { held } of known.changes) {
    add(held?.sessionId);
    add(held?.parentId);
  }
  for (const { change, sessionId } of decided.assignments) {
    add(change.held?.sessionId);
    add(sessionId);
  }
  for (const { cascadeId, parentId } of decided.adopted) {
    add(cascadeId);
    add(parentId);
  }
  for (const { sessionId } of decided.touched) add(sessionId);
  return affected;
}
