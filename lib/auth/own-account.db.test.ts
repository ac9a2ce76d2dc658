import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { ROLES, type Role } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { prepareNewPassword, setPassword } from './people/change-password';
import { createUser } from './people/create-user';
import { verifyPassword } from './sign-in/passwords';
import { openSession } from './sign-in/sessions';
import { passwordHashOf } from './store/user-rows';
import type { Viewer } from './viewer';
import { type Writing, writeAsViewer } from './write-as-viewer';

const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const FIRST = 'tangled kettle morning 41';
const SECOND = 'quiet harbour lantern 87';

let t: TestDatabase;
const people = new Map<Role, Viewer>();
const now = new Date();
beforeAll(async () => {
  t = await testDatabase();
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'mypurecloud.ie', now())`,
    [NORTHWIND],
  );
  for (const role of ROLES) {
    const { user } = await createUser(
      t.db,
      {
        email: `${role}@example.com`,
        name: `The ${role}`,
        role,
        password: { kind: 'given', value: FIRST },
      },
      SYSTEM_ACTOR,
    );
    people.set(role, { kind: 'person', id: user.id, name: user.name, role, orgIds: [NORTHWIND] });
    for (const method of ['password', 'oidc'] as const) {
      await openSession(t.db, { userId: user.id, method, ip: null, userAgent: null, requestId: null, now });
    }
    await t.db.sql.query(
      `insert into inbox_item (id, org_id, user_id, key, alert_id, at, severity, title, purpose, path)
       values ($1, $2, $3, 'k', 'alt_x', now(), 4, 'Look', 'alert', '/alerts/alt_x')`,
      [`inb_${role}`, NORTHWIND, user.id],
    );
  }
});
afterAll(() => t.drop());

const of = (role: Role): Viewer => {
  const viewer = people.get(role);
  if (viewer === undefined) throw new Error(`nobody is ${role}`);
  return viewer;
};
/** An act on the own account that leaves its journal row and then does as told. */
const tries = (role: Role, run: (writing: Writing) => Promise<unknown>) =>
  writeAsViewer(
    t.db,
    of(role),
    now,
    async (writing) => {
      await writing.journal({ action: 'x.tried', objectType: 'x' });
      return run(writing);
    },
    { own: true },
  );
const openSessions = async (userId: string) =>
  (await t.db.sql.query('select 1 from user_session where user_id = $1 and revoked_at is null', [userId]))
    .length;

const tried = async () => (await t.db.sql.query(`select 1 from journal where action = 'x.tried'`)).length;

describe('the own account', () => {
  test.each(ROLES)('%s changes their own password, and all their sessions end', async (role) => {
    const viewer = of(role);
    const change = { userId: viewer.id, current: FIRST, wanted: SECOND, sessionId: null, now };
    const hash = await prepareNewPassword(t.db, change);
    await writeAsViewer(
      t.db,
      viewer,
      now,
      ({ tx, by }) => setPassword(tx.sql, { ...change, hash, actor: by.actor }),
      { own: true },
    );
    expect(await verifyPassword(await passwordHashOf(t.db.sql, viewer.id), SECOND)).toBe(true);
    expect(await openSessions(viewer.id)).toBe(0);
    const rows = await t.db.sql.query(
      `select 1 from journal where action = 'user.password_changed' and actor_id = $1 and object_id = $1`,
      [viewer.id],
    );
    expect(rows).toHaveLength(1);
  });

  test('a route with a fault reaches no row of anybody else, whatever the role in the product', async () => {
    const before = await passwordHashOf(t.db.sql, of('officer').id);
    for (const role of ['auditor', 'admin'] as const) {
      const reached = await tries(role, async ({ tx }) => [
        await tx.sql.query(`update user_password set hash = 'x' where user_id <> $1 returning user_id`, [
          of(role).id,
        ]),
        await tx.sql.query('select hash from user_password where user_id <> $1', [of(role).id]),
        await tx.sql.query('update inbox_item set read_at = now() where user_id <> $1 returning id', [
          of(role).id,
        ]),
        await tx.sql.query(
          `update user_session set revoked_at = now(), revoked_reason = 'x' where user_id <> $1 returning id`,
          [of(role).id],
        ),
      ]);
      expect(reached).toEqual([[], [], [], []]);
    }
    expect(await passwordHashOf(t.db.sql, of('officer').id)).toBe(before);
  });

  test.each([
    `update app_user set role = 'admin'`,
    `update user_session set expires_at = now() + interval '1 year'`,
    `select sid_hash from user_session`,
    `update inbox_item set title = 'Nothing happened'`,
    'delete from inbox_item',
    'delete from user_password',
    'delete from journal',
    'select 1 from secret',
    'select 1 from change',
    `insert into user_password (user_id, hash, changed_at) select id, 'x', now() from app_user on conflict do nothing`,
  ])('is all it reaches; the database refuses: %s', async (statement) => {
    const before = await tried();
    await expect(tries('admin', ({ tx }) => tx.sql.query(statement))).rejects.toThrow();
    expect(await tried()).toBe(before);
  });

  test('a row in the journal is in their own name', async () => {
    const forged = tries('auditor', ({ tx }) =>
      tx.sql.query(
        `insert into journal (id, org_id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, body, received_at, salt, leaf_hash)
         select 'jrn_forged', org_id, at, actor_kind, $1, actor_name, action, object_type, object_id, body, received_at, salt, leaf_hash from journal limit 1`,
        [of('admin').id],
      ),
    );
    await expect(forged).rejects.toThrow();
  });
});
