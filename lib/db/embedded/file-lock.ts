import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseError } from '@/lib/db/errors';
import { identityOf, isSameProcess } from './process-identity';

const RETRY_MS = 40;

export type FileLock = { release(): void };

/** Takes the lock, or gives the number of the living process that holds it. A lock whose owner is gone is taken over. */
export function tryLock(file: string): { readonly lock: FileLock } | { readonly heldBy: number } {
  const mine = `${identityOf(process.pid)} ${randomBytes(6).toString('hex')}`;
  for (let attempt = 0; attempt < 20; attempt++) {
    if (createWhole(file, mine)) return { lock: { release: () => removeIf(file, mine) } };
    const owner = read(file);
    if (owner === null) continue;
    if (isSameProcess(processPart(owner))) return { heldBy: Number.parseInt(owner, 10) };
    takeAway(file, owner);
  }
  return { heldBy: Number.parseInt(read(file) ?? '0', 10) };
}

/** Waits for the lock at most `limitMs`. Throws `data_folder_busy`. */
export async function waitForLock(file: string, limitMs: number): Promise<FileLock> {
  for (const end = Date.now() + limitMs; ; ) {
    const got = tryLock(file);
    if ('lock' in got) return got.lock;
    if (Date.now() > end) {
      throw databaseError(
        'data_folder_busy',
        `cannot use the data folder: process ${got.heldBy} has held ${file} for ${Math.round(limitMs / 1000)} s`,
      );
    }
    await sleep(RETRY_MS);
  }
}

/** A link appears with its content; a file opened with `wx` would be seen empty for a moment. */
function createWhole(file: string, content: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a stale lock; if another process took it over in between, its lock is put back. */
function takeAway(file: string, stale: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== stale) linkSync(aside, file);
  } catch {
    // somebody else was faster; the next attempt sees the result
  }
  rmSync(aside, { force: true });
}

function removeIf(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function processPart(owner: string): string {
  return owner.split(' ').slice(0, 2).join(' ');
}
