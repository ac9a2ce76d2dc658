import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { deliverDue } from '@/lib/alerts/deliveries/deliver-due';
import { deliveryDeps } from '@/lib/alerts/deliveries/deps';
import { planRequestMail } from '@/lib/alerts/justifications/plan-request-mail';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { actorOf, type Viewer } from '@/lib/auth/viewer';
import { auditId, ORG } from '@/lib/changes/fixtures/records';
import { type Env, loadEnv } from '@/lib/env/load-env';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { AskInput } from '../contract/justifications';
import { AT, OLGA, OTTO, person, plant, silent } from '../fixtures/manual-stage';
import { linkKey, tokenOf } from '../model/justifications/signed-link';
import { viewChangeDecisions } from '../views/change-decisions';
import { viewJustifications } from '../views/justifications';
import { answerByLink, openByLink } from './answer-by-link';
import { askJustification } from './ask-justification';
import { sweepRequests, withdrawRequest } from './end-requests';

const SECRET = 'a secret of this installation, long enough';
const NOW = addMs(AT, DAY_MS);
const QUESTION = 'Why was this queue renamed on a Sunday?';
let database: TestDatabase;
let sandbox: RunningSandbox;
let env: Env;

const ask = (input: AskInput, by: Viewer = OLGA, now = NOW) =>
  database.db.transaction(async (sql) => {
    const request = await askJustification(sql, { orgIds: [ORG], input }, { actor: actorOf(by), now });
    await planRequestMail(sql, request, { kind: 'ask', now });
    return request;
  });
const about = (...n: number[]): AskInput => ({ changeIds: n.map(auditId), question: QUESTION });
const caller = (now = NOW, ip: string | null = null) => ({ ip, requestId: null, now, secret: SECRET });
const deliver = (now = NOW, given: Env = env) => deliverDue(deliveryDeps(given, database.db), { now });
/** The mail with quoted-printable taken off. */
const textOf = (mail: { readonly raw: string } | undefined) =>
  (mail?.raw ?? '').replace(/=\r?\n/g, '').replaceAll('=3D', '=');
const tokenFor = (id: string) => tokenOf(id, linkKey(SECRET));
const stateOf = async (id: string, now = NOW) =>
  (await viewJustifications(OLGA, {}, { db: database.db, now })).items.find((one) => one.id === id);

