import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DAY } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';
import {
  identity,
  type ManagedObject,
  managedObjects,
  type PlannedCommit,
  planCommits,
} from './commit-plan.ts';
import { twinCommits } from './twin-commits.ts';

export type RepositoryCommit = PlannedCommit & { readonly hash: string; readonly mergeHash: string };
export type Repository = {
  readonly path: string;
  readonly commits: readonly RepositoryCommit[];
  /** Seven digits with which two of its commits begin. */
  readonly twinPrefix: string;
};

const LAYOUT = 'layout-3';

/**
 * Makes the CX as Code repository (bare, branch main) and answers every commit's hash. Authors, dates and contents depend
 * on seed and anchor alone, so the hashes do too. One `git fast-import` writes it in a few milliseconds.
 */
export function makeRepository(world: World, dataDir: string): Repository {
  const repository = path.join(dataDir, 'cx-as-code.git');
  const marksFile = path.join(dataDir, 'cx-as-code.marks');
  const stampFile = path.join(dataDir, 'cx-as-code.stamp');
  const stamp = `${LAYOUT} ${world.seed} ${world.anchor}`;
  const plan = planCommits(world);
  const twins = twinCommits();
  const fresh =
    !existsSync(repository) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp;
  if (fresh) {
    rmSync(repository, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true });
    git(['init', '--quiet', '--bare', '--initial-branch=main', repository]);
    git(
      ['-C', repository, 'fast-import', '--quiet', `--export-marks=${marksFile}`],
      importStream(world, plan, twins.stream),
    );
    git(['-C', repository, 'update-ref', '-d', 'refs/heads/topic']);
    writeFileSync(stampFile, stamp);
  }
  const hashes = new Map<string, string>();
  for (const line of readFileSync(marksFile, 'utf8').trim().split('\n')) {
    const [mark = '', hash = ''] = line.split(' ');
    hashes.set(mark, hash);
  }
  const commits = plan.map((commit, index) => ({
    ...commit,
    hash: hashes.get(`:${branchMark(index)}`) ?? '',
    mergeHash: hashes.get(`:${mergeMark(index)}`) ?? '',
  }));
  return { path: repository, commits, twinPrefix: twins.prefix };
}

/** Writes into the clone where it came from, and what its plain HTTP protocol needs. */
export function nameOrigin(repository: Repository, url: string): void {
  git(['-C', repository.path, 'config', 'remote.origin.url', url]);
  git(['-C', repository.path, 'update-server-info']);
}

function branchMark(index: number): number {
  return 10 + index * 2;
}

function mergeMark(index: number): number {
  return 11 + index * 2;
}

function importStream(world: World, plan: readonly PlannedCommit[], beside: readonly string[]): string {
  const objects = managedObjects(world);
  const revisions = new Map<string, number>(objects.map((object) => [object.id, 1]));
  const files = [...new Set(objects.map((object) => object.file))];
  const lines: string[] = [];
  const first = identity('Marek Kowalczyk', world.anchor - 120 * DAY);
  const readme = '# CX as Code\n\nQueues and skills of Northwind Contact. Changed by reviewed merge only.\n';
  lines.push(
    'reset refs/heads/main',
    'commit refs/heads/main',
    'mark :1',
    `author ${first}`,
    `committer ${first}`,
    data('Describe all queues and skills'),
    'M 100644 inline README.md',
    data(readme),
  );
  for (const file of files) lines.push(`M 100644 inline ${file}`, data(render(file, objects, revisions)));
  let tip = 1;
  plan.forEach((commit, index) => {
    for (const object of commit.touches) revisions.set(object.id, (revisions.get(object.id) ?? 1) + 1);
    const touched = [...new Set(commit.touches.map((object) => object.file))];
    const contents = touched.flatMap((file) => [
      `M 100644 inline ${file}`,
      data(render(file, objects, revisions)),
    ]);
    const author = identity(commit.author, commit.committedAt);
    const reviewer = identity(commit.reviewer, commit.mergedAt);
    lines.push(
      'commit refs/heads/topic',
      `mark :${branchMark(index)}`,
      `author ${author}`,
      `committer ${author}`,
      data(`${commit.subject}\n`),
      `from :${tip}`,
      ...contents,
    );
    lines.push(
      'commit refs/heads/main',
      `mark :${mergeMark(index)}`,
      `author ${reviewer}`,
      `committer ${reviewer}`,
      data(`Merge: ${commit.subject}\n\nReviewed-by: ${commit.reviewer}\n`),
      `from :${tip}`,
      `merge :${branchMark(index)}`,
      ...contents,
    );
    tip = mergeMark(index);
  });
  return `${[...lines, ...beside].join('\n')}\n`;
}

/** A file of resource blocks. The id stands close to what changes, and blocks stand far apart, so a diff names its own object only. */
function render(
  file: string,
  objects: readonly ManagedObject[],
  revisions: ReadonlyMap<string, number>,
): string {
  return objects
    .filter((object) => object.file === file)
    .map((object) => {
      const revision = revisions.get(object.id) ?? 1;
      const label = object.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
      const resource = object.kind === 'queue' ? 'genesyscloud_routing_queue' : 'genesyscloud_routing_skill';
      const attribute =
        object.kind === 'queue'
          ? `  acw_timeout_ms = ${10_000 + revision * 500}`
          : `  # revision ${revision}`;
      return `resource "${resource}" "${label}" {\n  name = "${object.name}"\n  # id: ${object.id}\n${attribute}\n}\n\n\n\n`;
    })
    .join('');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

function git(args: readonly string[], input = ''): void {
  const run = spawnSync('git', args, {
    input,
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  if (run.status !== 0)
    throw new Error(`git ${args[0] ?? ''} failed: ${run.stderr?.toString() ?? run.error?.message ?? ''}`);
}
