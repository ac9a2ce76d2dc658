import { leadOf, linkOf, type Outgoing, plainText, shortened } from './outgoing';

const MAX_SUBJECT = 200;

export type MailMessage = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

/** The message as mail: plain text, and HTML that says the same without pictures, scripts or anything fetched. */
export function mailMessage(outgoing: Outgoing): MailMessage {
  const { message, deliveryId } = outgoing;
  const domain = new URL(outgoing.publicUrl).hostname.replace(/[^a-z0-9.-]/gi, '') || 'localhost';
  return {
    // A line break in a name must not begin a header of its own.
    subject: shortened(`[${leadOf(outgoing)}] ${message.title}`.replace(/\p{Cc}+/gu, ' '), MAX_SUBJECT),
    text: plainText(outgoing),
    html: htmlOf(outgoing),
    messageId: `<${idOf(deliveryId)}@${domain}>`,
    // Mail programs put what refers to the same id together, though no mail has it.
    references: [`<${idOf(message.correlationId)}@${domain}>`],
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Tallystick-Delivery': idOf(deliveryId) },
  };
}

function htmlOf(outgoing: Outgoing): string {
  const { message } = outgoing;
  const rows = message.facts
    .map(
      ({ label, value }) =>
        `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:2px 12px 2px 0">${escaped(label)}</th><td style="padding:2px 0">${escaped(value)}</td></tr>`,
    )
    .join('\n');
  const runbook =
    message.runbook === null
      ? ''
      : `<h2 style="font-size:16px">What to do</h2>\n<p style="white-space:pre-line">${escaped(message.runbook)}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(message.title)}</title></head>
<body style="font-family:sans-serif;font-size:14px;line-height:1.5">
<p><strong>${escaped(leadOf(outgoing))}</strong></p>
<h1 style="font-size:18px">${escaped(message.title)}</h1>
<table role="table" style="border-collapse:collapse">
${rows}
</table>
${runbook}<p>${escaped(message.orgName)}: <a href="${escaped(linkOf(outgoing))}">open in Tallystick</a></p>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function idOf(text: string): string {
  return text.replace(/[^\w.-]/g, '-');
}
