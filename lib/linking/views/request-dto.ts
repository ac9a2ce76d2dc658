import { requestMailKey } from '@/lib/alerts/justifications/plan-request-mail';
import { deliveriesByKey } from '@/lib/alerts/store/deliveries-by-key';
import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { RequestDto } from '../contract/manual';
import { type JustificationRequest, standingOfRequest } from '../model/justifications/request';
import { eventsOf } from '../store/manual/justification-rows';

/** Requests with what became of them and of their mail. */
export async function requestDtos(
  sql: Sql,
  requests: readonly JustificationRequest[],
  now: Date,
): Promise<RequestDto[]> {
  if (requests.length === 0) return [];
  const events = await eventsOf(
    sql,
    requests.map((one) => one.id),
  );
  const mails = await deliveriesByKey(
    sql,
    requests.map((one) => requestMailKey(one.id, 'ask')),
  );
  return requests.map((request) => {
    const said = events.get(request.id) ?? [];
    const mail = mails.get(requestMailKey(request.id, 'ask')) ?? null;
    const standing = standingOfRequest(request, said, now);
    const answer = said.find((event) => event.what === 'answered');
    const withdrawn = said.find((event) => event.what === 'withdrawn');
    const reminded = said.find((event) => event.what === 'reminded');
    return {
      id: request.id,
      orgId: request.orgId,
      state: standing !== 'open' ? standing : mail?.state === 'dead' ? 'undeliverable' : 'sent',
      delivery: mail,
      askedAt: toIso(request.askedAt),
      askedBy: request.asker,
      toAddress: request.toAddress,
      toName: request.toName,
      toKind: request.toKind,
      question: request.question,
      expiresAt: toIso(request.expiresAt),
      remindedAt: reminded === undefined ? null : toIso(reminded.at),
      sessionId: request.sessionId,
      changes: [...request.subject.shown],
      about: request.subject.ids.length,
      answer:
        answer === undefined
          ? null
          : { at: toIso(answer.at), words: answer.words ?? '', reference: answer.reference },
      ended:
        withdrawn === undefined
          ? null
          : { at: toIso(withdrawn.at), by: withdrawn.actor, reason: withdrawn.words ?? '' },
    };
  });
}
