import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf, type Viewer } from '@/lib/auth/viewer';
import { auditId, ORG, restRecord } from '@/lib/changes/fixtures/records';
import { checkRollups } from '@/lib/changes/rebuild-rollups';
import { addMs, DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { ExcuseProposal } from '../contract/excuses';
import { AT, OLGA, OTTO, person, plant, read, silent } from '../fixtures/manual-stage';
import { type LinkDependencies, linkChanges } from '../link-changes';
import { readVerdicts } from '../link-claims';
import { askedRate, unlinkedRate } from '../unlinked-rate';
import { viewExcusePreview, viewExcuseRules } from '../views/excuses';
import { decideExcuse, proposeExcuse } from './decide-excuse';
import { excuseChanges } from './excuse-changes';

const NOW = addMs(AT, 2 * DAY_MS);
const RANGE = { from: '2026-03-01T00:00:00Z', to: '2026-03-10T00:00:00Z' };
let database: TestDatabase;

const links = (now: Date): LinkDependencies => ({
  db: database.db,
  sources: { jira: null, servicenow: null, git: null },
  policy: { pipelineClients: new Set(), freezes: [] },
  now: () => now,
});
const proposal = (more: Partial<ExcuseProposal> = {}): ExcuseProposal => ({
  orgId: ORG,
  title: 'Queue names',
  matcher: { service: 'ContactCenter', entityType: 'Queue', property: 'name' },
  from: '2026-03-01T00:00:00Z',
  expiresAt: '2026-03-20T00:00:00Z',
  withHighRisk: false,
  reason: 'names are set by the planners',
  ...more,
});
const propose = (given: ExcuseProposal, by: Viewer, now = NOW) =>
  database.db.transaction((sql) =>
    proposeExcuse(sql, { orgIds: [ORG], proposal: given, preview: null }, { actor: actorOf(by), now }),
  );
const say = (id: string, input: Parameters<typeof decideExcuse>[1]['input'], by: Viewer, now = NOW) =>
  database.db.transaction((sql) =>
    decideExcuse(sql, { orgIds: [ORG], id, input }, { actor: actorOf(by), now }),
  );
const rateOf = (now = NOW, asOf?: Date) =>
  unlinkedRate(
    database.db.sql,
    askedRate({ ...RANGE, ...(asOf === undefined ? {} : { asOf: toIso(asOf) }) }, now),
  );
const rules = async (now = NOW) => (await viewExcuseRules(OLGA, {}, { db: database.db, now })).items;
const linkageOf = async (n: number) =>
  (
    await database.db.sql.query<{ linkage: string; accountable: boolean; reason: string | null }>(
      'select linkage, accountable, excluded_reason as reason from change where id = $1',
      [auditId(n)],
    )
  )[0];

beforeAll(async () => {
  database = await testDatabase();
  await plant(database, [
    ...Array.from({ length: 6 }, (_, n) => silent(n + 1)),
    restRecord(10),
    // Deleting a trunk is of high risk whatever else it is.
    silent(11, {
      serviceName: 'Telephony',
      entityType: 'Trunk',
      action: 'Delete',
      entity: { id: 'e0000000-0000-4000-8000-000000000077', name: 'SBC' },
    }),
  ]);
  await linkChanges(ORG, links(addMs(AT, HOUR_MS)));
});
afterAll(() => database.drop());

describe('a rule by which changes need no authorisation', () => {
  let id = '';

  test('the preview says how many it would excuse and how the rate would move, and changes nothing', async () => {
    const { title: _t, reason: _r, ...input } = proposal();
    const seen = await viewExcusePreview(OLGA, input, { db: database.db, now: NOW });
    expect(seen.days[0]).toMatchObject({
      days: 30,
      excused: 6,
      before: { unlinked: 8, total: 8, rate: 1 },
      after: { unlinked: 2, total: 2, rate: 1 },
    });
    expect(seen).toMatchObject({ inPeriod: 6, tooRisky: 0 });
    expect(await rateOf()).toMatchObject({ total: 8 });
    const trunks = { ...input, matcher: { service: 'Telephony' } };
    expect(await viewExcusePreview(OLGA, trunks, { db: database.db, now: NOW })).toMatchObject({
      inPeriod: 0,
      tooRisky: 1,
    });
  });

  test('terms that no rule may have are refused', async () => {
    await expect(propose(proposal({ expiresAt: '2027-06-01T00:00:00Z' }), OLGA)).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(propose(proposal({ from: '2026-03-21T00:00:00Z' }), OLGA)).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(propose(proposal(), { ...OLGA, kind: 'api_key', id: 'key_1' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('proposed it excuses nothing; who proposed it does not approve it; approved by another it excuses what fits', async () => {
    id = (await propose(proposal(), OLGA)).id;
    expect((await rules())[0]).toMatchObject({
      state: 'proposed',
      excused: 0,
      mayApprove: { allowed: false },
    });
    await excuseChanges(ORG, links(NOW));
    expect(await rateOf()).toMatchObject({ total: 8, excluded: { excused: 0 } });
    await expect(say(id, { what: 'approve', reason: 'fine by me' }, OLGA)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await say(id, { what: 'approve', reason: 'agreed' }, OTTO);
    expect(await excuseChanges(ORG, links(NOW))).toMatchObject({ judged: 6 });
    expect((await rules())[0]).toMatchObject({ state: 'active', excused: 6 });
  });

  test('X3, R16: excused changes leave both numbers, are counted apart, and the rate as it stood before is what it was', async () => {
    expect(await rateOf()).toMatchObject({ total: 2, unlinked: 2, excluded: { excused: 6 } });
    expect(await rateOf(NOW, addMs(AT, 2 * HOUR_MS))).toMatchObject({ total: 8, excluded: { excused: 0 } });
    expect(await linkageOf(1)).toEqual({ linkage: 'not_applicable', accountable: false, reason: 'excused' });
    expect(await linkageOf(10)).toMatchObject({ linkage: 'unlinked', accountable: true });
    const verdicts = (await readVerdicts(database.db.sql, ORG, [auditId(1)])).get(auditId(1));
    expect(verdicts?.at(-1)).toMatchObject({ linkage: 'not_applicable', reason: 'excused' });
    expect(Object.values(await checkRollups(database.db, ORG)).every((n) => n === 0)).toBe(true);
  });

  test('what comes later is excused while the rule holds, and judged again after it expired; what was inside stays', async () => {
    const later = addMs(AT, 5 * DAY_MS);
    const after = new Date('2026-03-21T00:00:00Z');
    await read(
      database,
      [silent(20, { eventDate: toIso(later) }), silent(21, { eventDate: '2026-03-20T00:00:00Z' })],
      after,
    );
    await excuseChanges(ORG, links(addMs(later, HOUR_MS)));
    expect(await linkageOf(20)).toMatchObject({ linkage: 'not_applicable', reason: 'excused' });
    expect(await linkageOf(21)).toMatchObject({ linkage: 'unlinked', accountable: true });
    expect((await rules(after)).find((one) => one.id === id)).toMatchObject({ state: 'expired', excused: 7 });
    await excuseChanges(ORG, links(after));
    expect(await linkageOf(1)).toMatchObject({ reason: 'excused' });
  });

  test('high risk is excused by a rule alone that says so', async () => {
    const trunks = proposal({ title: 'Trunks', matcher: { service: 'Telephony' } });
    const plain = await propose(trunks, OLGA);
    await say(plain.id, { what: 'approve', reason: 'agreed' }, OTTO);
    await excuseChanges(ORG, links(NOW));
    expect(await linkageOf(11)).toMatchObject({ linkage: 'unlinked', accountable: true });
    const bold = await propose({ ...trunks, withHighRisk: true, replaces: plain.id }, OLGA);
    await say(bold.id, { what: 'approve', reason: 'the migration weekend' }, OTTO);
    await excuseChanges(ORG, links(NOW));
    expect(await linkageOf(11)).toMatchObject({ linkage: 'not_applicable', reason: 'excused' });
    expect((await rules()).find((one) => one.id === plain.id)).toMatchObject({ state: 'withdrawn' });
  });

  test('withdrawn it keeps what was inside, or has it all judged again, as asked; the rollups agree with the rows', async () => {
    const now = addMs(AT, 6 * DAY_MS);
    await say(id, { what: 'withdraw', reason: 'the planners left', inside: 'judge_again' }, OLGA, now);
    expect(await excuseChanges(ORG, links(now))).toMatchObject({ judged: 7 });
    expect(await linkageOf(1)).toMatchObject({ linkage: 'unlinked', accountable: true, reason: null });
    expect((await rules(now)).find((one) => one.id === id)).toMatchObject({ state: 'withdrawn', excused: 0 });
    expect(await rateOf(now)).toMatchObject({ excluded: { excused: 1 } });
    await expect(
      say(id, { what: 'withdraw', reason: 'again', inside: 'keep' }, OLGA, now),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(Object.values(await checkRollups(database.db, ORG)).every((n) => n === 0)).toBe(true);
  });

  test('X15: each word is in the journal and cannot be changed', async () => {
    const rows = await database.db.sql.query<{ action: string }>(
      `select distinct action from journal where action like 'excuse_rule.%' and action <> 'excuse_rule.previewed' order by 1`,
    );
    expect(rows.map((row) => row.action)).toEqual([
      'excuse_rule.approved',
      'excuse_rule.proposed',
      'excuse_rule.withdrawn',
    ]);
    await expect(database.owner.query('delete from excuse_decision')).rejects.toMatchObject({
      code: '42501',
    });
    const auditor = person('Ada Auditor', 'auditor');
    expect((await viewExcuseRules(auditor, {}, { db: database.db, now: NOW })).items).toHaveLength(3);
  });
});
