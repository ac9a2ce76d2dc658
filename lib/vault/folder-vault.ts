import { createHash, randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import type { PutResult, Vault, VaultErrorCode } from './vault';
import { keySegments } from './vault-key';

/** Objects being written; what a kill leaves here is nobody's and is cleared away after a day. */
const INCOMING = '.incoming';
const LEFTOVER_MS = 24 * 3_600_000;
/** Marks the folders that spread one folder's objects over 256; no key segment begins with it. */
const SHARD_MARK = '~';

/** Objects as read-only files: `<folder of the key>/~<two hex digits>/<last segment>`. */
export function folderVault(root: string): Vault {
  const known = new Set<string>();
  let swept: Promise<void> | undefined;

  function fileOf(key: string): string {
    const segments = keySegments(key);
    const name = segments.at(-1) ?? '';
    const shard = SHARD_MARK + createHash('sha256').update(name).digest('hex').slice(0, 2);
    return path.join(root, ...segments.slice(0, -1), shard, name);
  }

  return {
    async putOnce(key, bytes) {
      const file = fileOf(key);
      const result = { key, sha256: sha256Hex(bytes), bytes: bytes.byteLength };
      const incoming = path.join(root, INCOMING);
      await ensureFolder(incoming, known);
      swept ??= sweep(incoming);
      await swept;
      const draft = path.join(incoming, `${process.pid}-${randomBytes(8).toString('hex')}`);
      try {
        await writeDurably(draft, bytes);
        await ensureFolder(path.dirname(file), known);
        // A link appears whole or not at all and, unlike a rename, never replaces what stands there.
        await link(draft, file);
        await syncFolder(path.dirname(file));
        return { ...result, existed: false };
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return await sameAs(file, result);
        throw failed(`cannot put ${key} into the vault`, error);
      } finally {
        await rm(draft, { force: true });
      }
    },

    async get(key) {
      const file = fileOf(key);
      try {
        return await readFile(file);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw failed(`cannot read ${key} from the vault`, error);
        throw new AppError<VaultErrorCode>({
          code: 'vault_missing',
          message: `cannot read ${key} from the vault: it is not there`,
          cause: error,
        });
      }
    },

    async *list(prefix) {
      const folders = prefix.split('/').slice(0, -1);
      if (folders.length > 0) keySegments(folders.join('/'));
      for await (const key of walk(path.join(root, ...folders), folders.join('/')))
        if (key.startsWith(prefix)) yield key;
    },
  };
}

async function sameAs(file: string, wanted: Omit<PutResult, 'existed'>): Promise<PutResult> {
  const found = await readFile(file);
  if (found.byteLength === wanted.bytes && sha256Hex(found) === wanted.sha256)
    return { ...wanted, existed: true };
  throw new AppError<VaultErrorCode>({
    code: 'vault_conflict',
    message: `cannot put ${wanted.key} into the vault: other bytes stand there`,
    details: { key: wanted.key, found: sha256Hex(found), wanted: wanted.sha256 },
  });
}

async function* walk(folder: string, key: string): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw failed('cannot list the vault', error);
  }
  for (const entry of entries) {
    if (entry.name === INCOMING) continue;
    const below = path.join(folder, entry.name);
    const name = key === '' ? entry.name : `${key}/${entry.name}`;
    if (!entry.isDirectory()) yield name;
    else yield* walk(below, entry.name.startsWith(SHARD_MARK) ? key : name);
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o444);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and those above it; each new entry is synced in the folder that holds it. */
async function ensureFolder(folder: string, known: Set<string>): Promise<void> {
  if (known.has(folder)) return;
  const first = await mkdir(folder, { recursive: true });
  if (first)
    for (let at = folder; at.length >= first.length; at = path.dirname(at))
      await syncFolder(path.dirname(at));
  known.add(folder);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // a folder cannot be opened there
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    const found = await stat(file).catch(() => null);
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(file, { force: true });
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function failed(what: string, cause: unknown): AppError<VaultErrorCode> {
  return new AppError<VaultErrorCode>({
    code: 'vault_failed',
    message: `${what}: ${cause instanceof Error ? cause.message : 'unknown error'}`,
    retryable: true,
    cause,
  });
}
