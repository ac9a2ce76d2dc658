import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import type { Viewer } from '@/lib/auth/viewer';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { ingestPages } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { retryingFetch } from '@/lib/connectors/http/retrying-fetch';
import { gitRepositories } from '@/lib/connectors/vendors/git/git';
import { gitHub } from '@/lib/connectors/vendors/github/github';
import { gitLab } from '@/lib/connectors/vendors/gitlab/gitlab';
import { connectGenesys } from '@/lib/genesys/connect';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { changeDiffSchema, closedLoopSchema } from './contract/closed-loop';
import { type LinkDependencies, linkChanges, relinkChanges } from './link-changes';
import { readClaims } from './link-claims';
import { markBypasses } from './mark-bypasses';
import { FOUND_BY_DEPLOYMENT } from './model/loop/judge-deployment';
import { genesysFlowVersions, noteFlowVersions } from './note-flow-versions';
import { type DeclaredRun, readDeclaredObjects } from './read-declared-objects';
import { viewChangeDiff, viewClosedLoop } from './views/closed-loop';

const ANCHOR = '2026-11-20T00:00:00.000Z';
const NOW = new Date('2026-11-22T00:00:00Z');
const vault = memoryVault();

let sandbox: RunningSandbox;
let database: TestDatabase;
let dataDir: string;
let orgId: string;
let pipelineClients: Set<string>;
let firstReading: DeclaredRun;
let ticks = 0;

function repositories(hosts = true) {
  const { env } = sandbox;
  const fetch = retryingFetch({ wait: async () => {} });
  return gitRepositories({
    repositories: [env.GIT_REPOSITORIES ?? ''],
    dataDir,
    fetchEveryMs: 0,
    hosts: hosts
      ? [
          gitHub({ apiUrl: env.GITHUB_API_URL ?? '', token: env.GITHUB_TOKEN ?? '', fetch }),
          gitLab({ baseUrl: env.GITLAB_BASE_URL ?? '', token: env.GITLAB_TOKEN ?? '', fetch }),
        ]
      : [],
  });
}

function dependencies(more: Partial<LinkDependencies> = {}): LinkDependencies {
  return {
    db: database.db,
    vault,
    sources: { jira: null, servicenow: null, git: repositories() },
    policy: { pipelineClients, freezes: [] },
    // Each look at the clock is a second later: verdicts of one instant have no order.
    now: () => new Date(NOW.getTime() + 1000 * ticks++),
    ...more,
  };
}

const viewer = (): Viewer => ({
  kind: 'person',
  id: 'usr_officer',
  name: 'Olga Officer',
  role: 'officer',
  orgIds: [orgId],
});
const loopOf = async (id: string) =>
  closedLoopSchema.parse(await viewClosedLoop(viewer(), { id }, { db: database.db, now: NOW }));
const statesOf = async (id: string) =>
  Object.fromEntries((await loopOf(id)).steps.map((step) => [step.step, step.state]));

/** The first planted change with the mark. */
function marked(...marks: string[]) {
  const found = [...sandbox.state.store.all()].find(({ label }) =>
    marks.every((mark) => label.marks.includes(mark)),
  );
  if (found === undefined) throw new Error(`nothing planted as ${marks.join(' ')}`);
  return found;
}

/** A change that the pipeline applied from the commit. */
function appliedFrom(key: string): string {
  const commit = sandbox.truth.commits.find((one) => one.key === key);
  const found = [...sandbox.state.store.all()].find(
    ({ label }) =>
      label.marks.includes('pipeline-apply') &&
      label.citations.some((hash) => commit?.hash.startsWith(hash) || commit?.mergeHash.startsWith(hash)),
  );
  return found?.record.id ?? '';
}

