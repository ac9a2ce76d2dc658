import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { changeRole, disableUser } from '../people/change-user';
import { createUser } from '../people/create-user';
import { viewerOfSession } from './authenticate';
import { resolveIdentity } from './resolve-identity';
import { openSession, signOut } from './sessions';
import { signInWithPassword } from './sign-in-with-password';

const PASSWORD = 'plum-orbit-candle-42';
const ISSUER = 'https://login.example.com';
const context = { ip: '192.0.2.7', requestId: 'request-1', now: new Date() };

let t: TestDatabase;
let at = new Date();
beforeAll(async () => {
  t = await testDatabase();
  await t.owner.query(`insert into org (org_id, name, region, connected_at) values
    ('11111111-1111-4111-8111-111111111111', 'Northwind', 'mypurecloud.ie', now()),
    ('22222222-2222-4222-8222-222222222222', 'Southwind', 'mypurecloud.ie', now())`);
});
afterAll(() => t.drop());

let people = 0;
async function person(role: Role, password: 'given' | 'invite' = 'given', orgScope: string[] | null = null) {
  const email = `person${++people}@example.com`;
  const { user } = await createUser(
    t.db,
    {
      email,
      name: `Person ${people}`,
      role,
      orgScope,
      password: password === 'given' ? { kind: 'given', value: PASSWORD } : { kind: 'invite' },
    },
    SYSTEM_ACTOR,
  );
  return user;
}
const attempt = (email: string, password: string, ip = `192.0.2.${people}`) =>
  signInWithPassword(t.db, { email, password, ip, requestId: null, now: at });
const open = (userId: string, now = at) =>
  openSession(t.db, { userId, method: 'password', ip: null, userAgent: null, requestId: null, now });
const who = (sid: string, now = at) => viewerOfSession(t.db, sid, {}, now);

describe('sign-in by password', () => {
  test('the right password signs in, with any case of the address', async () => {
    const user = await person('officer');
    expect(await attempt(user.email.toUpperCase(), PASSWORD)).toEqual({ kind: 'signed_in', userId: user.id });
  });

  test('unknown, disabled, invited and mistyped get the same answer, and each is journaled', async () => {
    const [right, invited, disabled] = [
      await person('officer'),
      await person('officer', 'invite'),
      await person('officer'),
    ];
    await t.db.transaction((sql) => disableUser(sql, disabled.id, { actor: SYSTEM_ACTOR, now: at }));
    const answers = [
      await attempt('nobody@example.com', PASSWORD),
      await attempt(right.email, 'quite another password'),
      await attempt(invited.email, PASSWORD),
      await attempt(disabled.email, PASSWORD),
    ];
    expect(answers).toEqual(Array(4).fill({ kind: 'refused' }));
    const rows = await t.db.sql.query<{ object_id: string | null }>(
      `select object_id from journal where action = 'session.refused' order by id desc limit 4`,
    );
    expect(new Set(rows.map((row) => row.object_id))).toEqual(
      new Set([null, right.id, invited.id, disabled.id]),
    );
  });

  test('an unknown account takes as long as a wrong password', async () => {
    const user = await person('officer');
    const time = async (email: string) => {
      const start = performance.now();
      await attempt(email, 'quite another password', `192.0.2.${200 + people}`);
      return performance.now() - start;
    };
    await time('warm-up@example.com');
    const [known, unknown] = [await time(user.email), await time('nobody-at-all@example.com')];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(4);
  });

  test('the sixth attempt on one account within a minute waits, also with the right password; so for an unknown account', async () => {
    const user = await person('officer');
    for (const email of [user.email, 'unknown-throttled@example.com']) {
      for (let i = 0; i < 5; i++) await attempt(email, 'quite another password', `198.51.100.${i}`);
      expect(await attempt(email, PASSWORD, '198.51.100.77')).toMatchObject({ kind: 'throttled' });
    }
    at = addMs(at, MINUTE_MS);
    expect(await attempt(user.email, PASSWORD)).toMatchObject({ kind: 'signed_in' });
  });

  test('the twenty-first attempt from one address within a minute waits', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 21; i++)
      answers.push((await attempt(`guess${i}@example.com`, 'x', '203.0.113.9')).kind);
    expect(answers).toEqual([...Array(20).fill('refused'), 'throttled']);
  });
});

