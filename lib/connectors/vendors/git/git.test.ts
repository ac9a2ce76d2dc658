import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitRepositories } from './git';
import { repositoryPlace } from './mirror';

const QUEUE = 'c0000000-0000-4000-8000-000000000003';
const OTHER = 'c0000000-0000-4000-8000-000000000004';
let root: string;
let repository: string;
let bare: string;
let first: string;
let second: string;

function git(args: string[], at: string): string {
  const run = spawnSync(
    'git',
    [
      '-c',
      'user.name=Ana Ruiz',
      '-c',
      'user.email=ana@example.com',
      '-c',
      'commit.gpgsign=false',
      '-C',
      at,
      ...args,
    ],
    { encoding: 'utf8' },
  );
  if (run.status !== 0) throw new Error(`git ${args[0]}: ${run.stderr}`);
  return run.stdout.trim();
}

function block(label: string, id: string, wait: number): string {
  return `resource "genesyscloud_routing_queue" "${label}" {\n  name = "${label.toUpperCase()}"\n  # id: ${id}\n  division_id = "d0000000-0000-4000-8000-00000000000a"\n  acw_timeout_ms = ${wait}\n}\n\n`;
}

function commit(files: Record<string, string>, message: string): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(repository, name), text);
  git(['add', '.'], repository);
  git(['commit', '-qm', message], repository);
  return git(['rev-parse', 'HEAD'], repository);
}

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'git-'));
  repository = path.join(root, 'work');
  bare = path.join(root, 'bare.git');
  git(['init', '-q', '-b', 'main', 'work'], root);
  first = commit(
    { 'queues.tf': block('sales', QUEUE, 1000) + block('support', OTHER, 1000) },
    'Describe queues',
  );
  second = commit(
    {
      'queues.tf': block('sales', QUEUE, 2000) + block('support', OTHER, 1000),
      'menu.yaml': 'inboundCall:\n  name: Main menu\n',
    },
    'Longer wait\n\nbody',
  );
  git(['clone', '-q', '--bare', repository, bare], root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function source(repositories: string[], dataDir = path.join(root, 'data')) {
  return gitRepositories({ repositories, dataDir, fetchEveryMs: 0 });
}

describe('Git repositories', () => {
  test('R11: a prefix of seven digits or more finds its commit, with who and when and what it touches', async () => {
    for (const place of [bare, repository]) {
      const found = (await source([place]).findCommits([second.slice(0, 7)])).get(second.slice(0, 7));
      expect(found).toMatchObject({
        kind: 'known',
        value: {
          kind: 'found',
          commit: {
            hash: second,
            subject: 'Longer wait',
            author: 'Ana Ruiz',
            mergedAt: null,
            review: 'unknown',
          },
        },
      });
      const diff = found?.kind === 'known' && found.value.kind === 'found' ? found.value.commit.diff : null;
      expect(diff).toMatchObject({
        files: ['menu.yaml', 'queues.tf'],
        objects: [
          { resourceType: 'flow', entityTypes: ['Flow'], names: ['Main menu'] },
          {
            resourceType: 'genesyscloud_routing_queue',
            entityTypes: ['Queue'],
            label: 'sales',
            names: ['SALES'],
            ids: [QUEUE],
          },
        ],
      });
    }
  });

  test('R14: a hash that no repository has is not found; blobs and trees are no commits', async () => {
    const tree = git(['rev-parse', 'HEAD^{tree}'], repository);
    const found = await source([bare]).findCommits(['c0ffee0', tree.slice(0, 12), '2026112']);
    expect([...found.values()]).toEqual(
      [1, 2, 3].map(() => ({ kind: 'known', value: { kind: 'not_found' } })),
    );
  });

  test('a first commit names everything it brings', async () => {
    const found = (await source([bare]).findCommits([first])).get(first);
    const diff = found?.kind === 'known' && found.value.kind === 'found' ? found.value.commit.diff : null;
    expect(diff?.kind === 'known' && diff.objects.map((object) => object.label)).toEqual([
      'sales',
      'support',
    ]);
  });

  test('a merge names what it brought to its branch', async () => {
    git(['checkout', '-q', '-b', 'topic'], repository);
    commit(
      { 'queues.tf': block('sales', QUEUE, 2000) + block('support', OTHER, 3000) },
      'Support waits longer',
    );
    git(['checkout', '-q', 'main'], repository);
    git(['merge', '-q', '--no-ff', '-m', 'Merge topic', 'topic'], repository);
    const merge = git(['rev-parse', 'HEAD'], repository);
    const found = (await source([repository]).findCommits([merge])).get(merge);
    const diff = found?.kind === 'known' && found.value.kind === 'found' ? found.value.commit.diff : null;
    expect(diff?.kind === 'known' && diff.objects.map((object) => object.label)).toEqual(['support']);
  });

  test('an address is kept as a mirror and brought up to date', async () => {
    const dataDir = path.join(root, 'mirrors');
    const mirrored = source([`file://${bare}`], dataDir);
    expect((await mirrored.findCommits([second])).get(second)).toMatchObject({
      kind: 'known',
      value: { kind: 'found' },
    });
    git(['push', '-q', bare, 'main'], repository);
    const newest = git(['rev-parse', 'main'], repository);
    expect((await mirrored.findCommits([newest])).get(newest)).toMatchObject({
      kind: 'known',
      value: { kind: 'found' },
    });
    await expect(mirrored.check()).resolves.toBeUndefined();
  });

  test('R14: digits that more than one commit begins with name none of them, in one repository or over several', async () => {
    const crowded = path.join(root, 'crowded.git');
    git(['init', '-q', '--bare', 'crowded.git'], root);
    const stream = Array.from(
      { length: 1500 },
      (_, n) => `commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + n} +0000\ndata 1\nx\n`,
    ).join('');
    spawnSync('git', ['-C', crowded, 'fast-import', '--quiet'], { input: stream });
    const seen = new Set<string>();
    const twice = git(['rev-list', 'main'], crowded)
      .split('\n')
      .find((hash) => seen.size === seen.add(hash.slice(0, 4)).size)
      ?.slice(0, 4);
    const prefix = twice ?? '';
    expect((await source([crowded]).findCommits([prefix])).get(prefix)).toMatchObject({
      kind: 'known',
      value: { kind: 'ambiguous' },
    });
    expect((await source([bare, repository]).findCommits([second])).get(second)).toMatchObject({
      value: { kind: 'found' },
    });
  });

  test('a repository that cannot be read makes its commits not evaluated, unless another has them', async () => {
    const gone = path.join(root, 'gone.git');
    const found = await source([gone]).findCommits([second, 'c0ffee0']);
    expect([...found.values()].map((one) => one.kind)).toEqual(['not_evaluated', 'not_evaluated']);
    const both = await source([gone, bare]).findCommits([second, 'c0ffee0']);
    expect([...both.values()].map((one) => one.kind)).toEqual(['known', 'not_evaluated']);
    await expect(source([gone]).check()).rejects.toMatchObject({ code: 'unreachable' });
    expect((await source([`file://${gone}`]).findCommits([second])).get(second)?.kind).toBe('not_evaluated');
  });

  test('addresses that are options or run commands are refused, names hold no credentials', () => {
    for (const text of ['--upload-pack=touch /tmp/x', 'ext::sh -c id', '', '-u'])
      expect(() => repositoryPlace(text)).toThrow(/cannot use a repository/);
    expect(repositoryPlace('https://me:secret@git.example.com/team/cx.git').name).toBe(
      'git.example.com/team/cx',
    );
    expect(repositoryPlace('git@git.example.com:team/cx.git')).toMatchObject({
      kind: 'address',
      name: 'git.example.com:team/cx.git',
    });
  });
});