async function planningOf(id: string): Promise<string | undefined> {
  const rows = await database.db.sql.query<{ planning: string }>(
    'select planning from change where id = $1',
    [id],
  );
  return rows[0]?.planning;
}

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR, still: true });
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'loop-'));
  orgId = sandbox.truth.orgId;
  const named = sandbox.policy.pipelineClients;
  pipelineClients = new Set(Array.isArray(named) ? named.map(String) : []);
  await database.db.transaction((sql) =>
    applyPolicy(
      sql,
      { policy: { pipelineClients: [...pipelineClients] }, orgId: null, origin: 'system', sha256: '' },
      { actor: SYSTEM_ACTOR, now: new Date(ANCHOR) },
    ),
  );
  const records = [...sandbox.state.store.all()].map((planted) => planted.record);
  const pages = [];
  for (let at = 0; at < records.length; at += 500)
    pages.push({
      path: 'pull' as const,
      bytes: Buffer.from(JSON.stringify({ entities: records.slice(at, at + 500) })),
      member: 'entities',
      queryId: 'q',
      url: null,
      pageNumber: at / 500 + 1,
      receivedAt: new Date(ANCHOR),
    });
  await ingestPages(
    { db: database.db, vault: memoryVault(), knowledge: bareKnowledge(orgId), now: new Date(ANCHOR) },
    pages,
  );
  firstReading = await readDeclaredObjects(database.db, { orgId, git: repositories(), now: NOW });
}, 120_000);

