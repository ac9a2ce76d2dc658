import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANTED_REASONS, reasonOf } from '@/e2e/sandbox/history/reasons';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { policySchema } from '@/lib/auth/settings/policy';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { ingestPages } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { retryingFetch } from '@/lib/connectors/http/retrying-fetch';
import { gitRepositories } from '@/lib/connectors/vendors/git/git';
import { jiraCloud } from '@/lib/connectors/vendors/jira/jira';
import { serviceNow } from '@/lib/connectors/vendors/servicenow/servicenow';
import { applySource } from '@/lib/directory/windows/apply-source';
import type { Calendar } from '@/lib/directory/windows/calendar';
import { calendarAt } from '@/lib/directory/windows/calendar-at';
import { windowsOfPolicy } from '@/lib/directory/windows/policy-windows';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { claimByItem, itemsDueAgain } from './follow/claim-by-item';
import { type LinkDependencies, linkChanges, relinkChanges } from './link-changes';
import { readClaims, readVerdicts } from './link-claims';
import type { LinkSources } from './sources';
import { askedRate, listsOfRate, unlinkedRate } from './unlinked-rate';

const ANCHOR = '2026-11-20T00:00:00.000Z';
const NOW = new Date('2026-11-22T00:00:00Z');

let sandbox: RunningSandbox;
let database: TestDatabase;
let dataDir: string;
let orgId: string;

function sources(): LinkSources {
  const { env } = sandbox;
  const fetch = retryingFetch({ wait: async () => {} });
  return {
    jira: jiraCloud({
      baseUrl: env.JIRA_BASE_URL ?? '',
      email: env.JIRA_EMAIL ?? '',
      apiToken: env.JIRA_API_TOKEN ?? '',
      fetch,
    }),
    servicenow: serviceNow({
      baseUrl: env.SERVICENOW_BASE_URL ?? '',
      user: env.SERVICENOW_USER ?? '',
      password: env.SERVICENOW_PASSWORD ?? '',
      fetch,
    }),
    git: gitRepositories({ repositories: [env.GIT_REPOSITORIES ?? ''], dataDir }),
  };
}

/** The calendar that the policy of the sandbox makes, as the product applies it before links. */
let calendar: Calendar;

function dependencies(more: Partial<LinkDependencies> = {}): LinkDependencies {
  const clients = sandbox.policy.pipelineClients;
  const pipelineClients = new Set(Array.isArray(clients) ? clients.map(String) : []);
  return {
    db: database.db,
    sources: sources(),
    policy: { pipelineClients, freezes: [] },
    calendar,
    now: () => NOW,
    ...more,
  };
}

/** As long as sources are down the calendar is left out: what a window authorises waits for no source. */
function sourcesAlone(more: Partial<LinkDependencies>): LinkDependencies {
  const { calendar: _, ...alone } = dependencies(more);
  return alone;
}

async function verdicts(): Promise<
  Map<string, { linkage: string; planning: string; reason: string | null }>
> {
  const rows = await database.db.sql.query<{
    id: string;
    linkage: string;
    planning: string;
    linkage_reason: string | null;
  }>('select id, linkage, planning, linkage_reason from change');
  return new Map(
    rows.map((row) => [row.id, { linkage: row.linkage, planning: row.planning, reason: row.linkage_reason }]),
  );
}

async function count(text: string): Promise<number> {
  const rows = await database.db.sql.query<{ n: number }>(`select count(*) as n from ${text}`);
  return rows[0]?.n ?? -1;
}

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR, still: true });
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'linking-'));
  orgId = sandbox.truth.orgId;
  const said = policySchema.parse(sandbox.policy);
  await database.db.transaction((sql) =>
    applySource(
      sql,
      { orgId, source: 'policy', windows: windowsOfPolicy(said), reason: 'as the policy says' },
      { actor: SYSTEM_ACTOR, now: new Date(ANCHOR) },
    ),
  );
  calendar = await calendarAt(database.db.sql, orgId);
  const records = [...sandbox.state.store.all()].map((planted) => planted.record);
  const pages = [];
  for (let at = 0; at < records.length; at += 500) {
    const bytes = Buffer.from(JSON.stringify({ entities: records.slice(at, at + 500) }));
    pages.push({
      path: 'pull' as const,
      bytes,
      member: 'entities',
      queryId: 'q',
      url: null,
      pageNumber: at / 500 + 1,
      receivedAt: new Date(ANCHOR),
    });
  }
  await ingestPages(
    { db: database.db, vault: memoryVault(), knowledge: bareKnowledge(orgId), now: new Date(ANCHOR) },
    pages,
  );
});

