import type { Sql } from '@/lib/db/sql';
import { standingOfKeys } from '@/lib/findings/note-standing';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Decision } from './contract';
import { decideMove, type MoveContext, type Mover } from './model/decide-move';
import type { Exception } from './model/exception';
import { noteHappenings } from './note-happenings';
import { rulesInForce } from './rules-in-force';
import { selectException, selectPeople, selectPerson } from './store/exceptions';
import { tellDeciders, tellOne } from './tell-people';

export type By = { readonly actor: JournalActor; readonly now: Date };

/**
 * Makes a move on an exception, held by a lock from look to write, and journals it. Requires a transaction. Throws `not_found`
 * outside the organisations given; `forbidden`, `conflict` or `bad_request` with the sentence for a move that may not be made.
 */
export async function decideException(
  sql: Sql,
  asked: { readonly orgIds: readonly string[]; readonly id: string; readonly decision: Decision },
  by: By,
): Promise<Exception> {
  const { decision } = asked;
  const exception = await held(sql, asked);
  const verdict = decideMove(exception, decision, await contextOf(sql, { exception, decision, by }));
  if ('refused' in verdict)
    throw requestError(verdict.refused, `cannot ${MOVE_VERBS[decision.move]}: ${lowered(verdict.because)}`, {
      details: { move: decision.move, state: exception.state },
    });
  const [after] = await noteHappenings(
    sql,
    [{ exception, happenings: verdict.happenings.map((happening) => ({ happening })) }],
    by,
  );
  if (after === undefined) throw new RangeError('an exception that was noted is not there');
  await appendJournal(sql, {
    actor: by.actor,
    action: `exception.${PARTICIPLES[decision.move]}`,
    objectType: 'exception',
    objectId: exception.id,
    orgId: exception.orgId,
    detail: { ...decision, from: exception.state, to: after.state, request: exception.request },
    at: by.now,
  });
  await tellConcerned(sql, { before: exception, after, decision, by });
  return after;
}

/** The exception, locked for the transaction. Throws `not_found`. */
export async function held(
  sql: Sql,
  of: { readonly orgIds: readonly string[]; readonly id: string },
): Promise<Exception> {
  const exception = await selectException(sql, { ...of, lock: true });
  if (exception === null)
    throw requestError('not_found', 'cannot find the exception: there is none with this id that you may see');
  return exception;
}

/** The person behind an actor with their address; keys, the command line and the product are none. */
export async function moverOf(sql: Sql, actor: Pick<JournalActor, 'kind' | 'id'>): Promise<Mover> {
  if (actor.kind !== 'person' || actor.id === null) return { person: null };
  return { person: await selectPerson(sql, actor.id) };
}

/** How a state stands for a decision about it; null for acts. What could not be looked at is as last seen. */
export async function riskNowOf(sql: Sql, exception: Exception): Promise<MoveContext['riskNow']> {
  if (exception.about === 'act') return null;
  const [standing] = await standingOfKeys(sql, exception.orgId, [exception.key]);
  return standing === undefined || standing.state === 'cleared' ? null : standing;
}

async function contextOf(
  sql: Sql,
  of: { readonly exception: Exception; readonly decision: Decision; readonly by: By },
): Promise<MoveContext> {
  const { exception, decision, by } = of;
  const ownerId = decision.move === 'assign' ? decision.ownerId : null;
  const people = ownerId === null ? [] : await selectPeople(sql, [exception.orgId]);
  return {
    mover: await moverOf(sql, by.actor),
    now: by.now,
    sla: (await rulesInForce(sql, exception.orgId, by.now)).sla,
    riskNow: await riskNowOf(sql, exception),
    newOwner: people.find((person) => person.id === ownerId) ?? null,
    requestId: newId('acceptance', by.now),
  };
}

async function tellConcerned(
  sql: Sql,
  of: { readonly before: Exception; readonly after: Exception; readonly decision: Decision; readonly by: By },
): Promise<void> {
  const { before, after, decision, by } = of;
  const others = (ids: readonly (string | undefined)[]) => [
    ...new Set(ids.flatMap((id) => (id === undefined || id === by.actor.id ? [] : [id]))),
  ];
  const key = `${decision.move}/${after.id}/${after.lastSeq}`;
  if (decision.move === 'assign') {
    const title = `${by.actor.name} made you the owner: ${after.sentence}`;
    await tellOne(sql, { exception: after, key, title, userIds: others([after.owner?.id]) }, by.now);
  } else if (after.request !== null && after.request.id !== before.request?.id) {
    await tellDeciders(
      sql,
      { exception: after, title: `${by.actor.name} asks you to decide: ${after.sentence}` },
      by.now,
    );
  } else if (decision.move === 'approve' || decision.move === 'decline') {
    const title = `${by.actor.name} ${decision.move === 'approve' ? 'approved' : 'declined'} what you requested: ${after.sentence}`;
    await tellOne(sql, { exception: after, key, title, userIds: others([before.request?.by.id]) }, by.now);
  }
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

const MOVE_VERBS: Readonly<Record<Decision['move'], string>> = {
  triage: 'triage it',
  start_remediation: 'start its remediation',
  request_acceptance: 'request its acceptance',
  request_extension: 'request an extension',
  request_false_positive: 'request that it counts as a false positive',
  request_resolution: 'request its resolution',
  approve: 'approve the request',
  decline: 'decline the request',
  withdraw_request: 'withdraw the request',
  claim_fixed: 'say that it is fixed',
  reopen: 'reopen it',
  assign: 'assign it',
  set_due: 'set its due date',
};
const PARTICIPLES: Readonly<Record<Decision['move'], string>> = {
  triage: 'triaged',
  start_remediation: 'remediation_started',
  request_acceptance: 'acceptance_requested',
  request_extension: 'extension_requested',
  request_false_positive: 'false_positive_requested',
  request_resolution: 'resolution_requested',
  approve: 'request_approved',
  decline: 'request_declined',
  withdraw_request: 'request_withdrawn',
  claim_fixed: 'fix_claimed',
  reopen: 'reopened',
  assign: 'assigned',
  set_due: 'due_set',
};
