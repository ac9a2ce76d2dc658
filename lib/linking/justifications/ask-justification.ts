import { findUser } from '@/lib/auth/store/user-rows';
import { sentenceOf } from '@/lib/changes/model/sentence/sentence';
import { type ChangeDetailRow, changeById } from '@/lib/changes/store/read/change-rows';
import type { Sql } from '@/lib/db/sql';
import { emailAt } from '@/lib/directory/emails-behind';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import { sessionScope } from '@/lib/sessions/session-scope';
import type { AskInput } from '../contract/justifications';
import { DEFAULT_DAYS, type JustificationRequest } from '../model/justifications/request';
import { unlinkedInSessions } from '../store/manual/decidable-changes';
import { askedAlready, insertRequest, requestById } from '../store/manual/justification-rows';

/** What the mail and the public page write out; the others are counted. */
const SHOWN = 20;
/** More changes than this in one question are a session's, not a person's to answer one by one. */
const MOST = 500;

/**
 * Puts a question to whoever made the changes: kept with who asks, journaled, and returned to be sent. Within the transaction of
 * the act. Throws `bad_request` for changes of several actors or an automation without an owner to ask, `conflict` where the
 * question waits for an answer already.
 */
export async function askJustification(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly input: AskInput },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<JustificationRequest> {
  const { input, orgIds } = asked;
  const { actor, now } = by;
  if (actor.kind !== 'person' || actor.id === null)
    throw requestError('forbidden', 'cannot ask: a question is a person’s, sign in to put one');
  const changes = await changesAsked(sql, orgIds, input);
  const [first] = changes;
  if (first === undefined)
    throw requestError('not_found', 'cannot ask: there is no such change that you may see');
  const { orgId } = first;
  if (changes.some((one) => one.actorId !== first.actorId || one.orgId !== orgId))
    throw requestError('bad_request', 'cannot ask: the changes were made by several actors', {
      hint: 'Ask about the changes of one actor at a time.',
    });
  const waiting = await askedAlready(sql, orgId, { changeIds: changes.map((one) => one.id), now });
  const fresh = changes.filter((one) => !waiting.has(one.id));
  const [leading] = fresh;
  if (leading === undefined)
    throw requestError('conflict', 'cannot ask: a question about it waits for its answer already', {
      hint: 'Withdraw that one first to ask anew.',
    });
  const to = await recipient(sql, leading, input.owner);
  const own = (await findUser(sql, actor.id))?.email.toLowerCase();
  if (own === to.address) throw requestError('bad_request', 'cannot ask: the question would go to yourself');
  const id = await insertRequest(
    sql,
    {
      orgId,
      askedAt: now,
      askerId: actor.id,
      asker: actor.name,
      toAddress: to.address,
      toName: to.name,
      toKind: to.kind,
      question: input.question,
      expiresAt: addMs(now, (input.days ?? DEFAULT_DAYS) * DAY_MS),
      sessionId: input.sessionId ?? null,
      subject: {
        shown: fresh.slice(0, SHOWN).map((one) => ({
          id: one.id,
          at: toIso(one.eventDate),
          sentence: plainSentence(one),
        })),
        ids: fresh.map((one) => one.id),
      },
    },
    fresh,
  );
  await appendJournal(sql, {
    actor,
    action: 'justification.asked',
    objectType: 'justification',
    objectId: id,
    orgId,
    detail: {
      to: to.address,
      about: fresh.length,
      session: input.sessionId ?? null,
      question: input.question,
    },
    at: now,
  });
  const request = await requestById(sql, id);
  if (request === null) throw new RangeError('a request that was just made is there');
  return request;
}

/** Where a question about the change would go: the actor's address of that time; null where nobody is known. */
export async function addressee(
  sql: Sql,
  change: {
    readonly orgId: string;
    readonly eventDate: Date;
    readonly actorKind: string;
    readonly actorId: string | null;
  },
): Promise<{ readonly address: string; readonly name: string | null } | null> {
  if (change.actorKind !== 'person' || change.actorId === null) return null;
  return emailAt(sql, { orgId: change.orgId, id: change.actorId, at: change.eventDate });
}

async function recipient(
  sql: Sql,
  change: ChangeDetailRow,
  owner: string | undefined,
): Promise<{ address: string; name: string | null; kind: 'person' | 'owner' }> {
  const known = await addressee(sql, change);
  if (known !== null) return { ...known, kind: 'person' };
  if (owner !== undefined) return { address: owner.toLowerCase(), name: null, kind: 'owner' };
  throw requestError('bad_request', 'cannot ask: no address is known of whoever made the change', {
    hint:
      change.actorKind === 'person'
        ? 'The directory had no e-mail of this person then: type in whom to ask.'
        : 'No person made it: type in who answers for it.',
  });
}

async function changesAsked(
  sql: Sql,
  orgIds: readonly string[],
  input: AskInput,
): Promise<ChangeDetailRow[]> {
  const ids = input.changeIds ?? (await idsOfSession(sql, orgIds, input.sessionId ?? ''));
  const rows: ChangeDetailRow[] = [];
  for (const id of [...new Set(ids)]) {
    const row = await changeById(sql, orgIds, id);
    if (row?.accountable) rows.push(row);
  }
  return rows;
}

async function idsOfSession(sql: Sql, orgIds: readonly string[], id: string): Promise<string[]> {
  const scope = await sessionScope(sql, id);
  if (scope === null) return [];
  const found: string[] = [];
  for (const orgId of orgIds) {
    const { ids: sessionIds, from, to } = scope;
    const rows = await unlinkedInSessions(sql, { orgId, sessionIds, from, to, after: null, limit: MOST });
    found.push(...rows.map((row) => row.id));
  }
  return found;
}

/** What happened with the object's name alone: no value of before or after leaves the house. */
function plainSentence(row: ChangeDetailRow): string {
  return sentenceOf({ ...row, propertyChanges: [], nameOf: () => null });
}