afterAll(async () => {
  await sandbox?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the closed loop of CX as Code over a real repository and its host', () => {
  test('without a host reviews are not evaluated; one that is configured later is asked about what was linked before', async () => {
    const git = repositories(false);
    await linkChanges(orgId, dependencies({ sources: { jira: null, servicenow: null, git } }));
    const id = appliedFrom('apply/5');
    const { steps, commit } = await loopOf(id);
    expect(steps[0]).toMatchObject({
      state: 'not_evaluated',
      sentence: expect.stringContaining('No host answers'),
    });
    expect(commit).toMatchObject({ hostHeardAt: null, hostSilent: null });
    const { env } = sandbox;
    const host = gitHub({ apiUrl: env.GITHUB_API_URL ?? '', token: env.GITHUB_TOKEN ?? '' });
    sandbox.faults({ githubStatus: 503 });
    const sources = { jira: null, servicenow: null, git: repositories(), reviewHosts: [host] };
    await relinkChanges(orgId, dependencies({ sources }), { from: NOW });
    sandbox.faults({ githubStatus: 0 });
    expect((await loopOf(id)).commit?.hostSilent).toMatch(/cannot read pull requests/);
  }, 240_000);

  test('host down: commits stay linked, reviews are not evaluated and asked for again', async () => {
    sandbox.faults({ githubStatus: 503 });
    await linkChanges(orgId, dependencies());
    sandbox.faults({ githubStatus: 0 });
    const id = appliedFrom('apply/5');
    expect(await statesOf(id)).toEqual({
      review: 'not_evaluated',
      merge: 'not_evaluated',
      apply: 'found',
      audit_record: 'found',
    });
    expect((await loopOf(id)).commit?.hostSilent).toMatch(/cannot read pull requests/);
    expect(await planningOf(id)).toBe('planned_pipeline');
  }, 120_000);

  test('R13: the host back, review, merge, apply and record are found, each with who and when', async () => {
    await linkChanges(orgId, dependencies());
    const id = appliedFrom('apply/0');
    const commit = sandbox.truth.commits.find((one) => one.key === 'apply/0');
    const { steps, commit: shown, concerns } = await loopOf(id);
    expect(concerns).toBe(true);
    expect(steps.map(({ step, state }) => [step, state])).toEqual([
      ['review', 'found'],
      ['merge', 'found'],
      ['apply', 'found'],
      ['audit_record', 'found'],
    ]);
    expect(steps[0]?.who).toEqual(['priya-nair']);
    expect(steps[1]).toMatchObject({ at: commit?.mergedAt, who: ['priya-nair'] });
    expect(shown).toMatchObject({
      hash: commit?.hash,
      repository: 'cx-as-code',
      hostSilent: null,
      diffKept: true,
    });
    expect(shown?.url).toContain(`/github/northwind/cx-as-code/commit/${commit?.hash}`);
  }, 120_000);

  test.each([
    ['unreviewed', 'apply/5', /Nobody but its authors reviewed/],
    ['self_approved', 'apply/9', /approved it and wrote it/],
    ['approved_after_merge', 'apply/13', /after it was merged/],
    ['dismissed', 'apply/17', /dismissed/],
    ['changes_requested', 'apply/25', /asked for changes/],
    ['pushed_directly', 'apply/29', /pushed directly/],
  ])('R13: %s shows the review as missing, and the change is no pipeline change', async (fate, key, says) => {
    expect(sandbox.truth.commits.find((one) => one.key === key)?.review).toBe(fate);
    const id = appliedFrom(key);
    const { steps } = await loopOf(id);
    expect(steps[0]).toMatchObject({ step: 'review', state: 'missing' });
    expect(steps[0]?.sentence).toMatch(says);
    expect(steps[1]?.state).toBe(fate === 'pushed_directly' ? 'missing' : 'found');
    expect(await planningOf(id)).toBe('planned_manual');
  });

  test('R13: an approval of an earlier head counts and says so', async () => {
    const { steps } = await loopOf(appliedFrom('apply/21'));
    expect(steps[0]).toMatchObject({ state: 'found' });
    expect(steps[0]?.sentence).toMatch(/earlier head/);
  });

  test('R10: what the configured client applied from reviewed commits is planned by the pipeline, from no other', async () => {
    const unreviewed = new Set(
      sandbox.truth.commits
        .filter((one) => one.review !== 'reviewed' && one.review !== 'earlier_head')
        .flatMap((one) => [one.hash, one.mergeHash]),
    );
    const rows = await database.db.sql.query<{ id: string; planning: string }>(
      'select id, planning from change',
    );
    const planning = new Map(rows.map((row) => [row.id, row.planning]));
    for (const { record, label } of sandbox.state.store.all()) {
      if (!label.marks.includes('pipeline-apply') || !label.accountable) continue;
      const bad = [...unreviewed].some((hash) => label.citations.some((one) => hash.startsWith(one)));
      expect(planning.get(record.id)).toBe(bad ? 'planned_manual' : 'planned_pipeline');
    }
  });

  test('R11: one stamped description speaks for the changes of the same deployment that its diff touches, with less confidence', async () => {
    const stamped = marked('deployment:stamped').record.id;
    const neighbour = marked('deployment:neighbour').record.id;
    const claims = await readClaims(database.db.sql, orgId, [stamped, neighbour]);
    const own = claims.get(stamped)?.[0];
    const theirs = claims.get(neighbour)?.[0];
    expect(theirs).toMatchObject({ kind: 'commit', status: 'linked', foundBy: FOUND_BY_DEPLOYMENT });
    expect(theirs?.reasons.at(-1)).toContain(stamped);
    expect(theirs?.confidence).toBeLessThan(own?.confidence ?? 0);
    expect(await planningOf(neighbour)).toBe('planned_pipeline');
    expect((await loopOf(neighbour)).steps.every((step) => step.state === 'found')).toBe(true);
  });

  test('R14: the diff does not touch the neighbour: no claim; a hash no repository has: no link, and both are told', async () => {
    const outsider = marked('deployment:outsider').record.id;
    expect((await readClaims(database.db.sql, orgId, [outsider])).get(outsider) ?? []).toEqual([]);
    expect(await planningOf(outsider)).toBe('ad_hoc');
    expect(await statesOf(outsider)).toMatchObject({ review: 'missing', merge: 'missing', apply: 'found' });
    const unknown = marked('mismatch:unknown-commit').record.id;
    expect((await loopOf(unknown)).steps[0]?.sentence).toMatch(/no configured repository has it/);
    const other = await loopOf(marked('mismatch:commit-of-other-object').record.id);
    expect(other.steps.find((step) => step.step === 'apply')).toMatchObject({ state: 'missing' });
  });

  test('R12: the diff of the commit stands beside the record, the files that declare its object first', async () => {
    const planted = marked('pipeline-apply');
    const id = planted.record.id;
    const diff = changeDiffSchema.parse(
      await viewChangeDiff(vault, viewer(), { id }, { db: database.db, now: NOW }),
    );
    const [first] = diff.files;
    expect(first?.touchesObject).toBe(true);
    expect(first?.patch).toContain(planted.label.entityId);
    expect(first?.patch).toMatch(/^@@ /);
    expect(first?.added).toBeGreaterThan(0);
    expect(diff.names).toContain(planted.label.entityId);
    for (const [key, bytes] of vault.objects)
      vault.objects.set(key, Buffer.concat([bytes, Buffer.from(' ')]));
    await expect(
      viewChangeDiff(vault, viewer(), { id }, { db: database.db, now: NOW }),
    ).rejects.toMatchObject({
      code: 'diff_altered',
    });
  });

  test('R18: by hand, on what a repository declares, is a bypass even where no pipeline ever changed it; what it does not declare is none', async () => {
    expect(firstReading.changed).toBeGreaterThan(10);
    // Nothing is called a pipeline here: only the repository's word is left.
    await markBypasses(database.db, { orgId, pipelineClients: new Set(), hours: await allHours() });
    const marks = await bypassed();
    const declared = new Set(sandbox.truth.commits.flatMap((commit) => commit.touches));
    for (const { record, label } of sandbox.state.store.all())
      if (label.marks.includes('bypass'))
        expect(marks.has(record.id)).toBe(declared.has(label.entityId ?? ''));
    const again = await readDeclaredObjects(database.db, { orgId, git: repositories(), now: NOW });
    expect(again).toMatchObject({ changed: 0, failed: [] });
  });

  test('R19: the pipeline is silent, an approval by hand is none, an unknown client is ad-hoc and is one', async () => {
    await markBypasses(database.db, { orgId, pipelineClients, hours: await allHours() });
    const marks = await bypassed();
    const rows = await database.db.sql.query<{ id: string; planning: string; actor_id: string | null }>(
      'select id, planning, actor_id from change',
    );
    for (const row of rows) {
      if (row.actor_id !== null && pipelineClients.has(row.actor_id)) expect(marks.has(row.id)).toBe(false);
      if (row.planning !== 'ad_hoc') expect(marks.has(row.id)).toBe(false);
    }
    const unlinked = marked('pipeline-stray', 'mismatch:commit-of-other-object').record.id;
    await markBypasses(database.db, { orgId, pipelineClients: new Set(), hours: await allHours() });
    expect((await bypassed()).has(unlinked)).toBe(true);
    expect((await loopOf(marked('bypass').record.id)).because).toMatch(/went past it/);
  });

  test('a flow’s publication stands beside the version it made', async () => {
    const { env } = sandbox;
    const genesys = connectGenesys({
      gatewayUrl: env.GENESYS_GATEWAY_URL ?? '',
      clientId: env.GENESYS_CLIENT_ID ?? '',
      clientSecret: env.GENESYS_CLIENT_SECRET ?? '',
      clock: hurriedClock(),
    });
    const ask = genesysFlowVersions(genesys);
    expect(await noteFlowVersions(database.db, { orgId, ask, now: NOW })).toBeGreaterThan(0);
    const publication = [...sandbox.state.store.all()].find(
      ({ record, label }) => label.marks.includes('archy') && record.action === 'Publish',
    );
    const { steps } = await loopOf(publication?.record.id ?? '');
    expect(steps.find((step) => step.step === 'flow_version')).toMatchObject({
      state: 'found',
      evidence: [{ label: `version ${publication?.record.context?.version}` }],
    });
    expect(await noteFlowVersions(database.db, { orgId, ask, now: NOW })).toBe(0);
  });

  test('the host down again leaves what it said, and says since when', async () => {
    const heardAt = (await loopOf(appliedFrom('apply/0'))).commit?.hostHeardAt;
    sandbox.faults({ githubStatus: 403 });
    await database.db.sql.query(`update change set link_checked_at = null where id = $1`, [
      appliedFrom('apply/0'),
    ]);
    await linkChanges(orgId, dependencies());
    sandbox.faults({ githubStatus: 0 });
    const { steps, commit } = await loopOf(appliedFrom('apply/0'));
    expect(steps[0]?.state).toBe('found');
    expect(heardAt).not.toBeNull();
    expect(commit?.hostHeardAt).toBe(heardAt);
    expect(commit?.hostSilent).toMatch(/asks us to wait/);
  });
});

async function allHours(): Promise<Date[]> {
  const rows = await database.db.sql.query<{ hour: Date }>(
    `select distinct date_trunc('hour', event_date, 'UTC') as hour from change order by hour`,
  );
  return rows.map((row) => row.hour);
}

async function bypassed(): Promise<Set<string>> {
  const rows = await database.db.sql.query<{ id: string }>('select id from change where bypass');
  return new Set(rows.map((row) => row.id));
}