describe('sessions', () => {
  test('a session is its person with all organisations, and only its hash is stored', async () => {
    const user = await person('officer');
    const sid = await open(user.id);
    expect(await who(sid)).toMatchObject({ kind: 'person', id: user.id, role: 'officer' });
    expect((await who(sid))?.orgIds).toHaveLength(2);
    const stored = await t.owner.query<{ row: string }>(
      'select to_jsonb(s)::text as row from user_session s',
    );
    expect(stored.some(({ row }) => row.includes(sid))).toBe(false);
  });

  test('a person of one organisation sees that one', async () => {
    const user = await person('officer', 'given', ['11111111-1111-4111-8111-111111111111']);
    expect(await who(await open(user.id))).toMatchObject({
      orgIds: ['11111111-1111-4111-8111-111111111111'],
      limited: true,
    });
  });

  test('signing out ends it for the next request', async () => {
    const sid = await open((await person('officer')).id);
    await signOut(t.db, sid, at);
    expect(await who(sid)).toBeNull();
  });

  test.each([
    ['officer', 30],
    ['auditor', 15],
  ] as const)(
    'an %s idle for %i minutes is signed out; each use starts the time anew',
    async (role, minutes) => {
      const sid = await open((await person(role)).id);
      expect(await who(sid, addMs(at, (minutes - 1) * MINUTE_MS))).not.toBeNull();
      expect(await who(sid, addMs(at, (2 * minutes - 2) * MINUTE_MS))).not.toBeNull();
      expect(await who(sid, addMs(at, (3 * minutes - 1) * MINUTE_MS))).toBeNull();
    },
  );

  test('after twelve hours it ends however busy it was', async () => {
    const sid = await open((await person('officer')).id);
    for (let minute = 20; minute < 12 * 60; minute += 20) {
      expect(await who(sid, addMs(at, minute * MINUTE_MS))).not.toBeNull();
    }
    expect(await who(sid, addMs(at, 12 * HOUR_MS))).toBeNull();
  });

  test('disabling a person, or giving them another role, ends their sessions at once', async () => {
    const [gone, promoted] = [await person('officer'), await person('officer')];
    const sids = [await open(gone.id), await open(promoted.id)];
    const by = { actor: SYSTEM_ACTOR, now: at };
    await t.db.transaction((sql) => disableUser(sql, gone.id, by));
    await t.db.transaction((sql) => changeRole(sql, { userId: promoted.id, role: 'admin' }, by));
    expect(await Promise.all(sids.map((sid) => who(sid)))).toEqual([null, null]);
    await expect(open(gone.id)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('the last administrator can be neither demoted nor disabled', async () => {
    const admins = await t.db.sql.query<{ id: string }>(
      `select id from app_user where role = 'admin' and state = 'active'`,
    );
    const by = { actor: SYSTEM_ACTOR, now: at };
    const last = admins[0]?.id ?? (await person('admin')).id;
    for (const { id } of admins.slice(1)) await t.db.transaction((sql) => disableUser(sql, id, by));
    await expect(t.db.transaction((sql) => disableUser(sql, last, by))).rejects.toMatchObject({
      code: 'conflict',
    });
    const demotion = t.db.transaction((sql) => changeRole(sql, { userId: last, role: 'officer' }, by));
    await expect(demotion).rejects.toMatchObject({ code: 'conflict' });
  });
});

test.each([
  ['forget a person', 'delete from app_user'],
  ['give an account another address', `update app_user set email = 'x@example.com'`],
  ['give a key another role', `update api_key set role = 'admin'`],
  ['delete a key', 'delete from api_key'],
  ['lengthen a session', `update user_session set expires_at = now() + interval '1 year'`],
])('the application itself cannot %s', async (_, statement) => {
  await expect(t.db.sql.query(statement)).rejects.toMatchObject({ code: '42501' });
});

describe('sign-in by OpenID', () => {
  const identity = (subject: string, email: string | null, emailVerified = true) => ({
    issuer: ISSUER,
    subject,
    email,
    emailVerified,
  });

  test('an invited person is linked once, and from then on known by issuer and subject alone', async () => {
    const user = await person('auditor', 'invite');
    expect(await resolveIdentity(t.db, identity('sub-1', user.email), context)).toEqual({
      kind: 'known',
      userId: user.id,
    });
    expect(await resolveIdentity(t.db, identity('sub-1', 'renamed@example.com'), context)).toMatchObject({
      userId: user.id,
    });
    expect(await resolveIdentity(t.db, identity('sub-2', user.email), context)).toMatchObject({
      kind: 'refused',
    });
  });

  test.each([
    ['an address the provider does not vouch for', false, 'invite', 'email_not_verified'],
    ['a person who has a password already', true, 'given', 'unknown'],
  ] as const)('%s links nobody', async (_, verified, password, because) => {
    const user = await person('officer', password);
    const outcome = await resolveIdentity(t.db, identity(`sub-of-${user.id}`, user.email, verified), context);
    expect(outcome).toEqual({ kind: 'refused', because });
  });

  test('somebody unknown gets no access, no account and a journal row', async () => {
    const outcome = await resolveIdentity(t.db, identity('stranger', 'stranger@example.com'), context);
    expect(outcome).toEqual({ kind: 'refused', because: 'unknown' });
    expect(await t.db.sql.query(`select 1 from app_user where email = 'stranger@example.com'`)).toHaveLength(
      0,
    );
    const rows = await t.db.sql.query(`select 1 from journal where body like '%"subject":"stranger"%'`);
    expect(rows).toHaveLength(1);
  });
});
