import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordFromEvents } from '@/lib/directory/record-from-events';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { memoryVault } from '../fixtures/memory-vault';
import {
  auditId,
  EMEA_RESTRICTED,
  moveRecord,
  ORG,
  page,
  RAVI,
  restRecord,
  topicRecord,
  US_SALES,
} from '../fixtures/records';
import { NEW_ADDRESS_RULE } from '../model/risk/assess-risk';
import { builtInRule } from '../model/risk/built-in-rules';
import { checkRollups } from '../rebuild-rollups';
import { enrichChanges } from './enrich-changes';
import { ingestBatch } from './ingest-pages';
import { loadKnowledge } from './load-knowledge';
import { bareKnowledge } from './org-knowledge';
import { renormalise } from './renormalise';
import { teachDirectory } from './teach-directory';

const now = new Date('2026-03-02T00:00:00Z');
const range = { from: new Date('2026-02-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
const vault = memoryVault();
let test_: TestDatabase;

beforeAll(async () => {
  test_ = await testDatabase();
});
afterAll(() => test_.drop());

const deps = () => ({ db: test_.db, vault, knowledge: bareKnowledge(ORG), now });
const row = async (n: number) =>
  (
    await test_.db.sql.query<{
      names: Record<string, unknown>;
      names_pending: boolean;
      actor_kind: string;
      risk: number;
      risk_reasons: string[];
      entity_label: string | null;
    }>(
      'select names, names_pending, actor_kind, risk, risk_reasons, entity_label from change where id = $1',
      [auditId(n)],
    )
  )[0];

describe('enriching', () => {
  test('D7: names that arrive later fill in, at the moment of the change, with how they are known', async () => {
    await ingestBatch(deps(), [page([moveRecord(1, { eventDate: '2026-03-01T10:00:00Z' })])]);
    expect(await row(1)).toMatchObject({ names_pending: true, entity_label: null });
    const facts = [
      {
        kind: 'division' as const,
        entityId: US_SALES,
        action: 'created' as const,
        name: 'US Sales',
        at: new Date('2026-01-01T00:00:00Z'),
        changeId: 'a',
      },
      {
        kind: 'division' as const,
        entityId: EMEA_RESTRICTED,
        action: 'created' as const,
        name: 'EMEA Restricted',
        at: new Date('2026-01-01T00:00:00Z'),
        changeId: 'b',
      },
      {
        kind: 'division' as const,
        entityId: EMEA_RESTRICTED,
        action: 'renamed' as const,
        name: 'Renamed later',
        at: new Date('2026-03-01T12:00:00Z'),
        changeId: 'c',
      },
      {
        kind: 'user' as const,
        entityId: RAVI,
        action: 'created' as const,
        name: 'Ravi Agent',
        at: new Date('2026-01-01T00:00:00Z'),
        changeId: 'd',
      },
    ];
    await test_.db.transaction((sql) => recordFromEvents(sql, { orgId: ORG, facts, now }));
    expect(await enrichChanges(test_.db, { orgId: ORG, ...range, now })).toBe(1);
    expect(await row(1)).toMatchObject({
      names_pending: false,
      entity_label: 'Ravi Agent',
      names: { [EMEA_RESTRICTED]: { name: 'EMEA Restricted' }, [US_SALES]: { name: 'US Sales' } },
    });
    expect(await enrichChanges(test_.db, { orgId: ORG, ...range, now, all: true })).toBe(0);
  });

  test('a creation in the records teaches the directory, so that a nameless deletion has its name', async () => {
    const trunk = { entityType: 'Trunk', serviceName: 'Telephony' };
    const id = 'f0000000-0000-4000-8000-00000000000f';
    const ingested = await ingestBatch(deps(), [
      page([
        restRecord(10, {
          ...trunk,
          action: 'Create',
          eventDate: '2026-03-01T08:00:00Z',
          entity: { id, name: 'SBC-Interim' },
        }),
        restRecord(11, {
          ...trunk,
          action: 'Delete',
          eventDate: '2026-03-01T09:00:00Z',
          entity: { id, name: '' },
        }),
      ]),
    ]);
    expect(await teachDirectory(test_.db, { orgId: ORG, fresh: ingested.fresh, now })).toBe(2);
    await enrichChanges(test_.db, { orgId: ORG, ...range, now });
    expect(await row(11)).toMatchObject({ entity_label: 'SBC-Interim' });
  });

  test('an OAuth client learnt later is automation, and the rollups follow', async () => {
    const id = 'f0000000-0000-4000-8000-0000000000cc';
    await ingestBatch(deps(), [
      page([
        restRecord(20, {
          user: { id, name: 'Key' },
          client: { id: 'web' },
          eventDate: '2026-03-01T08:00:00Z',
        }),
      ]),
    ]);
    expect(await row(20)).toMatchObject({ actor_kind: 'person' });
    const facts = [
      {
        kind: 'oauth_client' as const,
        entityId: id,
        action: 'created' as const,
        name: 'Key',
        at: new Date('2026-01-01T00:00:00Z'),
        changeId: 'k',
      },
    ];
    await test_.db.transaction((sql) => recordFromEvents(sql, { orgId: ORG, facts, now }));
    await enrichChanges(test_.db, { orgId: ORG, ...range, now });
    expect(await row(20)).toMatchObject({ actor_kind: 'automation' });
    expect((await loadKnowledge(test_.db.sql, ORG, now)).knownClientIds.has(id)).toBe(true);
    expect(await checkRollups(test_.db, ORG)).toEqual({
      ru_hour: 0,
      ru_day: 0,
      ru_dim: 0,
      ru_actor: 0,
      ru_rate: 0,
    });
  });

  test('an address is new until an earlier record shows it', async () => {
    const from = (n: number, at: string, ip: string) =>
      restRecord(n, { eventDate: at, remoteIp: [ip], user: { id: 'person-x', name: 'X' } });
    await ingestBatch(deps(), [
      page([from(30, '2026-02-10T08:00:00Z', '192.0.2.1'), from(31, '2026-02-11T08:00:00Z', '192.0.2.2')]),
    ]);
    await enrichChanges(test_.db, { orgId: ORG, ...range, now });
    expect((await row(31))?.risk_reasons).toEqual([builtInRule(NEW_ADDRESS_RULE)?.reason]);
    expect((await row(30))?.risk_reasons).toEqual([]);
    await ingestBatch(deps(), [page([from(32, '2026-02-09T08:00:00Z', '192.0.2.2')])]);
    await enrichChanges(test_.db, { orgId: ORG, ...range, now });
    expect((await row(31))?.risk_reasons).toEqual([]);
  });

  test('a grant by the platform is unknown and high risk until a person’s record is found behind it', async () => {
    const role = {
      serviceName: 'PeoplePermissions',
      entityType: 'Role',
      action: 'MemberAdd',
      propertyChanges: [],
      eventDate: '2026-03-01T08:00:00Z',
      initiatingAction: { transactionId: 'txn-9' },
    };
    await ingestBatch(deps(), [
      page([
        restRecord(40, { ...role, level: 'SYSTEM', user: {}, client: { id: '' }, userHomeOrgId: undefined }),
      ]),
    ]);
    expect(await row(40)).toMatchObject({ actor_kind: 'unknown', risk: 3 });
    await ingestBatch(deps(), [
      page([restRecord(41, { ...role, action: 'Update', initiatingAction: { transactionId: 'txn-9' } })]),
    ]);
    await enrichChanges(test_.db, { orgId: ORG, ...range, now });
    expect(await row(40)).toMatchObject({ actor_kind: 'platform', risk: 1 });
  });

  test('every change is what its raw bytes say, also one born by push', async () => {
    await ingestBatch(deps(), [
      page([topicRecord(restRecord(50, { eventDate: '2026-03-01T08:00:00Z' }))], { path: 'push' }),
    ]);
    const ids = (await test_.db.sql.query<{ id: string }>('select id from change')).map((one) => one.id);
    const checks = await renormalise({ db: test_.db, vault }, { orgId: ORG, ids: [...ids, 'none'] });
    expect(checks.filter((one) => one.outcome !== 'same')).toEqual([
      { id: 'none', outcome: 'missing', fields: [] },
    ]);
    await test_.owner.query('alter table change disable trigger facts_stay');
    await test_.owner.query(`update change set action = 'Forged' where id = $1`, [auditId(50)]);
    expect(await renormalise({ db: test_.db, vault }, { orgId: ORG, ids: [auditId(50)] })).toEqual([
      { id: auditId(50), outcome: 'differs', fields: ['action'] },
    ]);
  });
});
