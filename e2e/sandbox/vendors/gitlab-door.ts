import { type Answer, type Exchange, Refusal } from '../http/exchange.ts';
import { match, type Route, route } from '../http/routes.ts';
import { countRoute, type Door } from '../http/server.ts';
import { loginOf, type PlannedRequest, PROJECT, plannedRequests } from '../outside/review-plan.ts';
import type { Sandbox } from '../sandbox.ts';
import { MINUTE } from '../world/clock.ts';
import { gitFile } from './git-files.ts';

export const GITLAB_TOKEN = 'sandbox-gitlab-token';

const API = '/api/v4';
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;
const SAID = {
  approved: 'approved this merge request',
  changes_requested: 'requested changes',
  dismissed: 'approved this merge request',
} as const;

/** GitLab: the project, its merge requests, their approvals, notes and commits. */
export function gitLabDoor(sandbox: Sandbox): Door {
  const requests = plannedRequests(sandbox.repository.commits);
  const one = `GET ${API}/projects/:id/merge_requests/:iid`;
  const routes: Route[] = [
    route(`GET ${API}/user`, () => ({ status: 200, body: person('Tallystick Reader') })),
    route(`GET ${API}/projects/:id`, () => ({ status: 200, body: { path_with_namespace: PROJECT } })),
    route(`GET ${API}/projects/:id/repository/commits/:sha/merge_requests`, (exchange) => {
      const sha = exchange.params.sha ?? '';
      const isOf = (commit: PlannedRequest['commit']) => commit.hash === sha || commit.mergeHash === sha;
      if (!sandbox.repository.commits.some(isOf)) throw new Refusal(404, 'not.found', '404 Commit Not Found');
      return paged(
        sandbox,
        exchange,
        requests.filter(({ commit }) => isOf(commit)).map((request) => body(sandbox, request)),
      );
    }),
    route(one, (exchange) => ({ status: 200, body: body(sandbox, find(requests, exchange)) })),
    route(`${one}/approvals`, (exchange) => ({
      status: 200,
      body: {
        approved: true,
        approved_by: find(requests, exchange)
          .votes.filter((vote) => vote.vote === 'approved')
          .map((vote) => ({ user: person(vote.by) })),
      },
    })),
    route(`${one}/notes`, (exchange) => paged(sandbox, exchange, notesOf(find(requests, exchange)))),
    route(`${one}/commits`, (exchange) => {
      const { commit } = find(requests, exchange);
      return paged(sandbox, exchange, [
        { id: commit.hash, author_name: commit.author, created_at: iso(commit.committedAt) },
      ]);
    }),
  ];
  async function answer(exchange: Exchange): Promise<Answer> {
    try {
      if (sandbox.faults.gitlabStatus > 0)
        throw new Refusal(sandbox.faults.gitlabStatus, 'fault', 'GitLab is not available.');
      const file = gitFile(sandbox, exchange);
      if (file !== null) return file;
      if (exchange.headers['private-token'] !== GITLAB_TOKEN)
        throw new Refusal(401, 'unauthorized', '401 Unauthorized');
      const found = match(routes, exchange.method, exchange.path);
      if (found === null || (found.params.id !== undefined && found.params.id !== PROJECT))
        throw new Refusal(404, 'not.found', '404 Project Not Found');
      countRoute(sandbox, `gitlab ${found.route.pattern}`);
      return await found.route.handler({ ...exchange, params: found.params });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, headers: error.headers, body: { message: error.message } };
    }
  }
  return { prefix: '/gitlab', answer };
}

function find(requests: readonly PlannedRequest[], exchange: Exchange): PlannedRequest {
  const found = requests.find((one) => String(one.number) === exchange.params.iid);
  if (found === undefined) throw new Refusal(404, 'not.found', '404 Not found');
  return found;
}

function body(sandbox: Sandbox, request: PlannedRequest): Record<string, unknown> {
  const { commit, number } = request;
  return {
    iid: number,
    title: commit.subject,
    web_url: `${sandbox.url}/gitlab/${PROJECT}/-/merge_requests/${number}`,
    state: 'merged',
    author: person(request.openedBy),
    created_at: iso(commit.committedAt),
    merged_at: iso(commit.mergedAt),
    merge_user: person(request.mergedBy),
    target_branch: 'main',
    sha: commit.hash,
    merge_commit_sha: commit.mergeHash,
  };
}

/** System notes say what happened when; a person's words beside them count for nothing. */
function notesOf(request: PlannedRequest): Record<string, unknown>[] {
  const note = (name: string, at: number, text: string, system = true) => ({
    body: text,
    system,
    author: person(name),
    created_at: iso(at),
  });
  const { commit, pushedAt } = request;
  return [
    note(commit.reviewer, commit.committedAt + MINUTE, 'approved this merge request? Not yet.', false),
    ...request.votes.flatMap((vote) => [
      note(vote.by, vote.at, SAID[vote.vote]),
      ...(vote.vote === 'dismissed'
        ? [note(vote.by, vote.at + MINUTE, 'unapproved this merge request')]
        : []),
    ]),
    ...(pushedAt === null ? [] : [note(commit.author, pushedAt, 'added 1 commit')]),
  ].sort((left, right) => (left.created_at < right.created_at ? -1 : 1));
}

function paged(sandbox: Sandbox, exchange: Exchange, items: readonly Record<string, unknown>[]): Answer {
  const size = Math.min(Number(exchange.query.get('per_page') ?? DEFAULT_PAGE), MAX_PAGE);
  const page = Number(exchange.query.get('page') ?? 1);
  const query = new URLSearchParams(exchange.query);
  query.set('page', String(page + 1));
  const next = `<${sandbox.url}/gitlab${exchange.path}?${query.toString()}>; rel="next"`;
  return {
    status: 200,
    body: items.slice((page - 1) * size, page * size),
    headers: page * size < items.length ? { Link: next } : {},
  };
}

function person(name: string): { username: string; name: string } {
  return { username: loginOf(name), name };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
