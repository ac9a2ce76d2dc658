import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { findingById } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import type { ResponseDecision } from '../contract/responses';
import { DEFAULT_APPROVAL_MINUTES } from '../model/response/decide-proposal';
import { changedAnything } from '../model/response/fold-steps';
import { isByPolicy, type MayDecide, mayDecide } from '../model/response/may-decide';
import { calledName, type Response, type Speaker } from '../model/response/response';
import { appendDecision } from '../store/response/decision-facts';
import {
  insertResponse,
  lockBeginnings,
  selectResponse,
  selectUndoings,
  updateResponse,
} from '../store/response/response-rows';
import { selectSteps } from '../store/response/step-facts';
import { concernedBy, deciderOf } from './concerned';
import { responseTo } from './new-response';
import { tellDeciders } from './tell-deciders';

export type Decided = {
  readonly id: string;
  readonly state: Response['state'];
  /** Set when it is to be carried out now: enqueue `alerts.carry-out` after the commit. */
  readonly toCarryOut: string | null;
};

type By = { readonly viewer: Viewer; readonly actor: JournalActor; readonly now: Date };

/**
 * A person's word about a response: approve or reject one that waits, or ask that one is undone. Undoing is a response of its
 * own; what the policy did by itself one person may undo, anything else needs another's approval. The answer names the
 * response that moved on. Throws `not_found`, `forbidden` with the sentence why not, and `bad_request` for a wrong `confirm`.
 */
export async function decideResponse(
  sql: Sql,
  { id, ...asked }: ResponseDecision & { readonly id: string },
  by: By,
): Promise<Decided> {
  const seen = await selectResponse(sql, id);
  if (seen === null || !by.viewer.orgIds.includes(seen.orgId))
    throw requestError('not_found', 'cannot decide: there is no such response that you may see');
  await lockBeginnings(sql, seen.orgId);
  const response = await selectResponse(sql, id, true);
  if (response === null) throw requestError('not_found', 'cannot decide: there is no such response');
  const finding = await findingById(sql, response.findingId);
  const { may, speaker } = await standingOfViewer(sql, { response, finding, viewer: by.viewer, now: by.now });
  const answer = may[asked.decision];
  if (!answer.allowed)
    throw requestError('forbidden', `cannot ${asked.decision} the response: ${answer.because ?? 'no'}`);
  if (asked.decision !== 'reject') confirmed(response, asked);
  const decided = await DECIDE[asked.decision](sql, {
    response,
    finding,
    reason: asked.reason,
    speaker,
    now: by.now,
  });
  await appendJournal(sql, {
    actor: by.actor,
    at: by.now,
    action: { approve: 'response.approved', reject: 'response.rejected', undo: 'response.undo_asked' }[
      asked.decision
    ],
    objectType: 'response',
    objectId: id,
    orgId: response.orgId,
    detail: {
      kind: response.kind,
      target: response.target.id,
      reason: asked.reason,
      ...(decided.id === id ? {} : { undoing: decided.id }),
    },
  });
  return decided;
}

/** What this viewer may say about the response now, with who they are to it. */
export async function standingOfViewer(
  sql: Sql,
  of: {
    readonly response: Response;
    readonly finding: KeptFinding | null;
    readonly viewer: Viewer;
    readonly now: Date;
  },
): Promise<{ readonly may: MayDecide; readonly speaker: Speaker }> {
  const { response } = of;
  const { mayDecide: _m, address: _a, ...speaker } = await deciderOf(sql, of.viewer, response.orgId);
  const undoings = await selectUndoings(sql, response.id);
  const open = undoings.find((one) => ['waiting', 'approved', 'running'].includes(one.state));
  const may = mayDecide(response, {
    decider: await deciderOf(sql, of.viewer, response.orgId),
    concerned: await concernedBy(sql, response, of.finding),
    now: of.now,
    changed: changedAnything(await selectSteps(sql, response.id)),
    openUndo: open?.id ?? null,
  });
  return { may, speaker };
}

function confirmed(response: Response, { decision, confirm }: ResponseDecision): void {
  const name = calledName(response.target);
  // Typed, so that nobody approves by habit; trimmed, but not in another case.
  if (confirm?.trim() === name.trim()) return;
  throw requestError('bad_request', `cannot ${decision} the response: the name typed is not the target’s`, {
    hint: `Type ${name} to confirm.`,
  });
}

type Word = {
  readonly response: Response;
  readonly finding: KeptFinding | null;
  readonly reason: string;
  readonly speaker: Speaker;
  readonly now: Date;
};

const DECIDE: Readonly<Record<ResponseDecision['decision'], (sql: Sql, word: Word) => Promise<Decided>>> = {
  async approve(sql, { response, reason, speaker, now }) {
    await settle(sql, { response, state: 'approved', reason, speaker, now });
    return { id: response.id, state: 'approved', toCarryOut: response.id };
  },
  async reject(sql, { response, reason, speaker, now }) {
    await settle(sql, { response, state: 'rejected', reason, speaker, now });
    return { id: response.id, state: 'rejected', toCarryOut: null };
  },
  undo,
};

async function settle(
  sql: Sql,
  of: Omit<Word, 'finding'> & { readonly state: 'approved' | 'rejected' },
): Promise<void> {
  const { response, speaker, now, state, reason } = of;
  const isOver = state === 'rejected';
  await updateResponse(sql, response.id, {
    state,
    because: isOver ? `${speaker.name} rejected it.` : null,
    decidedAt: now,
    decidedBy: { id: speaker.id, name: speaker.name },
    decisionReason: reason,
    ...(isOver ? { finishedAt: now } : {}),
  });
  const to = { orgId: response.orgId, responseId: response.id };
  await appendDecision(sql, to, { at: now, what: state, by: speaker, reason, guards: null });
}

async function undo(sql: Sql, { response: original, finding, reason, speaker, now }: Word): Promise<Decided> {
  if (finding === null) throw requestError('not_found', 'cannot undo the response: its finding is not there');
  const counter = (await selectUndoings(sql, original.id)).length + 1;
  const alone = isByPolicy(original);
  const minutes =
    (await policyAt(sql, { orgId: original.orgId, at: now })).responses?.approvalMinutes ??
    DEFAULT_APPROVAL_MINUTES;
  const undoing: Response = {
    ...responseTo(finding, { ...original, undoOf: original.id }, now),
    key: `${original.key}/undo/${counter}`,
    mode: 'ask',
    state: alone ? 'approved' : 'waiting',
    because: alone ? null : 'It waits for another person’s approval.',
    expiresAt: alone ? null : addMs(now, minutes * MINUTE_MS),
    requestedBy: speaker,
    decidedAt: alone ? now : null,
    decidedBy: alone ? { id: speaker.id, name: speaker.name } : null,
    decisionReason: alone ? reason : null,
    finishedAt: null,
  };
  await insertResponse(sql, undoing);
  const say = (responseId: string, what: 'undo_asked' | 'asked' | 'approved', because: string) =>
    appendDecision(
      sql,
      { orgId: original.orgId, responseId },
      { at: now, what, by: speaker, reason: because, guards: null },
    );
  await say(original.id, 'undo_asked', reason);
  await say(undoing.id, 'asked', reason);
  if (alone)
    await say(undoing.id, 'approved', 'The policy had done it by itself, so one person’s word is enough.');
  else await tellDeciders(sql, { response: undoing, finding, now });
  return { id: undoing.id, state: undoing.state, toCarryOut: alone ? undoing.id : null };
}
