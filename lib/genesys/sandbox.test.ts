import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { addMs, DAY_MS, floorToDay, type Interval } from '@/lib/kernel/instant';
import { DIRECTORY_KINDS } from '@/lib/kernel/words';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { type AuditPage, arrayMemberOf } from './audits/audit-page';
import { type QueryAuditsOptions, queryAudits } from './audits/query-audits';
import { type ChunkOutcome, queryAuditsInChunks } from './audits/query-audits-in-chunks';
import { realtimeAudits } from './audits/realtime-audits';
import { readRealtimeServiceMapping, readServiceMapping } from './audits/service-mapping';
import { checkPermissions } from './check-permissions';
import { connectGenesys, type GenesysClient } from './connect';
import { readListing } from './directory/read-listing';
import { GenesysError } from './model/errors';
import { MAX_CHUNK_MS } from './model/plan-chunks';
import { scanJsonArray } from './model/scan-json-array';
import { readOrganization } from './read-organization';

const ANCHOR = addMs(floorToDay(new Date()), -3 * DAY_MS);
const HISTORY: Interval = { from: addMs(ANCHOR, -91 * DAY_MS), to: ANCHOR };
const MONTH: Interval = { from: addMs(ANCHOR, -30 * DAY_MS), to: ANCHOR };

let sandbox: RunningSandbox;
let client: GenesysClient;
let clock: ReturnType<typeof hurriedClock>;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString() });
}, 60_000);
afterAll(async () => sandbox.close());
afterEach(() => sandbox.faults(NO_FAULTS));

function connectAs(key: keyof typeof CLIENTS): GenesysClient {
  clock = hurriedClock();
  const { id: clientId, secret: clientSecret } = CLIENTS[key];
  return connectGenesys({ gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '', clientId, clientSecret, clock });
}

/** Each record's bytes, in the order they came. */
function records({ bytes, path }: AuditPage): string[] {
  return scanJsonArray(bytes, arrayMemberOf(path)).elements.map(({ offset, length }) =>
    bytes.subarray(offset, offset + length).toString('utf8'),
  );
}

function idOf(record: string): string {
  const value: unknown = JSON.parse(record);
  return value !== null && typeof value === 'object' && 'id' in value && typeof value.id === 'string'
    ? value.id
    : '';
}

async function readMonth(more: Partial<QueryAuditsOptions> = {}) {
  client = connectAs('collector');
  const pages: AuditPage[] = [];
  const result = await queryAudits(client, {
    interval: MONTH,
    onPage: (page) => void pages.push(page),
    ...more,
  });
  return { result, pages, ids: pages.flatMap(records).map(idOf) };
}

/** Ids of everything planted in an interval, by the sandbox's own book. */
function plantedIds({ from, to }: Interval): string[] {
  const ids: string[] = [];
  for (const { record } of sandbox.state.store.all()) {
    const at = Date.parse(record.eventDate);
    if (at >= from.getTime() && at < to.getTime()) ids.push(record.id);
  }
  return ids.sort();
}

const unique = (ids: readonly string[]) => [...new Set(ids)].sort();

