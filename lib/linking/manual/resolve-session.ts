import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { sessionScope } from '@/lib/sessions/session-scope';
import type { ResolveInput } from '../contract/resolutions';
import type { LinkDependencies } from '../link-changes';
import { batchById, insertBatch } from '../store/manual/batch-rows';
import { type DecidableInSession, unlinkedInSessions } from '../store/manual/decidable-changes';
import { prepareAttach } from './attach-link';

type By = { readonly actor: JournalActor; readonly now: Date };

/** The first unlinked change of a session, which tells its organisation; null where nothing is left to resolve. */
export async function firstUnlinked(
  sql: Sql,
  orgIds: readonly string[],
  sessionId: string,
): Promise<DecidableInSession | null> {
  const scope = await sessionScope(sql, sessionId);
  if (scope === null) return null;
  for (const orgId of orgIds) {
    const { ids: sessionIds, from, to } = scope;
    const [first] = await unlinkedInSessions(sql, { orgId, sessionIds, from, to, after: null, limit: 1 });
    if (first !== undefined) return first;
  }
  return null;
}

/**
 * Looks the named authorisation up once, on the session's first unlinked change, so that a ticket that is not there is refused
 * before anything is begun. Outside any transaction. Throws `conflict` with the sentence.
 */
export async function vetResolution(
  dependencies: LinkDependencies,
  asked: { readonly first: DecidableInSession; readonly input: ResolveInput; readonly by: JournalActor },
): Promise<void> {
  const { because } = await prepareAttach(dependencies, {
    change: asked.first,
    attached: asked.input.attached,
    by: asked.by,
  });
  // That the first one has it already says nothing of the others.
  if (because !== null && !/already|itself|before/.test(because))
    throw requestError('conflict', 'cannot resolve the session', { hint: because });
}

/** Keeps one word for all unlinked changes of a session; a job carries it out. Within the transaction of the act. */
export async function resolveSession(
  sql: Sql,
  asked: { readonly orgId: string; readonly sessionId: string; readonly input: ResolveInput },
  by: By,
): Promise<{ readonly id: string }> {
  const { input, orgId, sessionId } = asked;
  const asker = personOf(by.actor);
  const { attached, reason, withCritical } = input;
  const id = await insertBatch(sql, {
    orgId,
    sessionId,
    undoOf: null,
    askedAt: by.now,
    ...asker,
    reason,
    withCritical,
    what: attached,
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'session.resolved',
    objectType: 'session',
    objectId: sessionId,
    orgId,
    detail: { batch: id, attached: { ...attached }, reason, withCritical },
    at: by.now,
  });
  return { id };
}

/** Takes back everything that a batch decided. Throws `not_found`, `conflict`. */
export async function undoResolution(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly id: string; readonly reason: string },
  by: By,
): Promise<{ readonly id: string }> {
  const batch = await batchById(sql, asked.id);
  if (batch === null || !asked.orgIds.includes(batch.orgId))
    throw requestError('not_found', 'cannot undo the resolution: there is none with this id');
  if (batch.undoOf !== null)
    throw requestError(
      'conflict',
      'cannot undo the resolution: it is an undo itself; resolve the session again',
    );
  if (batch.state === 'waiting' || batch.state === 'running')
    throw requestError('conflict', 'cannot undo the resolution: it is still being carried out');
  const { orgId, sessionId } = batch;
  const asker = personOf(by.actor);
  const undo = { orgId, sessionId, undoOf: batch.id, askedAt: by.now, ...asker, reason: asked.reason };
  const id = await insertBatch(sql, { ...undo, withCritical: true, what: null }).catch((error: unknown) => {
    if (error instanceof Error && /link_batch_undo/.test(error.message))
      throw requestError('conflict', 'cannot undo the resolution: it was undone already', { cause: error });
    throw error;
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'session.resolution_undone',
    objectType: 'session',
    objectId: sessionId,
    orgId,
    detail: { batch: batch.id, undo: id, reason: asked.reason },
    at: by.now,
  });
  return { id };
}

function personOf(actor: JournalActor): { readonly askerId: string; readonly asker: string } {
  if (actor.kind !== 'person' || actor.id === null)
    throw requestError('forbidden', 'cannot resolve the session: that is a person’s act, sign in for it');
  return { askerId: actor.id, asker: actor.name };
}
