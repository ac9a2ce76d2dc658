import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One folder of prisma/migrations. */
export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

/** The migrations this code knows, in the order they apply. */
export async function readMigrations(folder: string = defaultFolder()): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: checksumOf(sql) };
    }),
  );
}

/** Prisma's own checksum: SHA-256 of the file, in hex. */
function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** Whether `checksum` is that of this text, whichever line ends the checkout has. */
export function isChecksumOf(migration: Migration, checksum: string): boolean {
  if (migration.checksum === checksum) return true;
  const unix = migration.sql.replaceAll('\r\n', '\n');
  return checksumOf(unix) === checksum || checksumOf(unix.replaceAll('\n', '\r\n')) === checksum;
}

function defaultFolder(): string {
  return path.join(import.meta.dirname, '..', '..', '..', 'prisma', 'migrations');
}
