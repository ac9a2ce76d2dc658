import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { startScriptedServer } from '@/lib/testing/scripted-http-server';
import { outbound } from '../http/outbound';
import { networks } from '../model/network';
import { type Mail, sendMail } from './mail';
import { type IncidentReport, reportIncident } from './servicenow-incident';
import { postToSlack } from './slack';
import { postSigned } from './webhook';

const inside = networks(['127.0.0.0/8']);
const send = outbound({ inside });

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.faults(NO_FAULTS);
  sandbox.state.sinks.length = 0;
  sandbox.state.mails.length = 0;
});

const variable = (name: string) => sandbox.env[name] ?? '';
const arrived = (sink: string) => sandbox.state.sinks.filter((one) => one.sink === sink);

describe('Slack', () => {
  const post = (payload: unknown = { text: 'hello' }) =>
    postToSlack(send, { webhookUrl: variable('SLACK_WEBHOOK_URL'), payload });

  test('D10: a message arrives at the incoming webhook', async () => {
    expect(await post()).toEqual({ kind: 'delivered', status: 200, receipt: null, because: null });
    expect(arrived('slack/compliance')[0]?.body).toEqual({ text: 'hello' });
  });

  test.each([
    [403, 'refused', 'administrator'],
    [404, 'refused', 'Make a new one'],
    [410, 'refused', 'archived'],
    [500, 'again', 'trouble of its own'],
    [503, 'again', 'trouble of its own'],
  ])('D10: Slack answering %i is %s, in words', async (status, kind, words) => {
    sandbox.faults({ slackStatus: status });
    expect(await post()).toMatchObject({ kind, status, because: expect.stringContaining(words) });
  });

  test('D10: a message Slack cannot use is refused for good', async () => {
    expect(await post({ nothing: 1 })).toMatchObject({
      kind: 'refused',
      status: 400,
      because: expect.stringContaining('no text'),
    });
  });

  test('D10: 429 waits as long as Slack says', async () => {
    sandbox.faults({ slackStatus: 429 });
    expect(await post()).toMatchObject({ kind: 'again', status: 429, retryAfterMs: 1_000 });
  });

  test('an answer that got lost is an unknown outcome', async () => {
    sandbox.faults({ slackDropsAfterApply: 1 });
    expect(await post()).toMatchObject({ kind: 'unknown' });
    expect(arrived('slack/compliance')).toHaveLength(1);
  });

  test('a page that is no webhook is no delivery, and its words are not repeated', async () => {
    const page = await startScriptedServer(() => ({ status: 200, body: '<html>internal secrets</html>' }));
    const outcome = await postToSlack(send, { webhookUrl: `${page.url}/secret-path`, payload: {} });
    await page.close();
    expect(outcome.kind).toBe('refused');
    expect(JSON.stringify(outcome)).not.toMatch(/internal secrets|secret-path/);
  });
});

