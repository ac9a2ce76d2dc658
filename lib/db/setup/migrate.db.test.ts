import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { migrate } from './migrate';
import { type Migration, readMigrations } from './migrations';

let testing: TestDatabase;
let known: Migration[];
beforeAll(async () => {
  testing = await testDatabase();
  known = await readMigrations();
});
afterAll(() => testing.drop());

function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

function history(): Promise<{ name: string }[]> {
  return testing.owner.query<{ name: string }>(
    'select migration_name "name" from _prisma_migrations order by started_at, 1',
  );
}

describe('migrating', () => {
  test('knows what was applied, in order, and does nothing twice', async () => {
    expect(await migrate({ ownerUrl: testing.ownerUrl })).toEqual([]);
    expect((await history()).map((row) => row.name)).toEqual(known.map((one) => one.name));
  });

  test('two at once apply each migration once', async () => {
    const next = [
      ...known,
      migration('20990101000000_slow', 'create table slow_one (a int); select pg_sleep(0.1)'),
    ];
    const events: string[] = [];
    const onProgress = (event: { kind: string; name: string }) => events.push(event.kind);
    const applied = await Promise.all(
      [1, 2, 3].map(() => migrate({ ownerUrl: testing.ownerUrl, migrations: next, onProgress })),
    );
    expect(applied.flat()).toEqual(['20990101000000_slow']);
    expect(events).toContain('waiting');
    await testing.owner.query(`drop table slow_one`);
    await testing.owner.query(`delete from _prisma_migrations where migration_name like '2099%'`);
  });

  test('one that fails leaves nothing behind and names its line', async () => {
    const bad = [
      ...known,
      migration('20990101000001_bad', 'create table half (a int);\nselect 1;\nselect nothing_there;'),
    ];
    await expect(migrate({ ownerUrl: testing.ownerUrl, migrations: bad })).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('column "nothing_there" does not exist (line 3)'),
    });
    expect(await testing.owner.query(`select to_regclass('half')::text half`)).toEqual([{ half: null }]);
    expect(await migrate({ ownerUrl: testing.ownerUrl })).toEqual([]);
  });

  test('refuses a database that is newer than the code', async () => {
    await expect(
      migrate({ ownerUrl: testing.ownerUrl, migrations: known.slice(0, -1) }),
    ).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining(known.at(-1)?.name ?? ''),
    });
  });

  test('refuses a migration that was edited after it landed, but not other line ends', async () => {
    const first = known[0];
    if (!first) throw new Error('no migrations');
    const windows = known.map((one) => migration(one.name, one.sql.replaceAll('\n', '\r\n')));
    expect(await migrate({ ownerUrl: testing.ownerUrl, migrations: windows })).toEqual([]);
    const edited = [migration(first.name, `${first.sql}\nselect 1;`), ...known.slice(1)];
    await expect(migrate({ ownerUrl: testing.ownerUrl, migrations: edited })).rejects.toMatchObject({
      code: 'migration_edited',
    });
  });

  test("Prisma's own engine reads our history and finds nothing left to apply", async () => {
    const engine = await prismaEngine(testing.ownerUrl);
    const migrationDirectories = known.map((one) => ({
      path: one.name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: one.sql } },
    }));
    const result = await engine.applyMigrations({
      migrationsList: {
        baseDir: 'prisma/migrations',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        migrationDirectories,
        shadowDbInitScript: '',
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    expect(result.appliedMigrationNames).toEqual([]);
  });
});

/** The engine behind `prisma migrate deploy`, as WebAssembly: the proof that our history is Prisma's. */
async function prismaEngine(url: string) {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(
    new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm')),
  );
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(url));
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}
