import { z } from 'zod';
import { SECOND_MS } from '@/lib/kernel/instant';
import { findEach } from '../../find-each';
import { projectBelow } from '../../http/hosted-project';
import { readJson } from '../../http/read-json';
import { readPages } from '../../http/read-pages';
import { type Fetching, type HttpRequest, retryingFetch } from '../../http/retrying-fetch';
import { siteUrl } from '../../http/site';
import { bringingRequest, type MergeRequest } from '../../model/merge-request';
import type { ReviewHost } from '../../review-host';
import {
  approvalsSchema,
  commitsOfRequestSchema,
  notesSchema,
  requestSchema,
  requestsOfCommitSchema,
} from './answers';
import { votesOf } from './read-votes';

const LANES = 4;
/** A merge request read once serves all its commits for this long. */
const KEEP_MS = 60 * SECOND_MS;

export type GitLabOptions = {
  /** Address of the instance, such as `https://gitlab.com`. */
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: Fetching;
};

/** GitLab's merge requests and their approvals. Throws `bad_settings` when its address is none. */
export function gitLab(options: GitLabOptions): ReviewHost {
  const site = siteUrl(options.baseUrl, 'GitLab');
  const send = options.fetch ?? retryingFetch();
  const requests = new Map<string, { readonly at: number; readonly read: Promise<MergeRequest> }>();

  function get(path: string, what: string): HttpRequest {
    return {
      url: new URL(`api/v4/${path}`, site),
      headers: { 'private-token': options.token, accept: 'application/json' },
      what,
    };
  }

  async function findRequest(project: string, hash: string): Promise<MergeRequest | null> {
    const base = `projects/${encodeURIComponent(project)}`;
    const request = get(
      `${base}/repository/commits/${hash}/merge_requests?per_page=100`,
      `merge requests of commit ${hash.slice(0, 12)}`,
    );
    const first = await send(request);
    if (first.status === 404) {
      // A commit that is not there, or a project that is not shown to us: only the first is an answer.
      const shown = get(base, `project ${project}`);
      readJson(await send(shown), shown, z.looseObject({}));
      return null;
    }
    let given: typeof first | null = first;
    const found = await readPages(
      request,
      (next) => {
        const answer = given;
        given = null;
        return answer === null ? send(next) : Promise.resolve(answer);
      },
      requestsOfCommitSchema,
    );
    const bringing = bringingRequest(
      found.map((one) => ({ iid: one.iid, openedAt: one.created_at, mergedAt: one.merged_at ?? null })),
    );
    return bringing === null ? null : readRequest(base, bringing.iid);
  }

  function readRequest(base: string, iid: number): Promise<MergeRequest> {
    const key = `${base}!${iid}`;
    const kept = requests.get(key);
    if (kept !== undefined && Date.now() - kept.at < KEEP_MS) return kept.read;
    const read = requestOf(`${base}/merge_requests/${iid}`, `merge request !${iid}`);
    requests.set(key, { at: Date.now(), read });
    read.catch(() => requests.delete(key));
    return read;
  }

  async function requestOf(path: string, what: string): Promise<MergeRequest> {
    const one = get(path, what);
    const merge = readJson(await send(one), one, requestSchema);
    const approving = get(`${path}/approvals`, `approvals of ${what}`);
    const approvals = readJson(await send(approving), approving, approvalsSchema);
    const notes = await readPages(
      get(`${path}/notes?per_page=100&sort=asc&order_by=created_at`, `notes of ${what}`),
      send,
      notesSchema,
    );
    const commits = await readPages(
      get(`${path}/commits?per_page=100`, `commits of ${what}`),
      send,
      commitsOfRequestSchema,
    );
    const names = new Map(
      [
        merge.author,
        ...approvals.approved_by.map((one) => one.user),
        ...notes.map((note) => note.author),
      ].map((person) => [person.name, person.username]),
    );
    return {
      host: 'GitLab',
      reference: `!${merge.iid}`,
      title: merge.title,
      url: merge.web_url ?? null,
      author: merge.author.username,
      // Commits name people as git does; where an account bears that name it is meant.
      contributors: [
        ...new Set([
          merge.author.username,
          ...commits.flatMap((one) =>
            one.author_name === '' ? [] : [names.get(one.author_name) ?? one.author_name],
          ),
        ]),
      ],
      openedAt: merge.created_at,
      mergedAt: merge.merged_at ?? null,
      mergedBy: (merge.merge_user ?? merge.merged_by)?.username ?? null,
      targetBranch: merge.target_branch,
      headHash: merge.sha ?? null,
      votes: votesOf({
        approvedBy: approvals.approved_by.map((one) => ({
          username: one.user.username,
          at: one.approved_at ?? null,
        })),
        notes: notes
          .filter((note) => note.system)
          .map((note) => ({ username: note.author.username, body: note.body, at: note.created_at })),
      }),
    };
  }

  return {
    name: 'GitLab',
    projectOf: (address) => projectBelow(site, address),
    findRequests: (project, hashes) =>
      findEach([...new Set(hashes)], LANES, (hash) => findRequest(project, hash)),
    commitUrl: (project, hash) => new URL(`${project}/-/commit/${hash}`, site).href,
    async check() {
      const request = get('user', 'GitLab account');
      readJson(await send(request), request, z.looseObject({}));
    },
  };
}
