import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '@/lib/kernel/hash';
import { toIso } from '@/lib/kernel/instant';
import { connectorError, isConnectorError } from '../../errors';
import type { LocalRepository } from './read-commits';
import { runGit } from './run-git';

/** A first clone may be long; a fetch is not. */
const CLONE_MS = 10 * 60_000;
const FETCH_MS = 2 * 60_000;
const QUICK_MS = 30_000;
const MAX_CHATTER_BYTES = 1024 * 1024;
const URL_LIKE = /^(https?|ssh|git|file):\/\//i;
/** Its time of change is when a mirror was last brought up to date. */
const FETCHED = 'tallystick-fetched';
const SCP_LIKE = /^[\w.-]+@[\w.-]+:(?!\/\/)/;

/** A configured repository: a path is read in place, an address through a mirror of ours. */
export type RepositoryPlace =
  | { readonly kind: 'path'; readonly path: string; readonly name: string }
  | { readonly kind: 'address'; readonly address: string; readonly name: string };

/** What the setting names. Throws `bad_settings` for a transport that could run commands or a text that looks like an option. */
export function repositoryPlace(setting: string): RepositoryPlace {
  const text = setting.trim();
  if (text === '' || text.startsWith('-') || /[\0\n]/.test(text) || /^\w+::/.test(text)) {
    throw connectorError(
      'bad_settings',
      'cannot use a repository: its address is neither a path nor an http, ssh, git or file address',
    );
  }
  if (URL_LIKE.test(text)) return { kind: 'address', address: text, name: nameOfUrl(text) };
  if (SCP_LIKE.test(text)) return { kind: 'address', address: text, name: text.replace(/^[^@]*@/, '') };
  return { kind: 'path', path: path.resolve(text), name: path.basename(text).replace(/\.git$/, '') };
}

/** The repository as a local one that can be read now: for an address, its mirror under `dataDir`, fetched first. */
export async function localRepository(place: RepositoryPlace, dataDir: string): Promise<LocalRepository> {
  if (place.kind === 'path') {
    const gitDir = gitDirOf(place);
    return { gitDir, name: place.name, origin: await originOf(gitDir, place.name), stale: null };
  }
  const mirror = path.join(dataDir, 'git', `${sha256Hex(place.address).slice(0, 24)}.git`);
  if (existsSync(mirror)) {
    const stale = await fetched(mirror, place.name);
    if (stale !== null) return { gitDir: mirror, name: place.name, origin: place.address, stale };
  } else await firstClone(place, mirror);
  await writeFile(path.join(mirror, FETCHED), '');
  return { gitDir: mirror, name: place.name, origin: place.address, stale: null };
}

/** Brings a mirror up to date; what kept it from that, and since when, where it could not be. What it holds stays good. */
async function fetched(mirror: string, name: string): Promise<string | null> {
  try {
    // Commits that left their branches stay: they may have been applied.
    await runGit({
      args: ['fetch', '--quiet', '--no-prune', 'origin'],
      gitDir: mirror,
      name,
      timeoutMs: FETCH_MS,
      maxBytes: MAX_CHATTER_BYTES,
    });
    return null;
  } catch (thrown) {
    if (!isConnectorError(thrown)) throw thrown;
    const last = await stat(path.join(mirror, FETCHED)).catch(() => null);
    return `${thrown.message}; its copy is of ${last === null ? 'an unknown time' : toIso(last.mtime)}`;
  }
}

/** Where a clone that is read in place came from: that says which host answers for it. */
async function originOf(gitDir: string, name: string): Promise<string | null> {
  try {
    const origin = await runGit({
      args: ['config', '--local', '--get', 'remote.origin.url'],
      gitDir,
      name,
      timeoutMs: QUICK_MS,
      maxBytes: MAX_CHATTER_BYTES,
    });
    return origin.toString('utf8').trim() || null;
  } catch (thrown) {
    // Git ends with 1 where there is none.
    if (isConnectorError(thrown) && thrown.code === 'git_failed') return null;
    throw thrown;
  }
}

async function firstClone(place: { address: string; name: string }, mirror: string): Promise<void> {
  await mkdir(path.dirname(mirror), { recursive: true, mode: 0o700 });
  const unfinished = `${mirror}.${process.pid}.new`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await runGit({
      args: ['clone', '--quiet', '--mirror', '--', place.address, unfinished],
      name: place.name,
      timeoutMs: CLONE_MS,
      maxBytes: MAX_CHATTER_BYTES,
    });
    await rename(unfinished, mirror);
  } catch (thrown) {
    // Another process may have finished the same clone first; its mirror is as good.
    if (!existsSync(mirror)) throw thrown;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function gitDirOf(place: { path: string; name: string }): string {
  const inside = path.join(place.path, '.git');
  if (existsSync(inside)) return inside;
  if (existsSync(path.join(place.path, 'objects'))) return place.path;
  throw connectorError(
    'unreachable',
    `cannot read repository ${place.name}: there is none at the configured path`,
  );
}

function nameOfUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null)
    throw connectorError('bad_settings', 'cannot use a repository: its address cannot be read');
  return `${url.host}${url.pathname}`.replace(/\.git$/, '').replace(/\/$/, '') || 'repository';
}
