import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentReport } from './incident-report';
import { mailMessage } from './mail-message';
import { type Outgoing, plainText, shortened } from './outgoing';
import { slackPayload } from './slack-payload';
import { webhookBody } from './webhook-body';

const outgoing = (more: Partial<Outgoing['message']> = {}): Outgoing => ({
  deliveryId: 'dlv_1',
  orgId: '11111111-1111-4111-8111-111111111111',
  alertId: 'alr_1',
  purpose: 'alert',
  plannedAt: new Date('2026-11-28T10:00:00Z'),
  publicUrl: 'https://tallystick.example.test',
  message: {
    title: 'Luis Ortega moved himself from Sales to Executive',
    severity: 'critical',
    facts: [
      { label: 'Who', value: 'Luis Ortega' },
      { label: 'When (UTC)', value: '2026-11-28T09:59:58Z' },
    ],
    orgName: 'Northwind Contact',
    path: '/alerts/alr_1',
    runbook: 'Ask Luis.',
    correlationId: 'alr_1',
    ...more,
  },
});

/** Names as somebody might give them to be read as something else. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0123>',
    '<https://evil.example.test|Open in Tallystick>',
    '</td><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'a\r\nBcc: thief@example.test\r\n\r\nbody',
    '\u2028\u0007\u001b[31m',
    '&lt;!here&gt;',
    '<&>'.repeat(2_000),
    'x'.repeat(10_000),
  ),
);

describe('Slack', () => {
  test('D10: who, what, when and what to do, and a way to the page', () => {
    const text = JSON.stringify(slackPayload(outgoing()));
    for (const part of ['Critical', 'Luis Ortega', '2026-11-28T09:59:58Z', 'Ask Luis.'])
      expect(text).toContain(part);
    expect(text).toContain('<https://tallystick.example.test/alerts/alr_1|Open in Tallystick>');
  });

  test('no name becomes a mention, a link or a message too long for Slack', () => {
    fc.assert(
      fc.property(nasty, nasty, (title, value) => {
        const facts = Array.from({ length: 12 }, () => ({ label: 'Who', value }));
        const payload = slackPayload(outgoing({ title, facts, orgName: title, runbook: value }));
        const texts = textsOf(payload);
        const links = texts.flatMap((text) => text.match(/<[^>]*>/g) ?? []);
        expect(links).toEqual(['<https://tallystick.example.test/alerts/alr_1|Open in Tallystick>']);
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(3_000);
        const sections = Object(payload).blocks.filter((block: { fields?: unknown[] }) => block.fields);
        for (const { fields } of sections) {
          expect(fields.length).toBeLessThanOrEqual(10);
          for (const { text } of fields) expect(text.length).toBeLessThanOrEqual(2_000);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('mail', () => {
  test('says the same as text and as HTML, and refers to the alert', () => {
    const mail = mailMessage(outgoing());
    expect(mail.subject).toBe('[Critical] Luis Ortega moved himself from Sales to Executive');
    expect(mail.text).toContain('Who:        Luis Ortega');
    expect(mail.html).toContain('<th scope="row"');
    expect(mail.html).toContain('lang="en"');
    expect(mail.messageId).toBe('<dlv_1@tallystick.example.test>');
    expect(mail.references).toEqual(['<alr_1@tallystick.example.test>']);
  });

  test('no name becomes a header or mark-up', () => {
    fc.assert(
      fc.property(nasty, nasty, (title, value) => {
        const mail = mailMessage(
          outgoing({ title, facts: [{ label: 'Who', value }], orgName: value, runbook: title }),
        );
        expect(mail.subject).not.toMatch(/[\r\n]/);
        const tags = new Set([...mail.html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map((found) => found[1]));
        const known = [
          '!doctype',
          'html',
          'head',
          'meta',
          'title',
          'body',
          'p',
          'strong',
          'h1',
          'h2',
          'table',
          'tr',
          'th',
          'td',
          'a',
        ];
        expect([...tags].filter((tag) => !known.includes(tag ?? ''))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('incident and webhook', () => {
  test('D11: the gravest is of the highest priority, and the alert is the correlation', () => {
    expect(incidentReport(outgoing())).toMatchObject({
      impact: 1,
      urgency: 1,
      correlationId: 'alr_1',
      deliveryId: 'dlv_1',
    });
    expect(incidentReport(outgoing({ severity: 'low' }))).toMatchObject({ impact: 3, urgency: 3 });
    expect([...incidentReport(outgoing({ title: 'ä'.repeat(500) })).shortDescription].length).toBe(160);
  });

  test('the body of a webhook is the same bytes for every try', () => {
    const body = webhookBody(outgoing());
    expect(webhookBody(outgoing())).toBe(body);
    expect(JSON.parse(body)).toMatchObject({
      id: 'dlv_1',
      alertId: 'alr_1',
      severity: 'critical',
      url: 'https://tallystick.example.test/alerts/alr_1',
    });
  });

  test('shortening never cuts a character in two', () => {
    expect(shortened('👩👩👩', 2)).toBe('👩…');
    expect(plainText(outgoing({ facts: [], runbook: null }))).toBe(
      'Luis Ortega moved himself from Sales to Executive\n\nNorthwind Contact: https://tallystick.example.test/alerts/alr_1',
    );
  });
});

/** Every text of mark-up in the payload. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'text' && typeof member === 'string' && !('type' in value) ? [member] : textsOf(member),
  );
}
