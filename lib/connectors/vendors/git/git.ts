import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { RepositorySource } from '../../commit-source';
import { connectorError, isConnectorError } from '../../errors';
import { inParallel } from '../../http/in-parallel';
import type { Commit, CommitAnswer } from '../../model/commit';
import type { ReviewHost } from '../../review-host';
import { localRepository, repositoryPlace } from './mirror';
import { type LocalRepository, type Resolved, readCommit, resolvePrefixes } from './read-commits';
import { readDeclarations } from './read-declarations';
import { readPatch } from './read-patch';
import { withMerges } from './with-merges';

/** An address is fetched at most this often. */
const FETCH_EVERY_MS = 60_000;
const READERS = 2;

export type GitOptions = {
  /** Paths and addresses of the repositories. */
  readonly repositories: readonly string[];
  /** Folder in which mirrors are kept. */
  readonly dataDir: string;
  readonly fetchEveryMs?: number;
  /** Hosts that may know how commits came in; a repository's address decides which of them is asked. */
  readonly hosts?: readonly ReviewHost[];
};

type Seen = { readonly repository: LocalRepository; readonly resolved: Resolved };

/** The configured repositories, read by the program git. Throws `bad_settings` for an address that cannot be one. */
export function gitRepositories(options: GitOptions): RepositorySource {
  const places = options.repositories.map(repositoryPlace);
  const fresh = new Map<string, { at: number; repository: Promise<LocalRepository> }>();

  function local(place: (typeof places)[number]): Promise<LocalRepository> {
    const key = place.kind === 'path' ? place.path : place.address;
    const kept = fresh.get(key);
    if (kept !== undefined && Date.now() - kept.at < (options.fetchEveryMs ?? FETCH_EVERY_MS))
      return kept.repository;
    const repository = localRepository(place, options.dataDir);
    fresh.set(key, { at: Date.now(), repository });
    repository.catch(() => fresh.delete(key));
    return repository;
  }

  async function ofPlace<T>(
    name: string,
    read: (repository: LocalRepository) => Promise<T>,
  ): Promise<Evaluated<T>> {
    const place = places.find((one) => one.name === name);
    if (place === undefined) return notEvaluated(`no configured repository is called ${name}`);
    try {
      return known(await read(await local(place)));
    } catch (thrown) {
      if (isConnectorError(thrown)) return notEvaluated(thrown.message);
      throw thrown;
    }
  }

  return {
    async findCommits(prefixes) {
      const wanted = [...new Set(prefixes)];
      const seen = new Map<string, Seen[]>(wanted.map((prefix) => [prefix, []]));
      const failures: string[] = [];
      for (const place of places) {
        try {
          const repository = await local(place);
          if (repository.stale !== null) failures.push(repository.stale);
          for (const [prefix, resolved] of await resolvePrefixes(repository, wanted))
            seen.get(prefix)?.push({ repository, resolved });
        } catch (thrown) {
          if (!isConnectorError(thrown)) throw thrown;
          failures.push(thrown.message);
        }
      }
      const answers = await inParallel(wanted, READERS, (prefix) =>
        answerTo(seen.get(prefix) ?? [], failures),
      );
      const complete = await askHosts(answers, options.hosts ?? []);
      return new Map(wanted.map((prefix, index) => [prefix, complete[index] ?? notEvaluated('not asked')]));
    },
    repositories: [...new Set(places.map((place) => place.name))],
    readDeclarations: (name, since) => ofPlace(name, (repository) => readDeclarations(repository, since)),
    readPatch: (name, hash) => ofPlace(name, (repository) => readPatch(repository, hash)),
    async check() {
      for (const place of places) {
        const repository = await local(place);
        if (repository.stale !== null) throw connectorError('unreachable', repository.stale);
        await resolvePrefixes(repository, ['0000000']);
      }
    },
  };
}

type Answer = { readonly answer: Evaluated<CommitAnswer>; readonly repository: LocalRepository | null };

/** The found commits with what their hosts say, each host asked once for all of a repository. */
async function askHosts(
  answers: readonly Answer[],
  hosts: readonly ReviewHost[],
): Promise<Evaluated<CommitAnswer>[]> {
  const byRepository = new Map<LocalRepository, Commit[]>();
  for (const { answer, repository } of answers)
    if (repository !== null && answer.kind === 'known' && answer.value.kind === 'found')
      byRepository.set(repository, [...(byRepository.get(repository) ?? []), answer.value.commit]);
  const complete = new Map<Commit, Commit>();
  for (const [repository, commits] of byRepository) {
    const merged = await withMerges(repository, commits, hosts);
    for (const [index, commit] of commits.entries()) complete.set(commit, merged[index] ?? commit);
  }
  return answers.map(({ answer }) =>
    answer.kind === 'known' && answer.value.kind === 'found'
      ? known({ kind: 'found', commit: complete.get(answer.value.commit) ?? answer.value.commit })
      : answer,
  );
}

async function answerTo(seen: readonly Seen[], failures: readonly string[]): Promise<Answer> {
  const found = new Map<string, LocalRepository>();
  for (const { repository, resolved } of seen)
    if (resolved.kind === 'one') found.set(resolved.hash, found.get(resolved.hash) ?? repository);
  if (found.size > 1 || seen.some(({ resolved }) => resolved.kind === 'ambiguous')) {
    const because = 'more than one object begins with these digits';
    return { answer: known({ kind: 'ambiguous', because }), repository: null };
  }
  const [only] = found;
  if (only === undefined) {
    // A repository that could not be read might hold it, so its absence from the others proves nothing.
    const answer: Evaluated<CommitAnswer> =
      failures[0] === undefined ? known({ kind: 'not_found' }) : notEvaluated(failures[0]);
    return { answer, repository: null };
  }
  const [hash, repository] = only;
  try {
    return { answer: known({ kind: 'found', commit: await readCommit(repository, hash) }), repository };
  } catch (thrown) {
    if (isConnectorError(thrown)) return { answer: notEvaluated(thrown.message), repository: null };
    throw thrown;
  }
}
