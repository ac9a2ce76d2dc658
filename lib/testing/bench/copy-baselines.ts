import path from 'node:path';
import type { Sql } from '@/lib/db/sql';
import type { BenchHouse } from './bench-house';
import { timed } from './measured';

/** Every table that ingest leaves rows in. */
const TABLES = [
  'raw_page',
  'raw_event',
  'sighting',
  'change',
  'ru_hour',
  'ru_day',
  'ru_dim',
  'ru_actor',
  'ru_rate',
  'entity_dim',
  'actor_address',
  'observation',
] as const;

/** Tables whose triggers would do their work a second time, or refuse the copy. */
const TRIGGERED = ['change'] as const;

export type Baselines = {
  readonly rows: number;
  readonly megabytes: number;
  /** Server-side COPY into logged tables without any index. */
  readonly bareMs: number;
  /** The same into the very partitions that ingest writes, with all their indexes, triggers off. */
  readonly indexedMs: number;
};

/** Copies exactly the rows that ingest left for one organisation back in, by the shortest way PostgreSQL has. */
export async function copyBaselines(house: BenchHouse, orgId: string, twinId: string): Promise<Baselines> {
  const { owner, files } = house;
  let rows = 0;
  let bytes = 0;
  await owner.query('drop schema if exists bench_bare cascade');
  await owner.query('create schema bench_bare');
  for (const table of TABLES) {
    const columns = await columnsOf(owner, table);
    const plain = columns.join(', ');
    // Under another organisation and page the same rows fit beside themselves.
    const twin = columns
      .map((column) =>
        column === 'org_id' ? `'${twinId}'::uuid` : moved.includes(column) ? `'x' || ${column}` : column,
      )
      .join(', ');
    const from = `from ${table} where org_id = '${orgId}'`;
    const [counted] = await owner.query<{ n: number }>(`select count(*) as n ${from}`);
    rows += counted?.n ?? 0;
    await owner.query(`copy (select ${plain} ${from}) to '${fileOf(files, table)}'`);
    await owner.query(
      `copy (select ${table === 'observation' ? plain : twin} ${from}) to '${fileOf(files, `${table}-twin`)}'`,
    );
    await owner.query(`create table bench_bare.${table} (like ${table})`);
    const [file] = await owner.query<{ size: number }>(
      `select size from pg_stat_file('${fileOf(files, table)}')`,
    );
    bytes += file?.size ?? 0;
  }
  const bare = TABLES.map((table) => `copy bench_bare.${table} from '${fileOf(files, table)}'`);
  const indexed = TABLES.filter((table) => table !== 'observation').map(
    (table) => `copy ${table} from '${fileOf(files, `${table}-twin`)}'`,
  );
  await owner.query('checkpoint');
  const { ms: bareMs } = await timed(() => inOne(owner, bare));
  await owner.query('checkpoint');
  for (const table of TRIGGERED) await owner.query(`alter table ${table} disable trigger user`);
  const { ms: indexedMs } = await timed(() => inOne(owner, indexed));
  for (const table of TRIGGERED) await owner.query(`alter table ${table} enable trigger user`);
  await owner.query('drop schema bench_bare cascade');
  return { rows, megabytes: bytes / 1_048_576, bareMs, indexedMs };
}

const moved: readonly string[] = ['page_id'];

async function inOne(owner: Sql, statements: readonly string[]): Promise<void> {
  await owner.query('begin');
  for (const statement of statements) await owner.query(statement);
  await owner.query('commit');
}

async function columnsOf(owner: Sql, table: string): Promise<string[]> {
  const rows = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows.map((row) => row.name);
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}.tsv`);
}
