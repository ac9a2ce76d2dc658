import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { ORG, page, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { retryingFetch } from '@/lib/connectors/http/retrying-fetch';
import { jiraCloud } from '@/lib/connectors/vendors/jira/jira';
import { serviceNow } from '@/lib/connectors/vendors/servicenow/servicenow';
import { addMs, DAY_MS, floorToSecond, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { type LinkDependencies, linkChanges, relinkChanges } from '../link-changes';
import { readClaims, readVerdicts } from '../link-claims';
import { askedRate, unlinkedRate } from '../unlinked-rate';
import { claimByItem } from './claim-by-item';
import { rebuildCitations } from './fill-citations';
import { followTickets } from './follow-tickets';
import { sweepTickets } from './sweep-tickets';

/** Changes are made an hour from now, so that what is decided during the test is decided before them. */
const AT = addMs(floorToSecond(new Date()), HOUR_MS);
const MANY = 2_300;

let sandbox: RunningSandbox;
let database: TestDatabase;
let records = 0;

function dependencies(more: Partial<LinkDependencies> = {}): LinkDependencies {
  const { env } = sandbox;
  const fetch = retryingFetch({ wait: async () => {} });
  return {
    db: database.db,
    sources: {
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
      git: null,
    },
    policy: { pipelineClients: new Set(), freezes: [] },
    now: () => new Date(),
    ...more,
  };
}

async function control(path: string, body: object = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.url}/__sandbox/tickets${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

async function opened(body: object = {}): Promise<string> {
  return String((await control('', body)).key);
}

/** Changes that cite the texts, one each; their ids. */
async function change(texts: readonly string[], more: Record<string, unknown> = {}): Promise<string[]> {
  const made = texts.map((text) => {
    records += 1;
    return restRecord(records, {
      eventDate: toIso(AT),
      context: { comment: text },
      propertyChanges: [],
      ...more,
    });
  });
  const parts = { db: database.db, vault: memoryVault(), knowledge: bareKnowledge(ORG), now: new Date() };
  for (let first = 0; first < made.length; first += 500)
    await ingestBatch(parts, [page(made.slice(first, first + 500), { receivedAt: new Date() })]);
  return made.map((one) => one.id);
}

async function linkageOf(ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await database.db.sql.query<{ linkage: string; n: number }>(
    'select linkage, count(*) as n from change where id = any($1) group by 1',
    [ids],
  );
  return Object.fromEntries(rows.map((row) => [row.linkage, row.n]));
}

async function evaluations(ids: readonly string[]): Promise<number> {
  const rows = await database.db.sql.query<{ n: number }>(
    'select count(*) as n from link_evaluation where change_id = any($1)',
    [ids],
  );
  return rows[0]?.n ?? -1;
}

async function followedTo(system: string): Promise<Date | null> {
  const rows = await database.db.sql.query<{ at: Date | null }>(
    'select followed_to as at from ticket_watch where system = $1',
    [system],
  );
  return rows[0]?.at ?? null;
}

beforeAll(async () => {
  sandbox = await startSandbox({ still: true });
  database = await testDatabase();
});

afterAll(async () => {
  await sandbox?.close();
  await database?.drop();
});

describe('tickets that change after the changes which cite them', () => {
  test('R5, X4: a ticket approved later turns exactly the changes that cite it, each with the reason in its history', async () => {
    const jira = await opened();
    const chg = await opened({ system: 'servicenow', to: toIso(addMs(AT, DAY_MS)) });
    const other = await opened();
    const mine = await change([`see ${jira}`, `${chg} and ${jira}`, `under ${chg}`]);
    const others = await change([`see ${other}`, 'nothing at all']);
    expect(await linkChanges(ORG, dependencies())).toMatchObject({ judged: 5, citing: 4, linked: 0 });
    expect(await followTickets(ORG, dependencies())).toMatchObject({ changed: 0, judged: 0, written: 0 });
    await control(`/${jira}/approve`);
    const run = await followTickets(ORG, dependencies());
    expect(run).toMatchObject({ changed: 1, tickets: 1, judged: 2, written: 2, sourcesDown: [] });
    expect(await linkageOf(mine)).toEqual({ linked: 2, mismatch: 1 });
    await control(`/${chg}/approve`);
    expect(await followTickets(ORG, dependencies())).toMatchObject({ changed: 1, judged: 2, written: 2 });
    expect(await linkageOf(mine)).toEqual({ linked: 3 });
    expect(await linkageOf(others)).toEqual({ mismatch: 1, unlinked: 1 });
    expect(await evaluations(others)).toBe(1);
    const [, both = ''] = mine;
    const history = (await readVerdicts(database.db.sql, ORG, [both])).get(both);
    expect(history?.map(({ linkage, cause, ticket }) => ({ linkage, cause, ticket }))).toEqual([
      { linkage: 'mismatch', cause: 'first_look', ticket: null },
      { linkage: 'linked', cause: 'ticket_changed', ticket: jira },
      { linkage: 'linked', cause: 'ticket_changed', ticket: chg },
    ]);
    expect(history?.[1]).toMatchObject({ before: 'mismatch' });
    expect(history?.[1]?.because).toMatch(new RegExp(`^${jira}: approved at .*, not after the change$`));
    // Nothing moved since: what the overlap names again is the same as what is kept.
    expect(await followTickets(ORG, dependencies())).toMatchObject({ changed: 0, judged: 0 });
  });

  test('X4: a ticket that was not there appears, also in a project nobody knew', async () => {
    const ids = await change(['per NWC-91234', 'per CHG9912345', 'as in BRANDNEW-7']);
    await linkChanges(ORG, dependencies());
    expect(await linkageOf(ids)).toEqual({ mismatch: 2, unlinked: 1 });
    await opened({ key: 'NWC-91234', approved: true });
    await opened({ system: 'servicenow', key: 'CHG9912345', approved: true, to: toIso(addMs(AT, DAY_MS)) });
    await opened({ key: 'BRANDNEW-7', approved: true });
    expect(await followTickets(ORG, dependencies())).toMatchObject({ changed: 3, judged: 3, written: 3 });
    expect(await linkageOf(ids)).toEqual({ linked: 3 });
  });

  test('X4: a deleted ticket is told from one that cannot be reached: the verdict stands on what was read, and says so', async () => {
    const key = await opened({ approved: true });
    const chg = await opened({ system: 'servicenow', approved: true, to: toIso(addMs(AT, DAY_MS)) });
    const ids = await change([`see ${key}`, `see ${chg}`]);
    await linkChanges(ORG, dependencies());
    sandbox.faults({ jiraStatus: 503, serviceNowStatus: 503 });
    const down = await sweepTickets(ORG, dependencies());
    expect(down).toMatchObject({ changed: 0, judged: 0, written: 0 });
    expect(down.sourcesDown.map((one) => one.system)).toEqual(['jira', 'servicenow']);
    sandbox.faults({ jiraStatus: 0, serviceNowStatus: 0 });
    await control(`/${key}/delete`);
    await control(`/${chg}/delete`);
    expect(await followTickets(ORG, dependencies())).toMatchObject({ changed: 0 });
    expect(await sweepTickets(ORG, dependencies())).toMatchObject({ changed: 2, judged: 2, written: 2 });
    expect(await linkageOf(ids)).toEqual({ linked: 2 });
    for (const [id, claims] of await readClaims(database.db.sql, ORG, ids)) {
      expect(claims[0]?.reasons.join(' '), id).toMatch(
        /not there any more: deleted, or hidden from our account/,
      );
      expect(claims[0]?.status).toBe('linked');
    }
    expect(await sweepTickets(ORG, dependencies())).toMatchObject({ changed: 0, judged: 0 });
    expect(await linkChanges(ORG, dependencies())).toMatchObject({ written: 0 });
  });

  test('a source that cannot be asked leaves the watermark, and what it missed is asked for once it answers', async () => {
    const key = await opened();
    const ids = await change([`see ${key}`]);
    await linkChanges(ORG, dependencies());
    await followTickets(ORG, dependencies());
    const before = await followedTo('jira');
    await control(`/${key}/approve`);
    sandbox.faults({ jiraStatus: 401 });
    const run = await followTickets(ORG, dependencies());
    sandbox.faults({ jiraStatus: 0 });
    expect(run.sourcesDown).toHaveLength(1);
    expect(await followedTo('jira')).toEqual(before);
    expect(await linkageOf(ids)).toEqual({ mismatch: 1 });
    await followTickets(ORG, dependencies());
    expect(await linkageOf(ids)).toEqual({ linked: 1 });
    expect((await followedTo('jira'))?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
  });

  test('thousands of tickets that nobody cites are looked at by name and touch nothing', async () => {
    const before = await database.db.sql.query('select count(*) as n from link_evaluation');
    await control('/import', { count: 5_000, approved: true });
    const run = await followTickets(ORG, dependencies());
    expect(run.updated).toBeGreaterThanOrEqual(5_000);
    expect(run).toMatchObject({ changed: 0, judged: 0 });
    expect(await database.db.sql.query('select count(*) as n from link_evaluation')).toEqual(before);
  });
});

describe('many changes behind one ticket', () => {
  let ids: string[];
  let key: string;

  beforeAll(async () => {
    key = await opened();
    ids = await change(Array.from({ length: MANY }, () => `see ${key}`));
    await linkChanges(ORG, dependencies());
  });

  test('stopped half-way, the next run goes on from there: every change once, the watermark moves at the end', async () => {
    const written = await evaluations(ids);
    await followTickets(ORG, dependencies());
    const before = await followedTo('jira');
    await control(`/${key}/approve`);
    const stop = new AbortController();
    const first = await followTickets(
      ORG,
      dependencies({ signal: stop.signal, onProgress: () => stop.abort() }),
    );
    expect(first).toMatchObject({ judged: 1_000, stopped: true });
    expect(await linkageOf(ids)).toEqual({ linked: 1_000, mismatch: MANY - 1_000 });
    expect(await followedTo('jira')).toEqual(before);
    // A crash in the middle of a batch takes the batch with it and nothing else.
    let calls = 0;
    const dies = () => {
      calls += 1;
      if (calls > 1) throw new Error('killed');
      return new Date();
    };
    await expect(followTickets(ORG, dependencies({ now: dies }))).rejects.toThrow('killed');
    expect(await linkageOf(ids)).toEqual({ linked: 2_000, mismatch: MANY - 2_000 });
    expect(await followTickets(ORG, dependencies())).toMatchObject({ judged: MANY - 2_000, stopped: false });
    expect(await linkageOf(ids)).toEqual({ linked: MANY });
    expect(await evaluations(ids)).toBe(written + MANY);
  });

  test('the sweep of unlinked changes pages through all of them, says where it is, and stops when asked to', async () => {
    const late = await opened();
    const more = await change(Array.from({ length: 1_700 }, () => `see ${late}`));
    await linkChanges(ORG, dependencies());
    const stop = new AbortController();
    const seen: number[] = [];
    const halfway = await relinkChanges(
      ORG,
      dependencies({
        signal: stop.signal,
        onProgress: ({ judged }) => {
          seen.push(judged);
          if (judged >= 1_000) stop.abort();
        },
      }),
    );
    expect(halfway).toMatchObject({ judged: 1_000, stopped: true });
    expect(seen).toEqual([500, 1_000]);
    await control(`/${late}/approve`);
    const whole = await relinkChanges(ORG, dependencies());
    expect(whole.judged).toBeGreaterThanOrEqual(1_700);
    expect(whole.stopped).toBe(false);
    expect(await linkageOf(more)).toEqual({ linked: 1_700 });
    const history = await readVerdicts(database.db.sql, ORG, more.slice(0, 1));
    expect(history.get(more[0] ?? '')?.at(-1)).toMatchObject({ linkage: 'linked', cause: 'sweep' });
  });

  test('what changes cite can be dropped and written down again, row for row', async () => {
    const all = () =>
      database.db.sql.query(
        'select kind, reference, event_date, change_id, found_by from change_citation order by 1, 2, 3, 4',
      );
    const before = await all();
    expect(before.length).toBeGreaterThan(MANY);
    expect(await rebuildCitations(ORG, dependencies())).toMatchObject({ done: true });
    expect(await all()).toEqual(before);
  });
});

describe('the rate of a past day', () => {
  test('R16, X3: as it stood before a ticket was approved equals what was printed then, to the last digit', async () => {
    const period = { from: toIso(AT), to: toIso(addMs(AT, 1_000)) };
    const key = await opened();
    await change([`see ${key}`, `for ${key}`]);
    await linkChanges(ORG, dependencies());
    const printedAt = new Date();
    const printed = await unlinkedRate(database.db.sql, askedRate(period, printedAt));
    expect(printed.counts.mismatch).toBeGreaterThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await control(`/${key}/approve`);
    await followTickets(ORG, dependencies());
    const now = await unlinkedRate(database.db.sql, askedRate(period, new Date()));
    expect(now.unlinked).toBe(printed.unlinked - 2);
    const stood = await unlinkedRate(
      database.db.sql,
      askedRate({ ...period, asOf: printedAt.toISOString() }, new Date()),
    );
    expect({ ...stood, asOf: null }).toEqual(printed);
  });
});

describe('configuration items', () => {
  test('X4: a change request for the object that is approved later speaks for the change once it moves', async () => {
    const object = { id: 'f0000000-0000-4000-8000-0000000000aa', name: 'Night desk' };
    const [id = ''] = await change([''], { entity: object, context: {} });
    await linkChanges(ORG, dependencies());
    const site = sandbox.state.history.desk.serviceNow;
    const request = site.open({
      summary: 'Work on the night desk',
      startAt: AT.getTime() - HOUR_MS,
      endAt: AT.getTime() + HOUR_MS,
      createdAt: Date.now(),
      approvedAt: null,
      item: object,
    });
    expect(await claimByItem(ORG, dependencies())).toMatchObject({ claimed: 0, down: null });
    await control(`/${request.number}/approve`);
    await followTickets(ORG, dependencies());
    expect(await claimByItem(ORG, dependencies())).toMatchObject({ objects: 1, claimed: 1, linked: 1 });
    const claim = (await readClaims(database.db.sql, ORG, [id])).get(id)?.[0];
    expect(claim).toMatchObject({ status: 'linked', reference: request.number, namesTarget: true });
    // From now on the change is behind that request like one that names it.
    await control(`/${request.number}/delete`);
    await sweepTickets(ORG, dependencies());
    expect((await readClaims(database.db.sql, ORG, [id])).get(id)?.[0]?.reasons.join(' ')).toMatch(
      /not there any more/,
    );
  });

  test('a source that cannot be asked leaves the objects due', async () => {
    const object = { id: 'f0000000-0000-4000-8000-0000000000bb', name: 'Day desk' };
    await change([''], { entity: object, context: {} });
    sandbox.faults({ serviceNowStatus: 503 });
    expect((await claimByItem(ORG, dependencies())).down).not.toBeNull();
    sandbox.faults({ serviceNowStatus: 0 });
    expect(await claimByItem(ORG, dependencies())).toMatchObject({ objects: 1, down: null });
  });
});
