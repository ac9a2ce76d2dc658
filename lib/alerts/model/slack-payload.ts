import { leadOf, linkOf, type Outgoing, shortened } from './outgoing';

/** Slack's limits, counted after escaping. Source: Slack, "Reference: blocks". */
const MAX_HEADER = 150;
const MAX_FIELD = 2_000;
const FIELDS_PER_SECTION = 10;
const MAX_SECTION = 3_000;
const MAX_NAME = 300;
/** Room for label, star and line break before a value. */
const LABEL_ROOM = 200;

/** The message for an incoming webhook: blocks, and a text for notifications and screen readers. */
export function slackPayload(outgoing: Outgoing): Record<string, unknown> {
  const { message } = outgoing;
  const sections = chunks(message.facts, FIELDS_PER_SECTION).map((facts) => ({
    type: 'section',
    fields: facts.map(({ label, value }) =>
      mrkdwn(`*${escaped(label, LABEL_ROOM - 3)}*\n${escaped(value, MAX_FIELD - LABEL_ROOM)}`),
    ),
  }));
  const runbook =
    message.runbook === null
      ? []
      : [
          {
            type: 'section',
            text: mrkdwn(`*What to do*\n${escaped(message.runbook, MAX_SECTION - LABEL_ROOM)}`),
          },
        ];
  return {
    text: escaped(`${leadOf(outgoing)}: ${message.title}`, MAX_SECTION),
    unfurl_links: false,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: shortened(leadOf(outgoing), MAX_HEADER), emoji: false },
      },
      { type: 'section', text: mrkdwn(escaped(message.title, MAX_SECTION)) },
      ...sections,
      ...runbook,
      {
        type: 'context',
        elements: [
          mrkdwn(`${escaped(message.orgName, MAX_NAME)} · <${linkOf(outgoing)}|Open in Tallystick>`),
        ],
      },
    ],
  };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The text without what Slack would read as a command (`<!channel>`, `<@U1>`, `<http://…|text>`), at most so long, never cut
 * inside a character or an escape. Source: Slack, "Formatting text".
 */
function escaped(text: string, max: number): string {
  let out = '';
  for (const letter of text) {
    const piece = ESCAPES[letter] ?? letter;
    if (out.length + piece.length > max - 1) return `${out}…`;
    out += piece;
  }
  return out;
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
