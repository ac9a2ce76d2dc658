import { leadOf, linkOf, type Outgoing, shortened } from './outgoing';

/** Slack's limits. Source: Slack, "Reference: blocks". */
const MAX_HEADER = 150;
const MAX_FIELD = 2_000;
const FIELDS_PER_SECTION = 10;
const MAX_SECTION = 3_000;
/** Room for escapes: each may make five characters of one. */
const ROOM = 0.5;

/** The message for an incoming webhook: blocks, and a text for notifications and screen readers. */
export function slackPayload(outgoing: Outgoing): Record<string, unknown> {
  const { message } = outgoing;
  const sections = chunks(message.facts, FIELDS_PER_SECTION).map((facts) => ({
    type: 'section',
    fields: facts.map(({ label, value }) =>
      mrkdwn(`*${escaped(label)}*\n${escaped(shortened(value, MAX_FIELD * ROOM))}`),
    ),
  }));
  const runbook =
    message.runbook === null
      ? []
      : [
          {
            type: 'section',
            text: mrkdwn(`*What to do*\n${escaped(shortened(message.runbook, MAX_SECTION * ROOM))}`),
          },
        ];
  return {
    text: escaped(`${leadOf(outgoing)}: ${shortened(message.title, MAX_SECTION * ROOM)}`),
    unfurl_links: false,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: shortened(leadOf(outgoing), MAX_HEADER), emoji: false },
      },
      { type: 'section', text: mrkdwn(escaped(shortened(message.title, MAX_SECTION * ROOM))) },
      ...sections,
      ...runbook,
      {
        type: 'context',
        elements: [
          mrkdwn(`${escaped(shortened(message.orgName, 200))} · <${linkOf(outgoing)}|Open in Tallystick>`),
        ],
      },
    ],
  };
}

/** What a name may hold and Slack would read as a command: `<!channel>`, `<@U1>`, `<http://…|text>`. Source: Slack, "Formatting text". */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `verbatim`: Slack makes no links and mentions of its own accord. */
function mrkdwn(text: string): { type: 'mrkdwn'; text: string; verbatim: true } {
  return { type: 'mrkdwn', text, verbatim: true };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
