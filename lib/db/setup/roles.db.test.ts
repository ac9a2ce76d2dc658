import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDatabase, withLogin } from '@/lib/db/address';
import { asViewerRole } from '@/lib/db/as-viewer-role';
import { openDatabase } from '@/lib/db/connection';
import { enforcement } from '@/lib/db/enforcement';
import { withConnection } from '@/lib/db/pool';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { migrate } from './migrate';
import { prepareDatabase } from './prepare-database';
import { ensureRoles } from './roles';

const ORG = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
  await testing.db.sql.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'One', 'mypurecloud.ie', now()), ($2, 'Two', 'usw2.pure.cloud', now())`,
    [ORG, OTHER],
  );
  await testing.owner.query(
    `create table fact_for_test (org_id uuid not null, id int primary key, body text, note text)`,
  );
  await testing.owner.query('alter table fact_for_test owner to tally_owner');
  await testing.owner.query(`call tally.append_only('fact_for_test')`);
  await testing.owner.query(`call tally.org_rows('fact_for_test')`);
  await testing.db.sql.query(`insert into fact_for_test values ($1, 1, 'mine'), ($2, 2, 'theirs')`, [
    ORG,
    OTHER,
  ]);
});
afterAll(() => testing.drop());

const refused = { code: '42501' };
const viewer = { orgIds: [ORG], viewerId: 'usr_test' };

describe('tally_app', () => {
  test('writes facts and can neither change nor delete nor truncate them', async () => {
    for (const statement of [
      `update fact_for_test set body = 'x'`,
      'delete from fact_for_test',
      'truncate fact_for_test',
    ]) {
      await expect(testing.db.sql.query(statement), statement).rejects.toMatchObject(refused);
    }
  });

  test('owns nothing, makes no table and disables no trigger', async () => {
    for (const statement of [
      'create table public.mine (a int)',
      'alter table fact_for_test disable trigger all',
      'drop table org',
      'set role tally_owner',
    ]) {
      await expect(testing.db.sql.query(statement), statement).rejects.toMatchObject({
        code: expect.stringMatching(/^42501$/),
      });
    }
    expect(
      await testing.db.sql.query(`select 1 from pg_class where relowner = 'tally_app'::regrole`),
    ).toEqual([]);
  });

  test('is told from the owner: the database enforces', async () => {
    expect(await enforcement(testing.db.sql)).toEqual({ enforced: true, login: 'tally_app', because: null });
  });
});

test('even a superuser is kept from changing a fact by its trigger, also as a replica', async () => {
  await expect(testing.owner.query('delete from fact_for_test')).rejects.toMatchObject(refused);
  await expect(
    withConnection({ url: testing.ownerUrl, applicationName: 'test' }, async (client) => {
      await client.query(`set session_replication_role = replica`);
      await client.query('delete from fact_for_test');
    }),
  ).rejects.toMatchObject(refused);
});

describe('tally_viewer', () => {
  test('reads the organisations of its settings and no others', async () => {
    const names = await asViewerRole(testing.db, viewer, (sql) => sql.query('select name from org'));
    expect(names).toEqual([{ name: 'One' }]);
    expect(
      await asViewerRole(testing.db, viewer, (sql) => sql.query('select body from fact_for_test')),
    ).toEqual([{ body: 'mine' }]);
  });

  test('with unset settings sees zero rows', async () => {
    const unset = await testing.db.transaction(async (sql) => {
      await sql.query('set local role tally_viewer');
      return sql.query('select 1 from org');
    });
    expect(unset).toEqual([]);
    expect(
      await asViewerRole(testing.db, { ...viewer, orgIds: [] }, (sql) => sql.query('select 1 from org')),
    ).toEqual([]);
  });

  test('writes no state and no fact', async () => {
    for (const statement of [
      `update org set name = 'x'`,
      'delete from org',
      `insert into fact_for_test values ('${ORG}', 9, 'x')`,
    ]) {
      await expect(
        asViewerRole(testing.db, viewer, (sql) => sql.query(statement)),
        statement,
      ).rejects.toMatchObject(refused);
    }
  });

  test('is left behind with the transaction', async () => {
    await asViewerRole(testing.db, viewer, (sql) => sql.query('select 1'));
    const rows = await testing.db.sql.query(
      `select current_user::text who, coalesce(current_setting('app.org_ids', true), '') orgs`,
    );
    expect(rows).toEqual([{ who: 'tally_app', orgs: '' }]);
  });
});

describe('the schema', () => {
  test('every table with org_id has row security forced, with a policy for viewer, app and owner', async () => {
    const tables = await testing.owner.query<{ name: string; forced: boolean; policies: string[] }>(
      `select c.relname "name", c.relrowsecurity and c.relforcerowsecurity forced,
         array(select distinct unnest(p.roles)::text from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname order by 1) policies
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    );
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) {
      expect(table.forced, `${table.name} forces row security`).toBe(true);
      // A table whose rows viewers may not see at all needs no policy for them; a policy missing means no rows.
      expect(table.policies, table.name).toEqual(expect.arrayContaining(['tally_app', 'tally_owner']));
    }
  });

  test('every table that viewers may read and that has org_id shows them rows by their settings alone', async () => {
    const open = await testing.owner.query<{ name: string }>(
      `select c.relname "name" from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and has_table_privilege('tally_viewer', c.oid, 'select')
         and not exists (select from pg_policies p where p.tablename = c.relname and 'tally_viewer' = any (p.roles) and p.qual like '%app.org_ids%')`,
    );
    expect(open).toEqual([]);
  });

  test('every append-only table has its two triggers, always enabled, and no grant to change it', async () => {
    const tables = await testing.owner.query<{ name: string; triggers: string[]; may: boolean }>(
      `select f.name, array(select t.tgname::text from pg_trigger t where t.tgrelid = f.name::regclass and t.tgenabled = 'A' order by 1) triggers,
         has_table_privilege('tally_app', f.name::regclass, 'delete') or has_table_privilege('tally_app', f.name::regclass, 'truncate')
           or has_table_privilege('tally_app', f.name::regclass, 'update') may
       from tally.append_only_table f order by 1`,
    );
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) {
      expect(table.triggers, table.name).toEqual(
        expect.arrayContaining(['append_only_all', 'append_only_row']),
      );
      expect(table.may, table.name).toBe(false);
    }
  });

  test('no partition has a grant of its own and no view runs with its owner’s rights', async () => {
    const partitions = await testing.owner.query(
      `select relname from pg_class where relispartition and relkind in ('r', 'p') and relacl is not null and relacl::text ~ 'tally_(app|viewer)'`,
    );
    expect(partitions).toEqual([]);
    const views = await testing.owner.query(
      `select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace and not coalesce('security_invoker=true' = any (reloptions) or 'security_invoker=on' = any (reloptions), false)`,
    );
    expect(views).toEqual([]);
  });

  test('nothing is granted to everybody, and there are no default privileges', async () => {
    expect(await testing.owner.query('select 1 from pg_default_acl')).toEqual([]);
    expect(
      await testing.owner.query(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and relacl::text ~ '[{,]='`,
      ),
    ).toEqual([]);
  });

  test('everything is owned by tally_owner, the queue’s schema by tally_queue', async () => {
    const owners = await testing.owner.query(
      `select distinct pg_get_userbyid(relowner)::text "owner" from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
    );
    expect(owners).toEqual([{ owner: 'tally_owner' }]);
    expect(
      await testing.owner.query(
        `select pg_get_userbyid(nspowner)::text "owner" from pg_namespace where nspname = 'bullmq'`,
      ),
    ).toEqual([{ owner: 'tally_queue' }]);
  });
});

