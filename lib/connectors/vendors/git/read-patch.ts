import { isConnectorError } from '../../errors';
import { type CommitPatch, cutPatch, PATCH_LIMITS, patchesByPath } from '../../model/commit-patch';
import type { LocalRepository } from './read-commits';
import { runGit } from './run-git';

const QUICK_MS = 30_000;
const MAX_LIST_BYTES = 16 * 1024 * 1024;
const MAX_DIFF_BYTES = 8 * 1024 * 1024;
/** Where the whole is too large, so many files are read one by one. */
const FILES_ONE_BY_ONE = 40;

const SHOW = ['log', '-1', '--format=', '-m', '--first-parent', '--no-renames', '--no-color'];

/** The commit's diff against its first parent with whole blocks around what changed, cut to what is kept. Throws a connector error. */
export async function readPatch(repository: LocalRepository, hash: string): Promise<CommitPatch> {
  const numbers = await git(repository, [...SHOW, '--numstat', '-z', hash, '--'], MAX_LIST_BYTES);
  const letters = await git(repository, [...SHOW, '--name-status', '-z', hash, '--'], MAX_LIST_BYTES);
  const statuses = new Map<string, string>();
  const parts = letters.split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2)
    statuses.set(parts[at + 1] ?? '', (parts[at] ?? '').trim());
  const files = numbers
    .split('\0')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [added = '', removed = '', ...path] = line.trimStart().split('\t');
      const name = path.join('\t');
      const letter = statuses.get(name);
      return {
        path: name,
        status:
          letter === 'A' ? ('added' as const) : letter === 'D' ? ('deleted' as const) : ('modified' as const),
        added: added === '-' ? null : Number(added),
        removed: removed === '-' ? null : Number(removed),
      };
    });
  return cutPatch(hash, files, await patchesOf(repository, hash, files));
}

async function patchesOf(
  repository: LocalRepository,
  hash: string,
  files: readonly { readonly path: string }[],
): Promise<Map<string, string>> {
  try {
    return patchesByPath(await diff(repository, hash, [], MAX_DIFF_BYTES));
  } catch (thrown) {
    if (!isConnectorError(thrown) || thrown.code !== 'too_large') throw thrown;
  }
  const patches = new Map<string, string>();
  let size = 0;
  for (const { path } of files.slice(0, FILES_ONE_BY_ONE)) {
    if (size > PATCH_LIMITS.commitBytes) break;
    try {
      const one = patchesByPath(await diff(repository, hash, [`:(literal)${path}`], MAX_DIFF_BYTES));
      for (const [name, text] of one) {
        patches.set(name, text);
        size += text.length;
      }
    } catch (thrown) {
      // One file alone may be too large; the others are still worth reading.
      if (!isConnectorError(thrown) || thrown.code !== 'too_large') throw thrown;
    }
  }
  return patches;
}

function diff(
  repository: LocalRepository,
  hash: string,
  paths: readonly string[],
  maxBytes: number,
): Promise<string> {
  const args = [
    ...SHOW,
    '-p',
    '-W',
    '--no-ext-diff',
    '--no-textconv',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    hash,
    '--',
    ...paths,
  ];
  return git(repository, args, maxBytes);
}

async function git(repository: LocalRepository, args: readonly string[], maxBytes: number): Promise<string> {
  const answer = await runGit({
    args,
    gitDir: repository.gitDir,
    name: repository.name,
    timeoutMs: QUICK_MS,
    maxBytes,
  });
  return answer.toString('utf8');
}