beforeAll(async () => {
  [database, sandbox] = await Promise.all([testDatabase(), startSandbox()]);
  sandbox.faults(NO_FAULTS);
  provideAuthSettings({ publicUrl: 'https://tally.example.test', secret: SECRET, oidc: null });
  const loaded = loadEnv({ ...sandbox.env, PUBLIC_URL: 'https://tally.example.test' });
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  env = loaded.env;
  await plant(database, [
    ...Array.from({ length: 12 }, (_, n) => silent(n + 1)),
    silent(20, { user: {}, client: { id: 'f0000000-0000-4000-8000-00000000000f', name: 'Bot' } }),
  ]);
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

describe('a request for justification', () => {
  let id = '';

  test('goes by mail to the address the directory had of the actor, with a link that nothing stores', async () => {
    const request = await ask(about(1));
    id = request.id;
    expect(request).toMatchObject({ toAddress: 'dana@example.test', toName: 'Dana Admin', toKind: 'person' });
    expect(await deliver()).toMatchObject({ delivered: 1 });
    const mail = sandbox.state.mails.at(-1);
    expect(mail?.to).toEqual(['dana@example.test']);
    expect(textOf(mail)).toContain(QUESTION);
    expect(textOf(mail)).toContain(`https://tally.example.test/answer/${tokenFor(id)}`);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', delivery: { state: 'delivered' } });
    for (const table of ['delivery', 'justification_request', 'journal', 'delivery_attempt']) {
      const rows = await database.owner.query<{ text: string }>(
        `select ${table}::text as text from ${table}`,
      );
      expect(rows.some((row) => row.text.includes(tokenFor(id).split('.')[1] ?? '?'))).toBe(false);
    }
  });

  test('the link opens what, when and which object, and nothing else; any other link opens nothing', async () => {
    const opened = await openByLink(database.db, tokenFor(id), caller());
    expect(opened).toMatchObject({ state: 'open', question: QUESTION, about: 1 });
    expect(Object.keys(opened).sort()).toEqual([
      'about',
      'changes',
      'expiresAt',
      'orgName',
      'question',
      'state',
    ]);
    expect(JSON.stringify(opened)).not.toContain(auditId(1));
    const other = tokenFor('jst_00000000000000000000000000');
    for (const token of [other, `${id}.AAAA`, id, '', 'x'.repeat(150)])
      expect(await openByLink(database.db, token, caller())).toEqual({ state: 'unknown' });
  });

  test('the answer is taken once, is shown as given by a link and not by a person signed in, and changes no linkage', async () => {
    const input = {
      token: tokenFor(id),
      words: 'The queue was named wrongly in the plan.',
      reference: 'CHG0000001',
    };
    const answers = await Promise.allSettled([
      answerByLink(database.db, input, caller()),
      answerByLink(database.db, input, caller()),
    ]);
    expect(answers.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(answerByLink(database.db, input, caller())).rejects.toMatchObject({ code: 'conflict' });
    expect(await openByLink(database.db, tokenFor(id), caller())).toMatchObject({ state: 'answered' });
    const seen = await viewChangeDecisions(OLGA, { id: auditId(1) }, { db: database.db, now: NOW });
    expect(seen.requests).toMatchObject([
      {
        state: 'answered',
        toAddress: 'dana@example.test',
        answer: { words: 'The queue was named wrongly in the plan.', reference: 'CHG0000001' },
      },
    ]);
    expect(seen.decisions).toEqual([]);
    const [row] = await database.db.sql.query('select linkage from change where id = $1', [auditId(1)]);
    expect(row).toEqual({ linkage: 'unlinked' });
    const journal = await database.db.sql.query(
      `select actor_kind, actor_name from journal where action = 'justification.answered'`,
    );
    expect(journal).toEqual([
      { actor_kind: 'anonymous', actor_name: 'whoever holds the link sent to dana@example.test' },
    ]);
  });

  test('an operator, who may not see requests, sees none with the change', async () => {
    const seen = await viewChangeDecisions(
      person('Opal', 'operator'),
      { id: auditId(1) },
      { db: database.db, now: NOW },
    );
    expect(seen).toMatchObject({ requests: [], askable: null, mayDecide: { allowed: false } });
  });

  test('what cannot be asked is refused with the reason', async () => {
    await expect(ask(about(20))).rejects.toMatchObject({
      code: 'bad_request',
      hint: expect.stringContaining('No person'),
    });
    await expect(ask(about(1, 20))).rejects.toMatchObject({ code: 'bad_request' });
    await expect(ask(about(99))).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(about(2), { ...OLGA, kind: 'api_key', id: 'key_1' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const owned = await ask({ ...about(20), owner: 'Bot.Owner@example.test' });
    expect(owned).toMatchObject({ toAddress: 'bot.owner@example.test', toKind: 'owner' });
    await expect(ask({ ...about(20), owner: 'bot.owner@example.test' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('withdrawn its link is dead, and the mail that was not sent yet is not sent', async () => {
    const request = await ask(about(3));
    await database.db.transaction((sql) =>
      withdrawRequest(
        sql,
        { orgIds: [ORG], id: request.id, reason: 'found it' },
        { actor: actorOf(OTTO), now: NOW },
      ),
    );
    const before = sandbox.state.mails.length;
    await deliver();
    expect(sandbox.state.mails.filter((mail) => textOf(mail).includes(tokenFor(request.id)))).toEqual([]);
    expect(sandbox.state.mails.length).toBeGreaterThanOrEqual(before);
    expect(await openByLink(database.db, tokenFor(request.id), caller())).toMatchObject({
      state: 'withdrawn',
    });
    await expect(
      answerByLink(database.db, { token: tokenFor(request.id), words: 'too late by now' }, caller()),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await stateOf(request.id)).toMatchObject({
      state: 'withdrawn',
      ended: { by: 'Otto Officer', reason: 'found it' },
    });
  });

  test('reminded once halfway, expired at the end, whoever sweeps and how often', async () => {
    const request = await ask({ ...about(4), days: 4 });
    await deliver();
    const sweep = (now: Date) =>
      sweepRequests(database.db, {
        now,
        remind: (sql, one) => planRequestMail(sql, one, { kind: 'reminder', now }),
      });
    const half = addMs(NOW, 2 * DAY_MS);
    await Promise.all([sweep(half), sweep(half)]);
    await sweep(addMs(half, HOUR_MS));
    await deliver(addMs(half, HOUR_MS));
    const mails = sandbox.state.mails.filter((mail) => textOf(mail).includes(tokenFor(request.id)));
    expect(mails).toHaveLength(2);
    expect(mails[1]?.subject).toContain('Reminder: Olga Officer asks you');
    const end = addMs(NOW, 4 * DAY_MS);
    expect(await openByLink(database.db, tokenFor(request.id), caller(end))).toMatchObject({
      state: 'expired',
    });
    await sweep(end);
    await sweep(addMs(end, HOUR_MS));
    const events = await database.db.sql.query<{ what: string }>(
      'select what from justification_event where request_id = $1 order by seq',
      [request.id],
    );
    expect(events.map((event) => event.what)).toEqual(['reminded', 'expired']);
    expect(await stateOf(request.id, end)).toMatchObject({ state: 'expired' });
  });

  test('without a mail server it is shown as undeliverable with the reason', async () => {
    const request = await ask(about(5));
    const { SMTP_URL: _url, ...without } = env;
    await deliver(addMs(NOW, HOUR_MS), without);
    expect(await stateOf(request.id)).toMatchObject({
      state: 'undeliverable',
      delivery: { state: 'dead', because: 'SMTP_URL is not set.' },
    });
  });

  test('guessing is slowed down, by address and by request', async () => {
    const ip = '203.0.113.99';
    const now = addMs(NOW, 3 * HOUR_MS);
    const states = [];
    for (let n = 0; n < 35; n++)
      states.push((await openByLink(database.db, `guess-${n}`, caller(now, ip))).state);
    expect(states.slice(0, 30).every((state) => state === 'unknown')).toBe(true);
    expect(states.slice(30).every((state) => state === 'throttled')).toBe(true);
    await expect(
      answerByLink(database.db, { token: 'guess', words: 'anything at all' }, caller(now, ip)),
    ).rejects.toMatchObject({ status: 429 });
  });

  test('no fact of it can be changed', async () => {
    for (const table of ['justification_request', 'justification_event'])
      await expect(database.owner.query(`delete from ${table}`)).rejects.toMatchObject({ code: '42501' });
  });
});
