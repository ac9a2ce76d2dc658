import { findOrganization } from '@/lib/auth/store/org-rows';
import { countUse, type Limit, tooMany } from '@/lib/auth/throttle';
import type { Database } from '@/lib/db/connection';
import { appendJournal } from '@/lib/journal/append';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import type { AnswerInput, OpenedRequest } from '../contract/justifications';
import { standingOfRequest } from '../model/justifications/request';
import { linkKey, requestOf } from '../model/justifications/signed-link';
import { appendRequestEvent, eventsOf, lockRequest, requestById } from '../store/manual/justification-rows';

/** Opening and answering, counted together by address; nobody reads that fast, and guessing gets nowhere. */
const PER_ADDRESS: Limit = { limit: 30, windowSeconds: 60 };
const PER_REQUEST: Limit = { limit: 10, windowSeconds: 60 };

type Caller = {
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly now: Date;
  /** The installation's secret. */
  readonly secret: string;
};

/** What the link opens. A wrong link and one of a request that never was look the same. */
export async function openByLink(db: Database, token: string, caller: Caller): Promise<OpenedRequest> {
  const wait = await throttled(db, null, caller);
  if (wait > 0) return { state: 'throttled', retryAfterSeconds: wait };
  const id = requestOf(token, linkKey(caller.secret));
  const request = id === null ? null : await requestById(db.sql, id);
  if (request === null) return { state: 'unknown' };
  const events = (await eventsOf(db.sql, [request.id])).get(request.id) ?? [];
  const state = standingOfRequest(request, events, caller.now);
  if (state !== 'open') {
    const end = events.find((event) => event.what === state);
    return { state, at: toIso(end?.at ?? request.expiresAt) };
  }
  const org = await findOrganization(db.sql, request.orgId);
  return {
    state,
    orgName: org?.name ?? 'your organisation',
    question: request.question,
    expiresAt: toIso(request.expiresAt),
    changes: request.subject.shown.map(({ at, sentence }) => ({ at, sentence })),
    about: request.subject.ids.length,
  };
}

/**
 * Takes the one answer of a request. It changes no link by itself. Throws `not_found` for a link that is none, `conflict` for one
 * that is no longer good, `too_many_requests`.
 */
export async function answerByLink(
  db: Database,
  input: AnswerInput,
  caller: Caller,
): Promise<{ readonly takenAt: string }> {
  const id = requestOf(input.token, linkKey(caller.secret));
  const wait = await throttled(db, id, caller);
  if (wait > 0) throw tooMany('cannot take the answer yet', wait);
  if (id === null) throw unknown();
  const { now, ip, requestId } = caller;
  return db.transaction(async (sql) => {
    await lockRequest(sql, id);
    const request = await requestById(sql, id);
    if (request === null) throw unknown();
    const state = standingOfRequest(request, (await eventsOf(sql, [id])).get(id) ?? [], now);
    if (state !== 'open')
      throw requestError('conflict', `cannot take the answer: the request is ${state}`, {
        hint: 'Ask whoever sent it for a new one.',
      });
    const actor = `whoever holds the link sent to ${request.toAddress}`;
    const eventId = await appendRequestEvent(sql, request.orgId, {
      requestId: id,
      at: now,
      what: 'answered',
      actorId: null,
      actor,
      words: input.words,
      reference: input.reference === undefined || input.reference === '' ? null : input.reference,
    });
    await appendJournal(sql, {
      actor: { kind: 'anonymous', id: null, name: actor, ip, requestId },
      action: 'justification.answered',
      objectType: 'justification',
      objectId: id,
      orgId: request.orgId,
      detail: { event: eventId },
      at: now,
    });
    return { takenAt: toIso(now) };
  });
}

/** Seconds to wait, 0 when within the limits. */
async function throttled(db: Database, id: string | null, { ip, now }: Caller): Promise<number> {
  const uses = [
    ...(ip === null ? [] : [{ bucket: `justification:address:${ip}`, ...PER_ADDRESS }]),
    ...(id === null ? [] : [{ bucket: `justification:request:${id}`, ...PER_REQUEST }]),
  ];
  let wait = 0;
  for (const use of uses) {
    const counted = await countUse(db.sql, { ...use, now });
    if (!counted.allowed) wait = Math.max(wait, counted.retryAfterSeconds);
  }
  return wait;
}

function unknown() {
  return requestError('not_found', 'cannot take the answer: this link is not one of ours', {
    hint: 'Open it as it stands in the mail, whole.',
  });
}
