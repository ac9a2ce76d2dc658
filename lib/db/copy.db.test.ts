import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { inTransaction } from './connection';
import { copyInto, copyOut, copyRow } from './copy';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

const COLUMNS = ['n', 't', 'b', 'a', 'j', 'at', 'yes'];
const STAGE =
  'create temp table stage (n int, t text, b bytea, a text[], j jsonb, at timestamptz(3), yes boolean) on commit drop';

test('what goes in by COPY comes out as it was, whatever characters it holds', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => !value.includes('\0'));
  const row = fc.tuple(
    fc.option(text),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(fc.option(text), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      text,
      { maxKeys: 3 },
    ),
    fc.date({ min: new Date('2000-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const back = await testing.db.withClient((client) =>
        inTransaction(client, async (sql) => {
          await sql.query(STAGE);
          const lines = rows.map(([t, b, a, j, at, yes], n) =>
            copyRow([n, t, b, a, JSON.stringify(j), at, yes]),
          );
          expect(await copyInto(client, { table: 'stage', columns: COLUMNS }, lines)).toBe(rows.length);
          return sql.query('select * from stage order by n');
        }),
      );
      expect(back).toEqual(
        rows.map(([t, b, a, j, at, yes], n) => ({ n, t, b: Buffer.from(b), a, j: { ...j }, at, yes })),
      );
    }),
    { numRuns: 60 },
  );
});

test('a COPY that breaks takes the transaction back and leaves the connection usable', async () => {
  const broken = testing.db.withClient((client) =>
    inTransaction(client, async (sql) => {
      await sql.query(STAGE);
      await copyInto(client, { table: 'stage', columns: ['n'] }, ['1\n', 'x\n']);
    }),
  );
  await expect(broken).rejects.toMatchObject({ code: '22P02' });
  async function* failing() {
    yield '1\n';
    throw new Error('source ended early');
  }
  const cut = testing.db.withClient((client) =>
    inTransaction(client, async (sql) => {
      await sql.query(STAGE);
      await copyInto(client, { table: 'stage', columns: ['n'] }, failing());
    }),
  );
  await expect(cut).rejects.toThrow('source ended early');
  expect(await testing.db.sql.query('select 1 one')).toEqual([{ one: 1 }]);
});

test('rows stream out in the same format', async () => {
  const text = await testing.db.withClient(async (client) => {
    let all = '';
    for await (const chunk of copyOut(client, `select generate_series(1, 3), 'ü'::text`)) all += chunk;
    return all;
  });
  expect(text).toBe('1\tü\n2\tü\n3\tü\n');
});
