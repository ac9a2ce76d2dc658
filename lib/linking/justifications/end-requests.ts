import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { type JournalActor, SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { type JustificationRequest, remindAt, standingOfRequest } from '../model/justifications/request';
import {
  appendRequestEvent,
  eventsOf,
  lockRequest,
  openRequests,
  requestById,
} from '../store/manual/justification-rows';

const BATCH = 200;

/** Withdraws an open request: its link opens nothing any more. Throws `not_found`, `conflict`. */
export async function withdrawRequest(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly id: string; readonly reason: string },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<void> {
  await lockRequest(sql, asked.id);
  const request = await requestById(sql, asked.id);
  if (request === null || !asked.orgIds.includes(request.orgId))
    throw requestError('not_found', 'cannot withdraw the request: there is none with this id');
  const state = standingOfRequest(request, (await eventsOf(sql, [asked.id])).get(asked.id) ?? [], by.now);
  if (state !== 'open') throw requestError('conflict', `cannot withdraw the request: it is ${state}`);
  await appendRequestEvent(sql, request.orgId, {
    requestId: request.id,
    at: by.now,
    what: 'withdrawn',
    actorId: by.actor.id,
    actor: by.actor.name,
    words: asked.reason,
    reference: null,
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'justification.withdrawn',
    objectType: 'justification',
    objectId: request.id,
    orgId: request.orgId,
    detail: { reason: asked.reason },
    at: by.now,
  });
}

export type Swept = { readonly reminded: number; readonly expired: number };

/**
 * Reminds whoever has not answered, once, and ends what has run out. `remind` plans the mail in the same transaction. Safe to
 * repeat and to overlap.
 */
export async function sweepRequests(
  db: Database,
  of: {
    readonly now: Date;
    readonly remind: (sql: Sql, request: JustificationRequest) => Promise<void>;
  },
): Promise<Swept> {
  const { now } = of;
  const swept = { reminded: 0, expired: 0 };
  let after = '';
  for (;;) {
    const requests = await openRequests(db.sql, after, BATCH);
    const last = requests.at(-1);
    if (last === undefined) return swept;
    after = last.id;
    for (const request of requests.filter((one) => now >= remindAt(one))) {
      const what = await db.transaction((sql) => sweepOne(sql, request, of));
      if (what !== null) swept[what] += 1;
    }
  }
}

async function sweepOne(
  sql: Sql,
  request: JustificationRequest,
  of: { readonly now: Date; readonly remind: (sql: Sql, request: JustificationRequest) => Promise<void> },
): Promise<'reminded' | 'expired' | null> {
  await lockRequest(sql, request.id);
  const events = (await eventsOf(sql, [request.id])).get(request.id) ?? [];
  if (events.some((event) => event.what !== 'reminded')) return null;
  const what = of.now >= request.expiresAt ? 'expired' : 'reminded';
  if (events.some((event) => event.what === what)) return null;
  await appendRequestEvent(sql, request.orgId, {
    requestId: request.id,
    at: of.now,
    what,
    actorId: null,
    actor: SYSTEM_ACTOR.name,
    words: null,
    reference: null,
  });
  if (what === 'reminded') await of.remind(sql, request);
  await appendJournal(sql, {
    actor: SYSTEM_ACTOR,
    action: `justification.${what}`,
    objectType: 'justification',
    objectId: request.id,
    orgId: request.orgId,
    at: of.now,
  });
  return what;
}
