import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { Sql } from './sql';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

const AT = new Date('2026-11-20T14:22:31.250Z');
const VALUES = [
  AT,
  9_007_199_254_740_991,
  ['a', null, 'it\'s "x", {y}'],
  Buffer.from([0, 255, 92]),
  JSON.stringify({ a: [1, 'ü'] }),
  true,
  null,
];
const STATEMENT = `select $1::timestamptz at, $2::int8 big, $3::text[] list, $4::bytea raw, $5::jsonb data, $6::boolean yes, $7::text nothing,
  '{1,2,NULL}'::int8[] counts, '2026-11-20'::date "day", count(*) n, '01890a5d-ac96-774b-bcce-b302099a8057'::uuid id,
  '{2026-11-20T14:22:31.25Z}'::timestamptz[] times, current_setting('TimeZone') zone, 1.5::float8 part from generate_series(1, 3)`;
const EXPECTED = {
  at: AT,
  big: 9_007_199_254_740_991,
  list: ['a', null, 'it\'s "x", {y}'],
  raw: Buffer.from([0, 255, 92]),
  data: { a: [1, 'ü'] },
  yes: true,
  nothing: null,
  counts: [1, 2, null],
  day: '2026-11-20',
  n: 3,
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  times: [AT],
  zone: 'UTC',
  part: 1.5,
};

describe('rows have the same JavaScript types whichever way they come', () => {
  const ways: [string, (run: (sql: Sql) => Promise<unknown>) => Promise<unknown>][] = [
    ['single statements', (run) => run(testing.db.sql)],
    ['a transaction', (run) => testing.db.transaction(run)],
    ["Prisma's transaction", (run) => testing.db.writeTransaction(({ sql }) => run(sql))],
  ];
  test.each(ways)('%s', async (_name, way) => {
    expect(await way((sql) => sql.query(STATEMENT, VALUES))).toEqual([EXPECTED]);
  });
});

describe('a write transaction', () => {
  const org = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

  test('is one transaction for Prisma and for statements, and a throw takes back both', async () => {
    await expect(
      testing.db.writeTransaction(async ({ sql, prisma }) => {
        await prisma.org.create({
          data: { orgId: org(1), name: 'One', region: 'mypurecloud.ie', connectedAt: AT },
        });
        const seen = await sql.query<{ name: string }>('select name from org where org_id = $1', [org(1)]);
        expect(seen).toEqual([{ name: 'One' }]);
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect(await testing.db.sql.query('select 1 from org where org_id = $1', [org(1)])).toEqual([]);
  });

  test('keeps both when it ends well, and twenty at once do not mix', async () => {
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        testing.db.writeTransaction(async ({ sql, prisma }) => {
          const [mine] = await sql.query<{ pid: number }>('select pg_backend_pid() pid');
          await prisma.$executeRaw`select set_config('test.mark', ${String(i)}, true)`;
          const [mark] = await sql.query<{ mark: string; pid: number }>(
            `select current_setting('test.mark') mark, pg_backend_pid() pid`,
          );
          return [mark?.mark, mark?.pid === mine?.pid];
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => [String(i), true]));
  });

  test('refuses statements after its end', async () => {
    let kept: Sql | undefined;
    await testing.db.writeTransaction(async ({ sql }) => {
      kept = sql;
      await sql.query('select 1');
    });
    await expect(kept?.query('select 1')).rejects.toMatchObject({ code: 'transaction_ended' });
  });

  test('lets work inside it use the pool beside it', async () => {
    const pids = await testing.db.writeTransaction(async ({ sql }) => {
      const inside = await sql.query<{ pid: number }>('select pg_backend_pid() pid');
      await testing.db.prisma.org.count();
      const again = await sql.query<{ pid: number }>('select pg_backend_pid() pid');
      return [inside[0]?.pid, again[0]?.pid];
    });
    expect(pids[0]).toBe(pids[1]);
  });
});

test('a transaction whose failed statement was swallowed does not claim to have committed', async () => {
  const run = testing.db.transaction(async (sql) => {
    await sql.query('select 1/0').catch(() => {});
  });
  await expect(run).rejects.toMatchObject({ code: 'transaction_ended' });
  expect(await testing.db.sql.query('select 1 one')).toEqual([{ one: 1 }]);
});
