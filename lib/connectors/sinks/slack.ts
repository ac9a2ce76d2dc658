import type { Outbound } from '../http/outbound';
import { outcomeOfStatus, type SinkOutcome, unanswered } from './sink';

/** What Slack's words mean for whoever set the webhook up. Source: Slack, "Sending messages using incoming webhooks", error table. */
const WORDS: Readonly<Record<string, string>> = {
  invalid_payload: 'Slack could not read the message.',
  invalid_blocks: 'Slack could not read the message.',
  no_text: 'Slack found no text in the message.',
  too_many_attachments: 'Slack finds the message too long.',
  action_prohibited:
    'Slack forbids it: an administrator restricts posting to this channel. Ask them to allow the app.',
  posting_to_general_channel_denied:
    'Slack forbids it: an administrator restricts posting to #general. Choose another channel.',
  no_service:
    'Slack no longer knows this webhook: it was removed or the app was taken out. Make a new one and enter it.',
  no_active_hooks: 'Slack has disabled this webhook. Make a new one and enter it.',
  no_service_id: 'Slack does not know this webhook. Check that its address was copied whole.',
  invalid_token: 'Slack does not know this webhook. Check that its address was copied whole.',
  no_team: 'Slack does not know the workspace of this webhook. Check that its address was copied whole.',
  team_disabled: 'The Slack workspace is disabled.',
  channel_not_found: 'The Slack channel of this webhook is gone. Choose another one.',
  channel_is_archived: 'The Slack channel of this webhook is archived. Restore it or choose another one.',
  user_not_found: 'The Slack user of this webhook is gone.',
};
const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'Slack could not read the message.',
  403: 'Slack forbids it: an administrator restricts posting to this channel.',
  404: 'Slack does not know this webhook. Make a new one and enter it.',
  410: 'The Slack channel of this webhook is archived or gone.',
};

/** Posts to an incoming webhook. Slack takes no key against repetition, so one sent twice is shown twice. */
export async function postToSlack(
  send: Outbound,
  message: { readonly webhookUrl: string; readonly payload: unknown },
): Promise<SinkOutcome> {
  const answer = await send({
    url: new URL(message.webhookUrl),
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(message.payload),
  });
  if (answer.kind !== 'answered') return unanswered(answer);
  const { status } = answer;
  const word = answer.text.trim();
  if (status === 200 && word === 'ok') return { kind: 'delivered', status, receipt: null, because: null };
  const known = outcomeOfStatus(answer, 'Slack');
  if (known !== null) return known;
  if (status >= 200 && status < 300)
    return {
      kind: 'refused',
      status,
      because: 'The address answers, and not as a Slack webhook does. Check that it is one.',
    };
  const because = WORDS[word] ?? BY_STATUS[status] ?? `Slack refuses the message (${status}).`;
  return { kind: 'refused', status, because };
}
