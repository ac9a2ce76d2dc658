import { isConnectorError } from '../../errors';
import type { Commit, CommitDiff } from '../../model/commit';
import { objectsInDiff } from '../../model/objects-in-diff';
import { runGit } from './run-git';

const QUICK_MS = 30_000;
const MAX_LOG_BYTES = 1024 * 1024;
/** A longer diff is not parsed: it says *cannot tell*. */
const MAX_DIFF_BYTES = 8 * 1024 * 1024;
const UNIT = '\x1f';
const NO_HOST = {
  kind: 'unknown',
  because: 'no host answers for this repository: it knows no reviews',
  failed: false,
} as const;

export type LocalRepository = {
  readonly gitDir: string;
  readonly name: string;
  /** The address it was cloned from; null for one that names none. */
  readonly origin: string | null;
  /** Why it could not be brought up to date; null where it is. What it holds stays good, what it lacks proves nothing. */
  readonly stale: string | null;
};

/** What one repository says to a hash prefix. */
export type Resolved =
  | { readonly kind: 'one'; readonly hash: string }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' };

/** Each prefix resolved to the commit it names, if one only. Requires 7 to 40 lower-case hex digits. Throws a connector error. */
export async function resolvePrefixes(
  repository: LocalRepository,
  prefixes: readonly string[],
): Promise<Map<string, Resolved>> {
  const lines = await checkObjects(
    repository,
    prefixes.map((prefix) => `${prefix}^{commit}`),
  );
  const resolved = new Map(prefixes.map((prefix, index) => [prefix, resolvedFrom(lines[index] ?? '')]));
  // Git says "missing" of digits that several commits begin with; only without the type does it say "ambiguous".
  const missing = prefixes.filter((prefix) => resolved.get(prefix)?.kind === 'none' && prefix.length < 40);
  const again = missing.length === 0 ? [] : await checkObjects(repository, missing);
  for (const [index, prefix] of missing.entries()) {
    if ((again[index] ?? '').endsWith(' ambiguous') && (await countCommits(repository, prefix)) > 1)
      resolved.set(prefix, { kind: 'ambiguous' });
  }
  return resolved;
}

function resolvedFrom(line: string): Resolved {
  const [hash = '', type] = line.split(' ');
  return type === 'commit' && /^[0-9a-f]{40}$/.test(hash) ? { kind: 'one', hash } : { kind: 'none' };
}

/** One line of `cat-file --batch-check` for each name. */
async function checkObjects(repository: LocalRepository, names: readonly string[]): Promise<string[]> {
  const answer = await runGit({
    args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    gitDir: repository.gitDir,
    name: repository.name,
    input: names.map((name) => `${name}\n`).join(''),
    timeoutMs: QUICK_MS,
    maxBytes: MAX_LOG_BYTES + names.length * 100,
  });
  return answer.toString('utf8').trimEnd().split('\n');
}

async function countCommits(repository: LocalRepository, prefix: string): Promise<number> {
  const candidates = await runGit({
    args: ['rev-parse', `--disambiguate=${prefix}`],
    gitDir: repository.gitDir,
    name: repository.name,
    timeoutMs: QUICK_MS,
    maxBytes: MAX_LOG_BYTES,
  });
  const types = await checkObjects(repository, candidates.toString('utf8').trimEnd().split('\n'));
  return types.filter((line) => line.endsWith(' commit')).length;
}

/** The commit with what its diff (against the first parent) touches. Throws a connector error. */
export async function readCommit(repository: LocalRepository, hash: string): Promise<Commit> {
  const head = await runGit({
    args: [
      'log',
      '-1',
      '--no-show-signature',
      `--format=%H${UNIT}%at${UNIT}%ct${UNIT}%an${UNIT}%cn${UNIT}%s`,
      hash,
      '--',
    ],
    gitDir: repository.gitDir,
    name: repository.name,
    timeoutMs: QUICK_MS,
    maxBytes: MAX_LOG_BYTES,
  });
  const [, authoredAt = '', committedAt = '', author = '', committer = '', ...subject] = head
    .toString('utf8')
    .replace(/\n$/, '')
    .split(UNIT);
  return {
    hash,
    repository: repository.name,
    subject: subject.join(UNIT).toWellFormed(),
    author: author.toWellFormed(),
    committer: committer.toWellFormed(),
    authoredAt: new Date(Number(authoredAt) * 1000),
    committedAt: new Date(Number(committedAt) * 1000),
    mergedAt: null,
    review: 'unknown',
    merge: NO_HOST,
    url: null,
    diff: await readDiff(repository, hash),
  };
}

/** A merge is compared with its first parent: what it brought to the branch it went into. */
async function readDiff(repository: LocalRepository, hash: string): Promise<CommitDiff> {
  const args = [
    'log',
    '-1',
    '--format=',
    '-m',
    '--first-parent',
    '-p',
    '-W',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-color',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    hash,
    '--',
  ];
  try {
    const diff = await runGit({
      args,
      gitDir: repository.gitDir,
      name: repository.name,
      timeoutMs: QUICK_MS,
      maxBytes: MAX_DIFF_BYTES,
    });
    return { kind: 'known', ...objectsInDiff(diff.toString('utf8')) };
  } catch (thrown) {
    if (isConnectorError(thrown) && thrown.code === 'too_large')
      return { kind: 'unknown', because: 'its diff is too large to read' };
    throw thrown;
  }
}
