import { authSettings } from '@/lib/auth/sign-in/auth-settings';
import { sendMail } from '@/lib/connectors/sinks/mail';
import type { SinkOutcome } from '@/lib/connectors/sinks/sink';
import type { Sql } from '@/lib/db/sql';
import { standingOfRequest } from '@/lib/linking/model/justifications/request';
import { linkKey, tokenOf } from '@/lib/linking/model/justifications/signed-link';
import { eventsOf, requestById } from '@/lib/linking/store/manual/justification-rows';
import { mailMessage } from '../model/mail-message';
import type { Outgoing } from '../model/outgoing';

/**
 * Sends the mail of a request to the one person it is for, with the link by which they answer. A request that ended meanwhile is
 * refused: a dead link would only puzzle.
 */
export async function sendToPerson(
  sql: Sql,
  server: { readonly url: string; readonly from: string },
  outgoing: Outgoing,
  now: Date,
): Promise<SinkOutcome> {
  const request = await requestById(sql, outgoing.message.correlationId);
  if (request === null) return refused('There is no request behind this message.');
  const state = standingOfRequest(request, (await eventsOf(sql, [request.id])).get(request.id) ?? [], now);
  if (state !== 'open') return refused(`The request is ${state}.`);
  const token = tokenOf(request.id, linkKey(authSettings().secret));
  const message = { ...outgoing.message, path: `/answer/${token}` };
  return sendMail(server, { to: [request.toAddress], ...mailMessage({ ...outgoing, message }) });
}

function refused(because: string): SinkOutcome {
  return { kind: 'refused', status: null, because };
}
