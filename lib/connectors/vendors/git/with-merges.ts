import type { Commit, CommitMerge } from '../../model/commit';
import { judgeReview } from '../../model/merge-request';
import type { ReviewHost } from '../../review-host';
import type { LocalRepository } from './read-commits';

/** The commits with how each came in, where a host answers for the repository. Never throws for what the host did. */
export async function withMerges(
  repository: LocalRepository,
  commits: readonly Commit[],
  hosts: readonly ReviewHost[],
): Promise<Commit[]> {
  const place = hostOf(repository, hosts);
  if (place === null || commits.length === 0) return [...commits];
  const { host, project } = place;
  const answers = await host.findRequests(
    project,
    commits.map((commit) => commit.hash),
  );
  return commits.map((commit) => {
    const answer = answers.get(commit.hash);
    const url = host.commitUrl(project, commit.hash);
    if (answer?.kind !== 'known') {
      return merged(commit, url, { kind: 'unknown', because: answer?.because ?? 'not asked', failed: true });
    }
    if (answer.value === null) return merged(commit, url, { kind: 'none', host: host.name });
    return merged(commit, url, {
      kind: 'request',
      request: answer.value,
      verdict: judgeReview(answer.value),
    });
  });
}

function hostOf(
  repository: LocalRepository,
  hosts: readonly ReviewHost[],
): { readonly host: ReviewHost; readonly project: string } | null {
  if (repository.origin === null) return null;
  for (const host of hosts) {
    const project = host.projectOf(repository.origin);
    if (project !== null) return { host, project };
  }
  return null;
}

function merged(commit: Commit, url: string, merge: CommitMerge): Commit {
  return { ...commit, url, ...effectOf(merge), merge };
}

/** What a commit's merge says about when it took effect and whether anybody reviewed it. */
export function effectOf(merge: CommitMerge): Pick<Commit, 'mergedAt' | 'review'> {
  if (merge.kind === 'request') return { mergedAt: merge.request.mergedAt, review: merge.verdict.review };
  return { mergedAt: null, review: merge.kind === 'none' ? 'unreviewed' : 'unknown' };
}
