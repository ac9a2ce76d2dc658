import { z } from 'zod';
import { SECOND_MS } from '@/lib/kernel/instant';
import { connectorError } from '../../errors';
import { findEach } from '../../find-each';
import { projectBelow } from '../../http/hosted-project';
import { readJson } from '../../http/read-json';
import { readPages } from '../../http/read-pages';
import { type Fetching, type HttpAnswer, type HttpRequest, retryingFetch } from '../../http/retrying-fetch';
import { siteUrl } from '../../http/site';
import { bringingRequest, type MergeRequest, type ReviewVote } from '../../model/merge-request';
import type { ReviewHost } from '../../review-host';
import { commitsOfPullSchema, pullSchema, pullsOfCommitSchema, reviewsSchema } from './answers';

const LANES = 4;
/** A pull request read once serves all its commits for this long. */
const KEEP_MS = 60 * SECOND_MS;
const PUBLIC_API = 'api.github.com';

export type GitHubOptions = {
  /** `https://api.github.com`, or `https://<host>/api/v3` of an Enterprise Server. */
  readonly apiUrl: string;
  readonly token: string;
  readonly fetch?: Fetching;
};

/** GitHub's pull requests and their reviews. Throws `bad_settings` when its address is none. */
export function gitHub(options: GitHubOptions): ReviewHost {
  const api = siteUrl(options.apiUrl, 'GitHub');
  const web = webOf(api);
  const send = options.fetch ?? retryingFetch();
  const pulls = new Map<string, { readonly at: number; readonly read: Promise<MergeRequest> }>();

  function get(path: string, what: string): HttpRequest {
    return {
      url: new URL(path, api),
      headers: {
        authorization: `Bearer ${options.token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'tallystick',
      },
      what,
    };
  }

  async function ask(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await send(request);
    if (answer.status === 403 && asksToWait(answer)) {
      throw connectorError(
        'rate_limited',
        `cannot read ${request.what}: ${request.url.host} asks us to wait`,
        { details: { status: 403 } },
      );
    }
    return answer;
  }

  async function findRequest(project: string, hash: string): Promise<MergeRequest | null> {
    const request = get(
      `repos/${pathOf(project)}/commits/${hash}/pulls?per_page=100`,
      `pull requests of commit ${hash.slice(0, 12)}`,
    );
    // GitHub answers 404 or 422 to a commit it does not have; a repository it does not show is asked for, so that one is no answer.
    const first = await ask(request);
    if (first.status === 422 || first.status === 404) {
      await seen(project);
      return null;
    }
    let given: HttpAnswer | null = first;
    const found = await readPages(
      request,
      (next) => {
        const answer = given;
        given = null;
        return answer === null ? ask(next) : Promise.resolve(answer);
      },
      pullsOfCommitSchema,
    );
    const bringing = bringingRequest(
      found.map((one) => ({
        number: one.number,
        openedAt: one.created_at,
        mergedAt: one.merged_at ?? null,
      })),
    );
    return bringing === null ? null : readPull(project, bringing.number);
  }

  function readPull(project: string, number: number): Promise<MergeRequest> {
    const key = `${project}#${number}`;
    const kept = pulls.get(key);
    if (kept !== undefined && Date.now() - kept.at < KEEP_MS) return kept.read;
    const read = pullOf(project, number);
    pulls.set(key, { at: Date.now(), read });
    read.catch(() => pulls.delete(key));
    return read;
  }

  async function pullOf(project: string, number: number): Promise<MergeRequest> {
    const path = `repos/${pathOf(project)}/pulls/${number}`;
    const what = `pull request #${number}`;
    const request = get(path, what);
    const pull = readJson(await ask(request), request, pullSchema);
    const reviews = await readPages(
      get(`${path}/reviews?per_page=100`, `reviews of ${what}`),
      ask,
      reviewsSchema,
    );
    const commits = await readPages(
      get(`${path}/commits?per_page=100`, `commits of ${what}`),
      ask,
      commitsOfPullSchema,
    );
    const author = pull.user?.login ?? 'ghost';
    return {
      host: 'GitHub',
      reference: `#${number}`,
      title: pull.title,
      url: pull.html_url ?? null,
      author,
      contributors: [
        ...new Set([author, ...commits.flatMap((one) => (one.author?.login ? [one.author.login] : []))]),
      ],
      openedAt: pull.created_at,
      mergedAt: pull.merged_at ?? null,
      mergedBy: pull.merged_by?.login ?? null,
      targetBranch: pull.base.ref,
      headHash: pull.head.sha,
      votes: reviews.flatMap((review): ReviewVote[] => {
        const vote = VOTES[review.state.toUpperCase()];
        if (vote === undefined || !review.submitted_at) return [];
        return [
          {
            reviewer: review.user?.login ?? 'ghost',
            vote,
            at: review.submitted_at,
            ofHash: review.commit_id ?? null,
          },
        ];
      }),
    };
  }

  async function seen(project: string): Promise<void> {
    const request = get(`repos/${pathOf(project)}`, `repository ${project}`);
    readJson(await ask(request), request, z.looseObject({}));
  }

  return {
    name: 'GitHub',
    projectOf(address) {
      const project = projectBelow(web, address);
      return project !== null && project.split('/').length === 2 ? project : null;
    },
    findRequests: (project, hashes) =>
      findEach([...new Set(hashes)], LANES, (hash) => findRequest(project, hash)),
    commitUrl: (project, hash) => new URL(`${pathOf(project)}/commit/${hash}`, web).href,
    async check() {
      const request = get('rate_limit', 'GitHub account');
      readJson(await ask(request), request, z.looseObject({}));
    },
  };
}

/** What a comment says is no vote, and a pending review is not said yet. */
const VOTES: Readonly<Record<string, ReviewVote['vote']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  DISMISSED: 'dismissed',
};

/** Where repositories stand whose API this is. */
function webOf(api: URL): URL {
  if (api.host === PUBLIC_API) return new URL('https://github.com/');
  return new URL(api.pathname.replace(/api\/v3\/$/, ''), api);
}

/** GitHub's limits come as 403, too: the hourly one with nothing remaining, the secondary one with Retry-After. */
function asksToWait(answer: HttpAnswer): boolean {
  return answer.headers.get('x-ratelimit-remaining') === '0' || answer.headers.has('retry-after');
}

function pathOf(project: string): string {
  return project.split('/').map(encodeURIComponent).join('/');
}
