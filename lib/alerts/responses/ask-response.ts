import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { Viewer } from '@/lib/auth/viewer';
import type { Sql } from '@/lib/db/sql';
import { findingById } from '@/lib/findings/read-findings';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import type { ResponseRequest } from '../contract/responses';
import { DEFAULT_APPROVAL_MINUTES } from '../model/response/decide-proposal';
import { judgeGuards } from '../model/response/guards';
import type { Response } from '../model/response/response';
import { appendDecision } from '../store/response/decision-facts';
import { insertResponse, lockBeginnings, selectOfFinding } from '../store/response/response-rows';
import { deciderOf } from './concerned';
import { countBegunAt, gatherFacts } from './guards/gather-facts';
import { intentOf, PRODUCT, responseTo } from './new-response';
import { tellDeciders } from './tell-deciders';

const STILL_OPEN: readonly Response['state'][] = ['waiting', 'approved', 'running'];

/**
 * A person (or a key) asks for a response that the finding's rule proposes; it waits for another person, or is refused where
 * a guard refuses for good. Throws `not_found`, `bad_request` where the rule proposes no such thing, and `conflict` while one
 * is open or after it was done.
 */
export async function askResponse(
  sql: Sql,
  asked: ResponseRequest,
  by: { readonly viewer: Viewer; readonly actor: JournalActor; readonly now: Date },
): Promise<Response> {
  const { viewer, now } = by;
  const finding = await findingById(sql, asked.findingId);
  if (finding === null || !viewer.orgIds.includes(finding.orgId))
    throw requestError('not_found', 'cannot ask for a response: there is no such finding that you may see');
  const proposal = finding.responses.find((one) => one.kind === asked.kind);
  if (proposal === undefined)
    throw requestError('bad_request', `cannot ask for a response: ${finding.rule} proposes no such thing`);
  await lockBeginnings(sql, finding.orgId);
  const before = (await selectOfFinding(sql, finding.id)).filter(
    (one) => one.kind === asked.kind && one.undoOf === null,
  );
  refuseSecond(before);

  const intent = intentOf(proposal);
  const policy = (await policyAt(sql, { orgId: finding.orgId, at: now })).responses;
  const context = { genesys: null, ownClientIds: new Set<string>() };
  const { facts } = await gatherFacts(sql, { orgId: finding.orgId, intent, policy, context, now });
  const guards = judgeGuards({ ...facts, begun: await countBegunAt(sql, { orgId: finding.orgId, now }) });
  const lasting = guards.find(({ guard, outcome }) => outcome === 'refuse' && !guard.startsWith('limit_'));
  const speaker = await deciderOf(sql, viewer, finding.orgId);
  const response: Response = {
    ...responseTo(finding, intent, now),
    key: `${finding.id}/${asked.kind}${before.length === 0 ? '' : `/${before.length + 1}`}`,
    mode: 'ask',
    state: lasting === undefined ? 'waiting' : 'refused',
    because: lasting === undefined ? 'It waits for another person’s approval.' : lasting.because,
    expiresAt:
      lasting === undefined
        ? addMs(now, (policy?.approvalMinutes ?? DEFAULT_APPROVAL_MINUTES) * MINUTE_MS)
        : null,
    requestedBy: { kind: speaker.kind, id: speaker.id, name: speaker.name },
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
    finishedAt: lasting === undefined ? null : now,
  };
  if (!(await insertResponse(sql, response)))
    throw requestError('conflict', 'cannot ask for a response: another was asked for at the same moment');
  const of = { orgId: response.orgId, responseId: response.id };
  await appendDecision(sql, of, {
    at: now,
    what: 'asked',
    by: response.requestedBy,
    reason: asked.reason,
    guards,
  });
  if (lasting !== undefined)
    await appendDecision(sql, of, {
      at: now,
      what: 'refused',
      by: PRODUCT,
      reason: lasting.because,
      guards: null,
    });
  else await tellDeciders(sql, { response, finding, now });
  await appendJournal(sql, {
    actor: by.actor,
    at: now,
    action: 'response.asked',
    objectType: 'response',
    objectId: response.id,
    orgId: response.orgId,
    detail: {
      kind: response.kind,
      findingId: finding.id,
      target: response.target.id,
      state: response.state,
      reason: asked.reason,
    },
  });
  return response;
}

function refuseSecond(before: readonly Response[]): void {
  const open = before.find((one) => STILL_OPEN.includes(one.state));
  if (open !== undefined)
    throw requestError('conflict', `cannot ask for a response: ${open.id} is ${open.state} already`, {
      details: { responseId: open.id },
    });
  const done = before.find((one) => one.state === 'done' && one.undoneBy === null);
  if (done !== undefined)
    throw requestError('conflict', `cannot ask for a response: ${done.id} has done it already`, {
      details: { responseId: done.id },
    });
}