describe('signed webhook', () => {
  const secret = 'sixteen characters or more';
  const now = new Date('2026-11-28T10:00:00Z');
  const post = () =>
    postSigned(send, {
      url: `${sandbox.url}/webhook/siem`,
      secret,
      deliveryId: 'dlv_1',
      body: '{"a":"ä"}',
      now,
    });

  test('the receiver can check that it is ours, whole and fresh, and tell a repetition', async () => {
    expect(await post()).toMatchObject({ kind: 'delivered', status: 200 });
    const [request] = arrived('webhook/siem');
    expect(request?.headers['x-tallystick-delivery']).toBe('dlv_1');
    const [, t = '', v1 = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(request?.headers['x-tallystick-signature'] ?? '') ?? [];
    expect(new Date(Number(t) * 1_000)).toEqual(now);
    expect(v1).toBe(
      createHmac('sha256', secret)
        .update(`${t}.${String(request?.body)}`)
        .digest('hex'),
    );
  });

  test.each([
    [401, 'refused', 'same secret'],
    [404, 'refused', 'nothing at this address'],
    [410, 'refused', 'gone'],
    [302, 'refused', 'another address'],
    [502, 'again', 'trouble'],
  ])('%i is %s, in words', async (status, kind, words) => {
    sandbox.faults({ webhookStatus: status });
    expect(await post()).toMatchObject({ kind, status, because: expect.stringContaining(words) });
  });

  test('429 waits as long as the receiver says', async () => {
    sandbox.faults({ webhookStatus: 429, retryAfterSeconds: 7 });
    expect(await post()).toMatchObject({ kind: 'again', retryAfterMs: 7_000 });
  });
});

describe('ServiceNow', () => {
  const desk = () => ({
    baseUrl: variable('SERVICENOW_BASE_URL'),
    user: variable('SERVICENOW_USER'),
    password: variable('SERVICENOW_PASSWORD'),
    assignmentGroup: 'Compliance',
  });
  const report = (correlationId: string, deliveryId: string): IncidentReport => ({
    correlationId,
    deliveryId,
    shortDescription: 'Luis Ortega moved himself',
    description: 'Who: Luis Ortega',
    note: `note of ${deliveryId}`,
    impact: 1,
    urgency: 1,
  });
  const incidents = (correlationId: string) =>
    sandbox.state.history.desk.serviceNow.incidents.filter((one) => one.correlation_id === correlationId);

  test('D11: an incident is opened once per matter, with its number, and further deliveries become notes', async () => {
    const first = await reportIncident(send, desk(), report('alr_1', 'dlv_1'));
    expect(first).toMatchObject({
      kind: 'delivered',
      receipt: { number: expect.stringMatching(/^INC\d{7}$/) },
    });
    const again = await reportIncident(send, desk(), report('alr_1', 'dlv_1'));
    expect(again).toMatchObject({
      kind: 'delivered',
      receipt: first.kind === 'delivered' ? first.receipt : null,
    });
    await reportIncident(send, desk(), report('alr_1', 'dlv_2'));
    await reportIncident(send, desk(), report('alr_1', 'dlv_2'));
    const [incident, ...more] = incidents('alr_1');
    expect(more).toEqual([]);
    expect(incident).toMatchObject({
      impact: '1',
      assignment_group: 'Compliance',
      work_notes: 'note of dlv_2',
    });
  });

  test('D11: after an answer that got lost there is still one incident, and one note', async () => {
    sandbox.faults({ serviceNowDropsAfterApply: 1 });
    expect((await reportIncident(send, desk(), report('alr_2', 'dlv_3'))).kind).toBe('unknown');
    expect(await reportIncident(send, desk(), report('alr_2', 'dlv_3'))).toMatchObject({ kind: 'delivered' });
    sandbox.faults({ serviceNowDropsAfterApply: 1 });
    expect((await reportIncident(send, desk(), report('alr_2', 'dlv_4'))).kind).toBe('unknown');
    await reportIncident(send, desk(), report('alr_2', 'dlv_4'));
    expect(incidents('alr_2')).toHaveLength(1);
    expect(incidents('alr_2')[0]?.work_notes).toBe('note of dlv_4');
  });

  test.each([
    [401, 'refused', 'Enter the password again'],
    [403, 'refused', 'Give it the role'],
    [404, 'refused', 'no incident table'],
    [429, 'again', 'asks us to wait'],
    [500, 'again', 'trouble of its own'],
    [503, 'again', 'trouble of its own'],
  ])('D11: ServiceNow answering %i is %s, in words', async (status, kind, words) => {
    sandbox.faults({ serviceNowStatus: status });
    const outcome = await reportIncident(send, desk(), report('alr_3', 'dlv_5'));
    expect(outcome).toMatchObject({ kind, status, because: expect.stringContaining(words) });
    expect(JSON.stringify(outcome)).not.toContain(desk().password);
  });

  test('D11: a hibernating instance answers with a page; it is tried again', async () => {
    const page = await startScriptedServer(() => ({ body: '<html>Your instance is hibernating</html>' }));
    const outcome = await reportIncident(send, { ...desk(), baseUrl: page.url }, report('alr_4', 'dlv_6'));
    await page.close();
    expect(outcome).toMatchObject({ kind: 'again', because: expect.stringContaining('hibernating') });
  });
});

describe('mail', () => {
  const mail: Mail = {
    to: ['ada@example.test', 'ben@example.test'],
    subject: 'Übertritt\r\nBcc: thief@example.test',
    text: 'Plain text',
    html: '<p>Text</p>',
    messageId: '<dlv_1@tallystick.example.test>',
    references: ['<alr_1@tallystick.example.test>'],
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  const server = () => ({ url: sandbox.smtpUrl, from: variable('SMTP_FROM') });

  test('a mail arrives over SMTP, both as text and as HTML, under its own id', async () => {
    expect(await sendMail(server(), mail)).toMatchObject({ kind: 'delivered', because: null });
    const [received] = sandbox.state.mails;
    expect(received).toMatchObject({ from: 'tallystick@northwind.example.test', to: mail.to });
    expect(received?.raw).toMatch(/^Message-ID: <dlv_1@tallystick.example.test>$/im);
    expect(received?.raw).toMatch(/^References: <alr_1@tallystick.example.test>$/im);
    expect(received?.raw).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(received?.raw).toMatch(/text\/plain[\s\S]*text\/html/);
  });

  test('a line break in a name makes no header', async () => {
    await sendMail(server(), mail);
    expect(sandbox.state.mails[0]?.raw).not.toMatch(/^Bcc:/im);
    expect(sandbox.state.mails[0]?.to).toEqual(mail.to);
  });

  test('recipients refused for now are tried again, refused for good are not', async () => {
    sandbox.faults({ smtpRefuses: true });
    expect(await sendMail(server(), mail)).toMatchObject({
      kind: 'again',
      status: 450,
      because: expect.stringContaining('recipients'),
    });
    sandbox.faults({ smtpRefuses: false, smtpStatus: 550 });
    expect(await sendMail(server(), mail)).toMatchObject({ kind: 'refused', status: 550 });
    expect(sandbox.state.mails).toEqual([]);
  });

  test('a server that takes the mail and goes away leaves an unknown outcome', async () => {
    sandbox.faults({ smtpDropsAfterApply: 1 });
    expect(await sendMail(server(), mail)).toMatchObject({ kind: 'unknown' });
    expect(sandbox.state.mails).toHaveLength(1);
  });

  test('nobody there, or nobody who greets, is tried again', async () => {
    const nobody = { ...server(), url: 'smtp://127.0.0.1:1' };
    expect(await sendMail(nobody, mail)).toMatchObject({ kind: 'again', status: null });
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const silent = { url: `smtp://127.0.0.1:${port}`, from: 'a@example.test', totalLimitMs: 200 };
    expect(await sendMail(silent, mail)).toMatchObject({
      kind: 'again',
      because: expect.stringContaining('in time'),
    });
    mute.close();
  });
});