describe('preparing', () => {
  const appLogin = { name: 'tally_app', password: 'unused' };

  test('again changes nothing and keeps the password', async () => {
    await ensureRoles({ ownerUrl: testing.ownerUrl, appLogin });
    expect(await migrate({ ownerUrl: testing.ownerUrl })).toEqual([]);
    expect(await testing.db.sql.query('select 1 one')).toEqual([{ one: 1 }]);
  });

  test('by a login without rights over tables only looks', async () => {
    await prepareDatabase({ ownerUrl: testing.url, appLogin });
  });

  test('works for an owner who is no superuser, and makes another login a member', async () => {
    const tag = `t${process.pid}_${Date.now().toString(36)}`;
    const owner = { name: `${tag}_owner`, password: 'o' };
    const app = { name: `${tag}_app`, password: 'a' };
    const name = `db_${tag}`;
    await testing.owner.query(`create role ${owner.name} login createrole password 'o'`);
    // Roles belong to the cluster; on one that has them, whoever made them gives the right to hand them on.
    await testing.owner.query(
      `grant tally_owner, tally_app, tally_viewer, tally_queue to ${owner.name} with admin option`,
    );
    await testing.owner.query(`create role ${app.name} login password 'a'`);
    await testing.owner.query(`create database ${name} owner ${owner.name}`);
    try {
      const ownerUrl = withLogin(withDatabase(testing.ownerUrl, name), owner);
      const appUrl = withLogin(ownerUrl, app);
      await prepareDatabase({ ownerUrl, appLogin: app });
      await prepareDatabase({ ownerUrl, appLogin: app });
      const db = openDatabase({ url: appUrl, applicationName: 'test', max: 2 });
      expect(await db.sql.query('select current_user::text who, count(*) n from org')).toEqual([
        { who: 'tally_app', n: 0 },
      ]);
      expect(await enforcement(db.sql)).toMatchObject({ enforced: true, login: app.name });
      await db.close();
      await prepareDatabase({ ownerUrl: appUrl, appLogin: app });

      const alone = openDatabase({ url: ownerUrl, applicationName: 'test', max: 2 });
      expect(await enforcement(alone.sql)).toMatchObject({
        enforced: false,
        because: expect.stringContaining('DATABASE_OWNER_URL'),
      });
      await expect(alone.sql.query('delete from tally.append_only_table')).rejects.toMatchObject(refused);
      await alone.close();
    } finally {
      await testing.owner.query(`drop database ${name} with (force)`);
      await testing.owner.query(`drop role ${app.name}`);
      await testing.owner.query(`drop role ${owner.name}`);
    }
  });

  test('says so when the database cannot be reached or does not exist', async () => {
    const nowhere = 'postgresql://a:b@127.0.0.1:1/none';
    await expect(prepareDatabase({ ownerUrl: nowhere, appLogin })).rejects.toMatchObject({
      code: 'database_unreachable',
    });
    await expect(
      prepareDatabase({ ownerUrl: withDatabase(testing.ownerUrl, 'missing'), appLogin }),
    ).rejects.toMatchObject({
      code: 'database_unreachable',
      message: expect.stringContaining('database "missing" does not exist'),
    });
  });
});
