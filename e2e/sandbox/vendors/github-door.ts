import { type Answer, type Exchange, Refusal } from '../http/exchange.ts';
import { match, type Route, route } from '../http/routes.ts';
import { countRoute, type Door } from '../http/server.ts';
import { loginOf, type PlannedRequest, PROJECT, plannedRequests, type Vote } from '../outside/review-plan.ts';
import type { Sandbox } from '../sandbox.ts';
import { gitFile } from './git-files.ts';

export const GITHUB_TOKEN = 'sandbox-github-token';

const API = '/api/v3';
const DEFAULT_PAGE = 30;
const MAX_PAGE = 100;
const STATES: Readonly<Record<Vote['vote'], string>> = {
  approved: 'APPROVED',
  changes_requested: 'CHANGES_REQUESTED',
  dismissed: 'DISMISSED',
};

/** GitHub as an Enterprise Server serves it: the repository, its pull requests, their reviews and commits. */
export function gitHubDoor(sandbox: Sandbox): Door {
  const requests = plannedRequests(sandbox.repository.commits);
  const repo = `GET ${API}/repos/:owner/:repo`;
  const routes: Route[] = [
    route(`GET ${API}/rate_limit`, () => ({ status: 200, body: { resources: { core: { limit: 5000 } } } })),
    route(repo, () => ({ status: 200, body: { full_name: PROJECT, default_branch: 'main', private: true } })),
    route(`${repo}/commits/:sha/pulls`, (exchange) => {
      const found = requests.filter(({ commit }) => isOf(commit, exchange.params.sha ?? ''));
      if (!sandbox.repository.commits.some((commit) => isOf(commit, exchange.params.sha ?? '')))
        throw new Refusal(422, 'invalid', `No commit found for SHA: ${exchange.params.sha ?? ''}`);
      return paged(
        sandbox,
        exchange,
        found.map((one) => listed(sandbox, one)),
      );
    }),
    route(`${repo}/pulls/:number`, (exchange) => ({
      status: 200,
      body: {
        ...listed(sandbox, find(requests, exchange)),
        merged: true,
        merged_by: account(find(requests, exchange).mergedBy),
      },
    })),
    route(`${repo}/pulls/:number/reviews`, (exchange) =>
      paged(sandbox, exchange, reviewsOf(find(requests, exchange))),
    ),
    route(`${repo}/pulls/:number/commits`, (exchange) => {
      const { commit } = find(requests, exchange);
      return paged(sandbox, exchange, [
        {
          sha: commit.hash,
          author: account(commit.author),
          commit: { author: { name: commit.author, date: iso(commit.committedAt) }, message: commit.subject },
        },
      ]);
    }),
  ];
  async function answer(exchange: Exchange): Promise<Answer> {
    try {
      const { githubStatus } = sandbox.faults;
      if (githubStatus > 0)
        throw new Refusal(githubStatus, 'fault', 'GitHub is not available.', {
          headers: githubStatus === 403 ? { 'X-RateLimit-Remaining': '0' } : {},
        });
      const file = gitFile(sandbox, exchange);
      if (file !== null) return file;
      if (exchange.headers.authorization !== `Bearer ${GITHUB_TOKEN}`)
        throw new Refusal(401, 'unauthorized', 'Bad credentials');
      const found = match(routes, exchange.method, exchange.path);
      if (found === null || (found.params.owner !== undefined && !isProject(found.params)))
        throw new Refusal(404, 'not.found', 'Not Found');
      countRoute(sandbox, `github ${found.route.pattern}`);
      return await found.route.handler({ ...exchange, params: found.params });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        headers: error.headers,
        body: { message: error.message, documentation_url: 'https://docs.github.com/rest' },
      };
    }
  }
  return { prefix: '/github', answer };
}

function isProject(params: Record<string, string>): boolean {
  return `${params.owner}/${params.repo}` === PROJECT;
}

function isOf(commit: PlannedRequest['commit'], sha: string): boolean {
  return commit.hash === sha || commit.mergeHash === sha;
}

function find(requests: readonly PlannedRequest[], exchange: Exchange): PlannedRequest {
  const found = requests.find((one) => String(one.number) === exchange.params.number);
  if (found === undefined) throw new Refusal(404, 'not.found', 'Not Found');
  return found;
}

function listed(sandbox: Sandbox, request: PlannedRequest): Record<string, unknown> {
  const { commit, number } = request;
  return {
    number,
    title: commit.subject,
    html_url: `${sandbox.url}/github/${PROJECT}/pull/${number}`,
    state: 'closed',
    user: account(request.openedBy),
    created_at: iso(commit.committedAt),
    merged_at: iso(commit.mergedAt),
    merge_commit_sha: commit.mergeHash,
    base: { ref: 'main' },
    head: { ref: 'topic', sha: commit.hash },
  };
}

/** A comment stands first: it is no vote. */
function reviewsOf(request: PlannedRequest): Record<string, unknown>[] {
  const { commit } = request;
  const said = { user: account(commit.reviewer), commit_id: commit.hash };
  return [
    { id: 1, ...said, state: 'COMMENTED', submitted_at: iso(commit.committedAt + 60_000) },
    ...request.votes.map((vote, index) => ({
      id: index + 2,
      user: account(vote.by),
      state: STATES[vote.vote],
      submitted_at: iso(vote.at),
      commit_id: vote.ofHash,
    })),
  ];
}

function paged(sandbox: Sandbox, exchange: Exchange, items: readonly Record<string, unknown>[]): Answer {
  const size = Math.min(Number(exchange.query.get('per_page') ?? DEFAULT_PAGE), MAX_PAGE);
  const page = Number(exchange.query.get('page') ?? 1);
  const query = new URLSearchParams(exchange.query);
  query.set('page', String(page + 1));
  const next = `<${sandbox.url}/github${exchange.path}?${query.toString()}>; rel="next"`;
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size),
    headers: page * size < items.length ? { Link: next } : {},
  };
}

function account(name: string): { login: string; type: string } {
  return { login: loginOf(name), type: 'User' };
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
