import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { retryingFetch } from '@/lib/connectors/http/retrying-fetch';
import { judgeReview } from '@/lib/connectors/model/merge-request';
import type { ReviewHost } from '@/lib/connectors/review-host';
import { gitLab } from '@/lib/connectors/vendors/gitlab/gitlab';
import { type ScriptedServer, startScriptedServer } from '@/lib/testing/scripted-http-server';
import { gitHub } from './github';

const PROJECT = 'northwind/cx-as-code';
const REVIEWED = new Set(['reviewed', 'earlier_head']);
const fetch = retryingFetch({ wait: async () => {} });

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ anchor: '2026-11-20T00:00:00.000Z', still: true });
}, 60_000);
afterAll(() => sandbox?.close());

const hosts: [string, () => ReviewHost][] = [
  [
    'GitHub',
    () => gitHub({ apiUrl: sandbox.env.GITHUB_API_URL ?? '', token: sandbox.env.GITHUB_TOKEN ?? '', fetch }),
  ],
  [
    'GitLab',
    () =>
      gitLab({ baseUrl: sandbox.env.GITLAB_BASE_URL ?? '', token: sandbox.env.GITLAB_TOKEN ?? '', fetch }),
  ],
];

describe.each(hosts)('%s over HTTP', (name, host) => {
  test('R13: every merge of the repository is reviewed or not as it was planted, by branch commit and by merge commit', async () => {
    const { commits } = sandbox.truth;
    const answers = await host().findRequests(
      PROJECT,
      commits.flatMap((commit) => [commit.hash, commit.mergeHash]),
    );
    for (const commit of commits)
      for (const hash of [commit.hash, commit.mergeHash]) {
        const answer = answers.get(hash);
        if (answer?.kind !== 'known') throw new Error(`not answered: ${answer?.because}`);
        if (commit.review === 'pushed_directly') {
          expect(answer.value).toBeNull();
          continue;
        }
        expect(answer.value?.mergedAt?.toISOString().slice(0, 19)).toBe(commit.mergedAt.slice(0, 19));
        const verdict = answer.value === null ? null : judgeReview(answer.value);
        expect([commit.key, verdict?.review]).toEqual([
          commit.key,
          REVIEWED.has(commit.review) ? 'reviewed' : 'unreviewed',
        ]);
        const earlier = verdict?.approvals.some((one) => one.ofMergedHead === false) ?? false;
        expect(earlier).toBe(commit.review === 'earlier_head');
      }
  }, 60_000);

  test('R13: a commit the host does not have came in by no request; down or refusing, it is not evaluated', async () => {
    const unknown = 'c0ffee'.padEnd(40, '0');
    expect((await host().findRequests(PROJECT, [unknown])).get(unknown)).toEqual({
      kind: 'known',
      value: null,
    });
    expect((await host().findRequests('northwind/elsewhere', [unknown])).get(unknown)?.kind).toBe(
      'not_evaluated',
    );
    sandbox.faults({ githubStatus: 503, gitlabStatus: 503 });
    expect((await host().findRequests(PROJECT, [unknown])).get(unknown)?.kind).toBe('not_evaluated');
    await expect(host().check()).rejects.toMatchObject({ code: 'server_failed' });
    sandbox.faults({ githubStatus: 0, gitlabStatus: 0 });
    await expect(host().check()).resolves.toBeUndefined();
  });

  test('the address of a repository decides whether this host answers for it', () => {
    const web = name === 'GitHub' ? `${sandbox.url}/github/` : `${sandbox.url}/gitlab/`;
    expect(host().projectOf(`${web}${PROJECT}.git`)).toBe(PROJECT);
    for (const other of ['/srv/cx.git', 'https://git.example.test/team/cx.git', `${web}alone`, web, ''])
      expect(host().projectOf(other)).toBeNull();
  });
});

describe('GitHub as it can be', () => {
  let server: ScriptedServer;
  const pull = (number: number, mergedAt: string | null) => ({
    number,
    title: 'T',
    user: { login: 'marek' },
    created_at: '2026-11-01T00:00:00Z',
    merged_at: mergedAt,
    base: { ref: 'main' },
    head: { sha: 'b'.repeat(40) },
  });
  afterAll(() => server?.close());

  test('pages are followed within the host, limits are waited out by the queue, an open request is not merged', async () => {
    const hash = 'b'.repeat(40);
    server = await startScriptedServer((request) => {
      const url = request.path;
      if (url.includes('/commits/')) return { body: [pull(3, null)] };
      if (url.includes('/reviews') && request.query.get('page') !== '2')
        return {
          body: [],
          headers: { link: `<${server.url}/repos/o/r/pulls/3/reviews?page=2>; rel="next"` },
        };
      if (url.includes('/reviews'))
        return {
          body: [{ user: { login: 'priya' }, state: 'APPROVED', submitted_at: '2026-11-02T00:00:00Z' }],
        };
      if (url.includes('/pulls/3/commits')) return { body: [{ author: null }] };
      return { body: pull(3, null) };
    });
    const found = await gitHub({ apiUrl: server.url, token: 't', fetch }).findRequests('o/r', [hash]);
    expect(found.get(hash)).toMatchObject({
      kind: 'known',
      value: { reference: '#3', mergedAt: null, votes: [{ reviewer: 'priya', vote: 'approved' }] },
    });
  });

  test('nothing remaining of the hourly limit is a wait, not a refusal; nothing secret is in the reason', async () => {
    const limited = await startScriptedServer(() => ({
      status: 403,
      headers: { 'x-ratelimit-remaining': '0' },
      body: {},
    }));
    const found = await gitHub({ apiUrl: limited.url, token: 'ghp_secret', fetch }).findRequests('o/r', [
      'b'.repeat(40),
    ]);
    await limited.close();
    const [answer] = found.values();
    expect(answer).toMatchObject({
      kind: 'not_evaluated',
      because: expect.stringContaining('asks us to wait'),
    });
    expect(JSON.stringify(answer)).not.toContain('ghp_secret');
  });

  test('github.com answers for its repositories by any way of writing the address', () => {
    const host = gitHub({ apiUrl: 'https://api.github.com', token: 't' });
    for (const address of [
      'https://github.com/o/r.git',
      'https://deploy@github.com/o/r',
      'git@github.com:o/r.git',
      'ssh://git@github.com/o/r.git',
    ])
      expect(host.projectOf(address)).toBe('o/r');
    expect(host.commitUrl('o/r', 'abc')).toBe('https://github.com/o/r/commit/abc');
  });
});
