import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { CommitSource } from '../../commit-source';
import { isConnectorError } from '../../errors';
import { inParallel } from '../../http/in-parallel';
import type { CommitAnswer } from '../../model/commit';
import { localRepository, repositoryPlace } from './mirror';
import { type LocalRepository, type Resolved, readCommit, resolvePrefixes } from './read-commits';

/** An address is fetched at most this often. */
const FETCH_EVERY_MS = 60_000;
const READERS = 2;

export type GitOptions = {
  /** Paths and addresses of the repositories. */
  readonly repositories: readonly string[];
  /** Folder in which mirrors are kept. */
  readonly dataDir: string;
  readonly fetchEveryMs?: number;
};

type Seen = { readonly repository: LocalRepository; readonly resolved: Resolved };

/** The configured repositories, read by the program git. Throws `bad_settings` for an address that cannot be one. */
export function gitRepositories(options: GitOptions): CommitSource {
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

  return {
    async findCommits(prefixes) {
      const wanted = [...new Set(prefixes)];
      const seen = new Map<string, Seen[]>(wanted.map((prefix) => [prefix, []]));
      const failures: string[] = [];
      for (const place of places) {
        try {
          const repository = await local(place);
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
      return new Map(wanted.map((prefix, index) => [prefix, answers[index] ?? notEvaluated('not asked')]));
    },
    async check() {
      for (const place of places) await resolvePrefixes(await local(place), ['0000000']);
    },
  };
}

async function answerTo(
  seen: readonly Seen[],
  failures: readonly string[],
): Promise<Evaluated<CommitAnswer>> {
  const found = new Map<string, LocalRepository>();
  for (const { repository, resolved } of seen)
    if (resolved.kind === 'one') found.set(resolved.hash, found.get(resolved.hash) ?? repository);
  if (found.size > 1 || seen.some(({ resolved }) => resolved.kind === 'ambiguous')) {
    return known({ kind: 'ambiguous', because: 'more than one object begins with these digits' });
  }
  const [only] = found;
  if (only === undefined) {
    // A repository that could not be read might hold it, so its absence from the others proves nothing.
    return failures[0] === undefined ? known({ kind: 'not_found' }) : notEvaluated(failures[0]);
  }
  try {
    return known({ kind: 'found', commit: await readCommit(only[1], only[0]) });
  } catch (thrown) {
    if (isConnectorError(thrown)) return notEvaluated(thrown.message);
    throw thrown;
  }
}