afterAll(async () => {
  await sandbox?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a planted history linked over real HTTP and a real repository', () => {
  test('sources down: nothing is linked, nothing is a mismatch by guess, all of it is not evaluated and counted apart', async () => {
    sandbox.faults({ jiraStatus: 503, serviceNowStatus: 503 });
    const git = gitRepositories({ repositories: [path.join(dataDir, 'gone.git')], dataDir });
    const run = await linkChanges(orgId, sourcesAlone({ sources: { ...sources(), git } }));
    sandbox.faults({ jiraStatus: 0, serviceNowStatus: 0 });
    expect(run.linked).toBe(0);
    expect(run.sourcesDown.map((source) => source.system).sort()).toEqual(['git', 'jira', 'servicenow']);
    expect(
      await count(`change where linkage in ('linked', 'late_approval', 'outside_window', 'mismatch')`),
    ).toBe(0);
    const citing = [...sandbox.state.store.all()].filter(
      ({ label }) => label.accountable && label.citations.length > 0 && !label.marks.includes('by-item'),
    ).length;
    expect(run.notEvaluated).toBeGreaterThanOrEqual(citing);
    const rate = await unlinkedRate(
      database.db.sql,
      askedRate({ from: sandbox.truth.from, to: ANCHOR }, NOW),
    );
    expect(rate.notEvaluated).toBe(run.notEvaluated);
    expect(rate.rate).toBe(1);
    const written = await count('link_evaluation');
    sandbox.faults({ jiraStatus: 401, serviceNowStatus: 500 });
    await linkChanges(orgId, sourcesAlone({ sources: { ...sources(), git } }));
    sandbox.faults({ jiraStatus: 0, serviceNowStatus: 0 });
    expect(await count('link_evaluation')).toBe(written);
  });

  test('R5, R11, R14, X4: the sources back, every planted status is found with its reason, record by record', async () => {
    const run = await linkChanges(orgId, dependencies({ now: () => new Date(NOW.getTime() + 1000) }));
    expect(run.sourcesDown).toEqual([]);
    expect(run.notEvaluated).toBe(0);
    const byItem = [...sandbox.state.store.all()].filter((one) => one.label.marks.includes('by-item'));
    expect(
      await claimByItem(orgId, dependencies({ now: () => new Date(NOW.getTime() + 1000) })),
    ).toMatchObject({ claimed: byItem.length, written: byItem.length, down: null, stopped: false });
    const found = await verdicts();
    const wrong = [...sandbox.state.store.all()]
      .filter(({ record, label }) => {
        const verdict = found.get(record.id);
        const reason = verdict?.reason ?? (verdict?.linkage === 'unlinked' ? 'cites_nothing' : null);
        return label.linkage !== verdict?.linkage || reasonOf(label) !== reason;
      })
      .map((one) => ({
        marks: one.label.marks,
        planted: one.label.linkage,
        found: found.get(one.record.id),
        citations: one.label.citations,
      }));
    expect(wrong).toEqual([]);
    for (const reason of PLANTED_REASONS)
      expect(sandbox.truth.linkageReasons[reason], reason).toBeGreaterThan(0);
  });

  test('X4: a configuration item speaks for a change that names no ticket, less surely, and once', async () => {
    const planted = (mark: string) =>
      [...sandbox.state.store.all()].find((one) => one.label.marks.includes(mark))?.record.id ?? '';
    const ids = ['by-item:id', 'by-item:name', 'by-item:implement', 'by-item:late'].map(planted);
    const claims = await readClaims(database.db.sql, orgId, ids);
    for (const id of ids) {
      const [claim, ...more] = claims.get(id) ?? [];
      expect(more).toEqual([]);
      expect(claim).toMatchObject({ kind: 'servicenow', namesTarget: true });
      expect(claim?.foundBy).toMatch(/^configuration item/);
      expect(claim?.confidence).toBeLessThanOrEqual(0.6);
    }
    const again = dependencies({ now: () => new Date(NOW.getTime() + 1500) });
    expect(await claimByItem(orgId, again)).toMatchObject({ objects: 0, claimed: 0 });
    await itemsDueAgain(orgId, again);
    expect(await claimByItem(orgId, again)).toMatchObject({ claimed: 0, written: 0 });
  });

  test('R16, R17, X3: the rate equals the planted truth, and both lists recompute it to the last digit', async () => {
    const { truth } = sandbox;
    const asked = askedRate({ from: truth.from, to: ANCHOR }, NOW);
    const rate = await unlinkedRate(database.db.sql, asked);
    expect({ unlinked: rate.unlinked, total: rate.total, rate: rate.rate }).toEqual(truth.unlinkedChangeRate);
    expect(rate.counts).toEqual(truth.linkage);
    expect(rate.excluded).toEqual({ ...truth.excluded, excused: 0 });
    expect(rate.notEvaluated).toBe(0);
    const lists = listsOfRate(asked);
    const rows = async (filter: typeof lists.numerator) =>
      (
        await database.db.sql.query<{ n: number }>(
          'select count(*) as n from change where event_date >= $1 and event_date < $2 and accountable and linkage = any ($3)',
          [filter.from, filter.to, filter.linkage],
        )
      )[0]?.n ?? 0;
    expect((await rows(lists.numerator)) / (await rows(lists.denominator))).toBe(rate.rate);
    const all = await unlinkedRate(database.db.sql, { ...asked, scope: 'all' });
    expect(all).toMatchObject({
      total: truth.totals.records,
      unlinked: truth.totals.records - truth.linkage.linked,
    });
  });

  test('R17: ragged ranges, any bucket and the exact way agree', async () => {
    const range = { from: '2026-10-03T07:13:20Z', to: '2026-11-11T19:41:07Z' };
    const exact = await unlinkedRate(
      database.db.sql,
      askedRate({ ...range, asOf: '2026-12-01T00:00:00Z' }, NOW),
    );
    for (const bucket of ['hour', 'day', 'week', 'month'] as const) {
      const rate = await unlinkedRate(database.db.sql, askedRate({ ...range, bucket }, NOW));
      expect({ unlinked: rate.unlinked, total: rate.total, excluded: rate.excluded }).toEqual({
        unlinked: exact.unlinked,
        total: exact.total,
        excluded: exact.excluded,
      });
      expect(rate.series.reduce((sum, point) => sum + point.total, 0)).toBe(rate.total);
    }
  });

  test('X3: as of an instant before the tickets were read, the rate is what it was then', async () => {
    const range = { from: sandbox.truth.from, to: ANCHOR };
    const before = await unlinkedRate(database.db.sql, askedRate({ ...range, asOf: NOW.toISOString() }, NOW));
    expect(before).toMatchObject({ rate: 1, total: sandbox.truth.accountable });
    expect(before.notEvaluated).toBeGreaterThan(0);
    const unborn = await unlinkedRate(
      database.db.sql,
      askedRate({ ...range, asOf: '2026-11-19T00:00:00Z' }, NOW),
    );
    expect(unborn).toMatchObject({ rate: null, total: 0 });
  });

  test('R10: what the pipeline applied from a commit is a pipeline change, what people did with a ticket is planned by hand', async () => {
    const found = await verdicts();
    for (const { record, label } of sandbox.state.store.all()) {
      const planning = found.get(record.id)?.planning;
      if (!label.accountable) expect(planning).toBe('not_applicable');
      else if (label.marks.includes('pipeline-apply') || label.marks.includes('deployment:stamped'))
        expect(planning).toBe('planned_pipeline');
      else if (label.marks.includes('deployment:neighbour')) expect(planning).toBe('planned_pipeline');
      else expect(planning).toBe(label.linkage === 'linked' ? 'planned_manual' : 'ad_hoc');
    }
  });

  test('X4: each claim keeps how it was found, status and approver at the change, window, object and confidence', async () => {
    const naming = [...sandbox.state.store.all()].find(
      (one) =>
        one.label.accountable &&
        !one.label.marks.includes('by-item') &&
        one.label.citations.some((key) => key.startsWith('CHG')) &&
        one.label.linkage === 'linked',
    );
    const id = naming?.record.id ?? '';
    const claims = (await readClaims(database.db.sql, orgId, [id])).get(id);
    expect(claims?.[0]).toMatchObject({
      kind: 'servicenow',
      status: 'linked',
      reference: naming?.label.citations.find((key) => key.startsWith('CHG')),
    });
    expect(claims?.[0]?.window).not.toBeNull();
    expect(claims?.[0]?.approvedAt).not.toBeNull();
    expect(claims?.[0]?.confidence).toBeGreaterThan(0);
    const verdicts = (await readVerdicts(database.db.sql, orgId, [id])).get(id);
    expect(verdicts?.map((one) => one.linkage)).toEqual(['unlinked', 'linked']);
  });

  test('running again writes nothing: the same sources give the same verdicts', async () => {
    const before = {
      evaluations: await count('link_evaluation'),
      tickets: await count('ticket_version'),
      commits: await count('commit_record'),
    };
    const again = await relinkChanges(orgId, dependencies({ now: () => new Date(NOW.getTime() + 2000) }));
    expect(again.judged).toBeGreaterThan(0);
    expect(again.written).toBe(0);
    expect(await linkChanges(orgId, dependencies())).toMatchObject({ judged: 0 });
    expect({
      evaluations: await count('link_evaluation'),
      tickets: await count('ticket_version'),
      commits: await count('commit_record'),
    }).toEqual(before);
  });

  test('a source that is lost later leaves the last verdict and says since when it was not checked', async () => {
    const before = await verdicts();
    const lost = [...sandbox.state.store.all()].find(
      (one) =>
        one.label.linkage === 'mismatch' &&
        one.label.citations[0]?.startsWith('NWC') &&
        one.at > Date.parse(ANCHOR) - 20 * 86_400_000,
    );
    const id = lost?.record.id ?? '';
    sandbox.faults({ jiraStatus: 401 });
    const run = await relinkChanges(orgId, dependencies({ now: () => new Date(NOW.getTime() + 3000) }));
    sandbox.faults({ jiraStatus: 0 });
    expect(run.sourcesDown.map((source) => source.system)).toEqual(['jira']);
    expect(run.written).toBe(0);
    expect(await verdicts()).toEqual(before);
    const claims = (await readClaims(database.db.sql, orgId, [id])).get(id);
    expect(claims?.[0]?.reasons.join(' ')).toMatch(/not re-checked since/);
  });
});