describe('the audit log over real HTTP', () => {
  it('I21: reads all 90 days, every record exactly once', async () => {
    client = connectAs('collector');
    const ids: string[] = [];
    const outcomes: ChunkOutcome[] = [];
    await queryAuditsInChunks(client, {
      interval: HISTORY,
      chunkMs: MAX_CHUNK_MS,
      onPage: (page) => void ids.push(...records(page).map(idOf)),
      onChunk: (outcome) => void outcomes.push(outcome),
    });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['read', 'read', 'read', 'read']);
    expect(ids).toHaveLength(sandbox.truth.totals.records);
    expect(unique(ids)).toEqual(plantedIds(HISTORY));
  });

  it.each([
    ['every fourth request refused with 429', { rateLimitEveryN: 4 }],
    ['429 without Retry-After', { rateLimitEveryN: 4, omitRetryAfter: true }],
    ['tokens that die after three requests', { expireTokenAfterRequests: 3 }],
    ['connections reset in the middle of the body', { resetConnectionEveryN: 3 }],
    ['every third request answered 503', { serverErrorEveryN: 3 }],
    ['two pages cut off with status 200', { invalidJsonOnce: 2 }],
    ['an empty page with a cursor', { emptyPageWithCursor: 2 }],
    ['records out of order', { outOfOrder: true }],
    ['fields no contract names', { unknownFields: true }],
    ['a slow platform', { slowMs: 20 }],
  ])('loses nothing and doubles nothing through %s', async (_, faults) => {
    sandbox.faults(faults);
    const { result, ids } = await readMonth();
    expect(result.restarts).toBe(0);
    expect(ids.toSorted()).toEqual(plantedIds(MONTH));
  });

  it('loses nothing when all of it happens at once', async () => {
    sandbox.faults({
      rateLimitEveryN: 7,
      expireTokenAfterRequests: 5,
      resetConnectionEveryN: 11,
      serverErrorEveryN: 13,
      invalidJsonOnce: 1,
    });
    sandbox.faults({
      duplicateRecords: 4,
      outOfOrder: true,
      unknownFields: true,
      cursorExpiresOnce: 1,
      emptyPageWithCursor: 1,
    });
    const { result, ids } = await readMonth({ pageSize: 200 });
    expect(result.restarts).toBe(1);
    expect(unique(ids)).toEqual(plantedIds(MONTH));
  });

  it('delivers records again that the platform gives twice, for the id decides above', async () => {
    sandbox.faults({ duplicateRecords: 3 });
    const { ids } = await readMonth();
    expect(ids.length).toBeGreaterThan(unique(ids).length);
    expect(unique(ids)).toEqual(plantedIds(MONTH));
  });

  it('begins again when the cursor expires, and says so', async () => {
    sandbox.faults({ cursorExpiresOnce: 1 });
    const told: number[] = [];
    const { result, pages } = await readMonth({ onRestart: ({ restart }) => void told.push(restart) });
    expect(told).toEqual([1]);
    expect(result.restarts).toBe(1);
    const again = pages.filter(({ restart }) => restart === 1);
    expect(again.flatMap(records).map(idOf).toSorted()).toEqual(plantedIds(MONTH));
  });

  it.each([
    ['query_failed', { queryFails: 1 }],
    ['query_cancelled', { queryCancelled: 1 }],
  ])('ends as %s, never as an empty answer', async (code, faults) => {
    sandbox.faults(faults);
    const seen: AuditPage[] = [];
    client = connectAs('collector');
    const run = queryAudits(client, {
      interval: MONTH,
      pollForMs: 20_000,
      onPage: (page) => void seen.push(page),
    });
    await expect(run).rejects.toMatchObject({ code });
    expect(seen).toEqual([]);
  });

  it('ends as query_timed_out when the query never ends', async () => {
    // A sandbox of its own: the query goes on blocking the organisation for a while.
    const blocked = await startSandbox({ anchor: ANCHOR.toISOString(), faults: { queryNeverEnds: 1 } });
    try {
      const { id: clientId, secret: clientSecret } = CLIENTS.collector;
      const gatewayUrl = blocked.env.GENESYS_GATEWAY_URL ?? '';
      const other = connectGenesys({ gatewayUrl, clientId, clientSecret, clock: hurriedClock() });
      await expect(queryAudits(other, { interval: MONTH, onPage: () => undefined })).rejects.toMatchObject({
        code: 'query_timed_out',
      });
    } finally {
      await blocked.close();
    }
  });

  it('reads the whole interval in halves after a failure', async () => {
    sandbox.faults({ queryFails: 2 });
    client = connectAs('collector');
    const ids: string[] = [];
    const splits: string[] = [];
    await queryAuditsInChunks(client, {
      interval: MONTH,
      chunkMs: MAX_CHUNK_MS,
      onPage: (page) => void ids.push(...records(page).map(idOf)),
      onChunk: ({ kind }) => expect(kind).toBe('read'),
      onSplit: ({ because }) => void splits.push(because),
    });
    expect(splits).toHaveLength(2);
    expect(ids.toSorted()).toEqual(plantedIds(MONTH));
  });

  it.each([
    ['files, when they are allowed', true, { allowRedirect: true }],
    ['files behind a Location', 'location' as const, { allowRedirect: true }],
    ['files that were not asked for', 'always' as const, {}],
  ])('reads large results as %s', async (_, redirectLarge, options) => {
    sandbox.faults({ redirectLarge });
    const { pages, ids } = await readMonth(options);
    expect(pages.every(({ path, url }) => path === 'file' && !url.includes('signature'))).toBe(true);
    expect(ids.toSorted()).toEqual(plantedIds(MONTH));
  });

  it('hands unreadable records on with their page, and their neighbours unharmed', async () => {
    sandbox.faults({ badRecords: 12 });
    const { pages } = await readMonth();
    const texts = pages.flatMap(records);
    for (const bad of sandbox.truth.badRecords.filter(({ at }) => at >= MONTH.from.getTime()))
      expect(texts).toContain(bad.text);
    for (const id of plantedIds(MONTH)) expect(texts.some((text) => text.includes(id))).toBe(true);
  });

  it('reads realtime audits and both mappings', async () => {
    client = connectAs('collector');
    const all = (await readServiceMapping(client)).services.map(({ name }) => name);
    const some = (await readRealtimeServiceMapping(client)).services.map(({ name }) => name);
    expect(all.length).toBeGreaterThan(some.length);
    const interval = { from: addMs(ANCHOR, -7 * DAY_MS), to: ANCHOR };
    const pages: AuditPage[] = [];
    const onPage = (page: AuditPage) => void pages.push(page);
    await realtimeAudits(client, { interval, serviceName: 'Architect', pageSize: 5, onPage });
    const planted = [...sandbox.state.store.all()].filter(
      ({ record }) =>
        record.serviceName === 'Architect' && Date.parse(record.eventDate) >= interval.from.getTime(),
    );
    expect(unique(pages.flatMap(records).map(idOf))).toEqual(planted.map(({ record }) => record.id).sort());
  });

  it('L22: a client without the audit permission is told which one is missing', async () => {
    sandbox.faults({ missingPermissionForSnapshot: ['audits:audit:view'] });
    const error = await readMonth().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GenesysError);
    expect(error).toMatchObject({ code: 'no_permission', permissions: ['audits:audit:view'] });
  });
});

