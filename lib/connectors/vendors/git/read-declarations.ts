import type { DeclaringHistory } from '../../commit-source';
import { connectorError } from '../../errors';
import { DECLARING_FILES, type DeclaringStep, objectsInFile } from '../../model/declared-objects';
import type { LocalRepository } from './read-commits';
import { runGit } from './run-git';

const LOG_MS = 2 * 60_000;
const MAX_LOG_BYTES = 64 * 1024 * 1024;
const MAX_BLOBS_BYTES = 64 * 1024 * 1024;
const BLOBS_AT_ONCE = 100;
/** A file longer than this is no hand-written declaration: exports of whole organisations are, and they are read. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;
/** Commits of the main branch that touch a declaring file; older ones count as of the oldest read. */
const MAX_COMMITS = 20_000;
const RECORD = '\x1e';
const UNIT = '\x1f';

/**
 * What the main branch declared, commit by commit along its first parents, from the commit after `since` on; everything where
 * `since` is null or no longer an ancestor, as after a forced push. Throws a connector error.
 */
export async function readDeclarations(
  repository: LocalRepository,
  since: string | null,
): Promise<DeclaringHistory> {
  const head = (await git(repository, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
  const whole = since === null || !(await isAncestor(repository, since, head));
  if (!whole && since === head) return { repository: repository.name, head, whole, steps: [] };
  const commits = await touchingCommits(repository, whole ? head : `${since}..${head}`);
  const steps: DeclaringStep[] = [];
  for (let from = 0; from < commits.length; from += BLOBS_AT_ONCE) {
    const batch = commits.slice(from, from + BLOBS_AT_ONCE);
    const names = batch.flatMap(({ hash, paths }) => paths.map((path) => `${hash}:${path}`));
    const blobs = await readBlobs(repository, names);
    for (const { hash, at, paths } of batch) {
      const files = paths.map((path) => {
        const text = blobs.get(`${hash}:${path}`);
        return { path, objects: text === undefined ? [] : objectsInFile(path, text) };
      });
      steps.push({ hash, at, files });
    }
  }
  return { repository: repository.name, head, whole, steps };
}

type Touching = { readonly hash: string; readonly at: Date; readonly paths: readonly string[] };

async function touchingCommits(repository: LocalRepository, range: string): Promise<Touching[]> {
  const log = await git(repository, [
    'log',
    '--first-parent',
    '-m',
    '--no-renames',
    '--name-only',
    `--max-count=${MAX_COMMITS}`,
    `--format=${RECORD}%H${UNIT}%ct`,
    range,
    '--',
    ...DECLARING_FILES,
  ]);
  return log
    .split(RECORD)
    .slice(1)
    .map((record) => {
      const [head = '', ...paths] = record.split('\n');
      const [hash = '', at = ''] = head.split(UNIT);
      return { hash, at: new Date(Number(at) * 1000), paths: paths.filter((path) => path !== '') };
    })
    .reverse();
}

/** The text of each `<commit>:<path>` that is there. */
async function readBlobs(
  repository: LocalRepository,
  names: readonly string[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  // A line break in a name would be a second name; such files declare nothing.
  const asked = names.filter((name) => !/[\n\r"]/.test(name));
  for (let from = 0; from < asked.length; from += BLOBS_AT_ONCE) {
    const batch = asked.slice(from, from + BLOBS_AT_ONCE);
    const bytes = await runGit({
      args: ['cat-file', '--batch'],
      gitDir: repository.gitDir,
      name: repository.name,
      input: batch.map((name) => `${name}\n`).join(''),
      timeoutMs: LOG_MS,
      maxBytes: MAX_BLOBS_BYTES,
    });
    let at = 0;
    for (const name of batch) {
      const end = bytes.indexOf(0x0a, at);
      const [, type, size = ''] = bytes.subarray(at, end).toString('utf8').split(' ');
      if (end < 0)
        throw connectorError('git_failed', `cannot read repository ${repository.name}: an answer is cut`);
      at = end + 1;
      if (type !== 'blob') continue;
      const length = Number(size);
      if (length <= MAX_FILE_BYTES) texts.set(name, bytes.subarray(at, at + length).toString('utf8'));
      at += length + 1;
    }
  }
  return texts;
}

async function isAncestor(repository: LocalRepository, hash: string, head: string): Promise<boolean> {
  // Counts commits of `hash` that `head` does not have; git fails where the commit itself is gone.
  const missing = await git(repository, ['rev-list', '--count', hash, `^${head}`, '--']).catch(() => null);
  return missing !== null && missing.trim() === '0';
}

async function git(repository: LocalRepository, args: readonly string[]): Promise<string> {
  const answer = await runGit({
    args,
    gitDir: repository.gitDir,
    name: repository.name,
    timeoutMs: LOG_MS,
    maxBytes: MAX_LOG_BYTES,
  });
  return answer.toString('utf8');
}