describe('the directory over real HTTP', () => {
  it('I22: reads every kind whole and ties out to the planted totals', async () => {
    client = connectAs('collector');
    sandbox.state.clock = ANCHOR.getTime();
    try {
      const counts: Record<string, number> = {};
      for (const kind of DIRECTORY_KINDS) {
        const listing = await readListing(client, { kind });
        expect({ kind, outcome: listing.outcome, because: listing.because }).toEqual({
          kind,
          outcome: 'complete',
          because: undefined,
        });
        counts[kind] = listing.items.length;
        expect(JSON.stringify(listing)).not.toContain('sandbox-');
      }
      const { directory } = sandbox.truth;
      expect(directory.users).toMatchObject({ any: counts.user });
      expect(counts.division).toBe(Number(directory.divisions) + Number(directory.divisionsDeleted));
      expect(counts).toMatchObject({
        role: directory.roles,
        grant: directory.grants,
        group: directory.groups,
        queue: directory.queues,
      });
      expect(counts).toMatchObject({
        skill: directory.skills,
        oauth_client: directory.oauthClients,
        data_action: directory.actions,
      });
    } finally {
      sandbox.state.clock = null;
    }
  });

  it('reads users whole through every disturbance of the way', async () => {
    sandbox.faults({ rateLimitEveryN: 3, expireTokenAfterRequests: 4, resetConnectionEveryN: 5 });
    client = connectAs('collector');
    const users = await readListing(client, { kind: 'user' });
    expect(users).toMatchObject({ outcome: 'complete', readCount: users.expectedTotal, duplicates: 0 });
  });

  it('reads the users again when somebody is hired between two pages', async () => {
    sandbox.faults({ totalChangesWhilePaging: 1 });
    client = connectAs('collector');
    const users = await readListing(client, { kind: 'user' });
    expect(users.outcome).toBe('complete');
    expect(users.items).toHaveLength(users.expectedTotal ?? -1);
    sandbox.faults({ totalChangesWhilePaging: 50 });
    const moving = await readListing(client, { kind: 'user' });
    expect(moving.outcome).toBe('partial');
    expect(moving.because).toContain('moved');
  });

  it('says for each kind which permission is missing', async () => {
    sandbox.faults({
      missingPermissionForSnapshot: [
        'routing:queue:view',
        'authorization:divisionDeleted:view',
        'sso:provider:view',
      ],
    });
    client = connectAs('collector');
    expect(await readListing(client, { kind: 'queue' })).toMatchObject({
      outcome: 'not_evaluated',
      permissions: ['routing:queue:view'],
    });
    expect(await readListing(client, { kind: 'division' })).toMatchObject({
      outcome: 'complete',
      permissions: ['authorization:divisionDeleted:view'],
    });
    expect(await readListing(client, { kind: 'setting' })).toMatchObject({
      outcome: 'partial',
      permissions: ['sso:provider:view'],
    });
  });

  it('I22: licences give an independent count, and say when they do not', async () => {
    client = connectAs('collector');
    const licensed = await readListing(client, { kind: 'licensed_user' });
    expect(licensed).toMatchObject({ outcome: 'complete', readCount: licensed.expectedTotal });
    sandbox.faults({ licenseStatus: 404 });
    expect((await readListing(client, { kind: 'licensed_user' })).outcome).toBe('not_evaluated');
  });

  it('knows which organisation it belongs to', async () => {
    expect((await readOrganization(connectAs('collector'))).id).toBe(sandbox.truth.orgId);
  });
});

describe('the doctor over real HTTP', () => {
  it('D33 L22: the collector has what it needs and nothing more', async () => {
    const report = await checkPermissions(connectAs('collector'));
    expect(report.checks.filter(({ state }) => state !== 'connected')).toEqual([]);
    expect(report.licence).toMatchObject({ kind: 'known', value: { tier: 3, sufficient: true } });
    expect(report.excess).toMatchObject({ kind: 'known', value: { beyond: [], writing: [] } });
    expect(report.clockSkewSeconds).toMatchObject({ kind: 'known' });
  });

  it('L22: warns of a client that may do everything', async () => {
    const { excess } = await checkPermissions(connectAs('overPrivileged'));
    expect(excess.kind === 'known' && excess.value.writing.length > 0).toBe(true);
  });

  it('D33: names what the restricted client lacks', async () => {
    const { checks } = await checkPermissions(connectAs('restricted'));
    const missing = checks.filter(({ state }) => state === 'missing_permission');
    expect(missing.length).toBeGreaterThan(0);
    for (const check of missing) expect(check.mend).toContain(check.permissions[0]);
  });
});
