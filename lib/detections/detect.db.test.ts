import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyLinkage } from '@/lib/changes/apply-linkage';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import {
  auditId,
  DANA,
  moveRecord,
  ORG,
  page,
  RAVI,
  type RestRecord,
  restRecord,
} from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { recordMoves } from '@/lib/divisions/record-moves';
import { findingsOfChanges } from '@/lib/findings/read-findings';
import { markBypasses } from '@/lib/linking/mark-bypasses';
import { putDeclared } from '@/lib/linking/store/declared/declared-objects';
import { groupChanges } from '@/lib/sessions/group-changes';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { detect } from './detect';

const PIPELINE = 'f1000000-0000-4000-8000-000000000001';
const OWN = 'f1000000-0000-4000-8000-000000000002';
const NOW = new Date('2026-03-01T15:00:00Z');
const byClient = (id: string) => ({ user: { id: '' }, client: { id, name: 'Client' } });

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

function ingest(records: readonly RestRecord[]) {
  const deps = { db: testing.db, vault: memoryVault(), knowledge: bareKnowledge(ORG) };
  return ingestBatch(deps, [page(records, { receivedAt: NOW })]);
}

/** The steps of the pipeline that detections stand on, and what they found. */
async function pass() {
  const { db } = testing;
  await groupChanges(db, { orgId: ORG, now: NOW });
  await recordMoves(db, { orgId: ORG, policy: {}, now: NOW });
  await markBypasses(db, { orgId: ORG, pipelineClients: new Set([PIPELINE]) });
  return detect(db, { orgId: ORG, now: NOW, ownClientIds: new Set([OWN]) });
}

const of = (change: number) => findingsOfChanges(testing.db.sql, ORG, [auditId(change)]);

describe('a change past the pipeline', () => {
  test('R18: by hand, on an object that the pipeline changed last, is found for the compliance officer', async () => {
    const queue = { id: 'e0000000-0000-4000-8000-0000000000aa', name: 'Payments' };
    await ingest([
      restRecord(1, { ...byClient(PIPELINE), entity: queue, eventDate: '2026-03-01T14:00:00Z' }),
      restRecord(2, { entity: queue, eventDate: '2026-03-01T14:10:00Z', propertyChanges: [] }),
      restRecord(3, { ...byClient(PIPELINE), entity: queue, eventDate: '2026-03-01T14:20:00Z' }),
    ]);
    const { found } = await pass();
    expect(found.filter((finding) => finding.rule === 'pipeline-bypass')).toMatchObject([
      { changeIds: [auditId(2)], severity: 'high', tell: ['officer'], actor: { id: DANA } },
    ]);
  });

  test('R18: approved by hand after all, it is marked no more; what was found stays found', async () => {
    await testing.db.transaction((sql) =>
      applyLinkage(sql, {
        orgId: ORG,
        verdicts: [
          {
            changeId: auditId(2),
            eventDate: new Date('2026-03-01T14:10:00Z'),
            linkage: 'linked',
            planning: 'planned_manual',
            reason: null,
            decidedAt: NOW,
          },
        ],
      }),
    );
    expect((await pass()).found).toEqual([]);
    const [row] = await testing.db.sql.query('select bypass from change where id = $1', [auditId(2)]);
    expect(row).toEqual({ bypass: false });
    expect(await of(2)).toHaveLength(1);
  });
});

describe('a change of what a repository declares', () => {
  const declared = { id: 'e0000000-0000-4000-8000-0000000000bb', name: 'Chargebacks' };
  const at = (minute: string) => `2026-03-01T12:${minute}:00Z`;

  test('R18, R19: by hand it is found though no pipeline ever changed it, by an unknown client too; before it was declared, by the pipeline, or of another object it is not', async () => {
    const blank = {
      entityTypes: ['Queue'],
      resourceType: 'genesyscloud_routing_queue',
      untilHash: null,
      untilAt: null,
    };
    const row = {
      ...blank,
      path: 'queues.tf',
      label: 'chargebacks',
      names: ['Chargebacks'],
      ids: [],
      sinceHash: 'a'.repeat(40),
      sinceAt: new Date(at('10')),
    };
    await testing.db.transaction((sql) =>
      putDeclared(sql, { orgId: ORG, repository: 'cx-as-code', rows: [row] }),
    );
    const stranger = 'f1000000-0000-4000-8000-000000000009';
    const other = { id: 'e0000000-0000-4000-8000-0000000000cc', name: 'Refunds' };
    await ingest([
      restRecord(30, { propertyChanges: [], entity: declared, eventDate: at('05') }),
      restRecord(31, { propertyChanges: [], entity: declared, eventDate: at('10') }),
      restRecord(32, { ...byClient(stranger), propertyChanges: [], entity: declared, eventDate: at('20') }),
      restRecord(33, { propertyChanges: [], entity: other, eventDate: at('30') }),
      restRecord(34, { ...byClient(PIPELINE), propertyChanges: [], entity: declared, eventDate: at('40') }),
    ]);
    const { found } = await pass();
    const bypasses = found.filter((finding) => finding.rule === 'pipeline-bypass');
    expect(bypasses.flatMap((finding) => finding.changeIds).sort()).toEqual(
      [auditId(31), auditId(32)].sort(),
    );
    for (const finding of bypasses) expect(finding.tell).toEqual(['officer']);
  });
});

describe('what is found', () => {
  test('D28: a self-move is critical and found once, however often its hour is judged', async () => {
    await ingest([
      moveRecord(20, { user: { id: RAVI, name: 'Ravi Agent' }, eventDate: '2026-03-01T13:00:00Z' }),
    ]);
    const { found } = await pass();
    expect(found.map((finding) => finding.rule).sort()).toEqual(['division-move', 'self-move']);
    expect(await pass()).toEqual({ hours: 0, found: [] });
    await testing.db.sql.query(
      `insert into change_due (consumer, org_id, hour) select 'detections', $1, '2026-03-01T13:00:00Z'`,
      [ORG],
    );
    expect(await pass()).toEqual({ hours: 1, found: [] });
  });

  test('leaves out what our own client did; it stays in the changes', async () => {
    await ingest([moveRecord(30, { ...byClient(OWN), eventDate: '2026-03-01T12:00:00Z' })]);
    expect((await pass()).found).toEqual([]);
    expect(await testing.db.sql.query('select id from change where id = $1', [auditId(30)])).toHaveLength(1);
  });

  test('waits for the hour’s moves to be recorded: none is missed by a detection that runs ahead', async () => {
    await ingest([moveRecord(40, { eventDate: '2026-03-01T11:00:00Z' })]);
    expect(await detect(testing.db, { orgId: ORG, now: NOW, ownClientIds: new Set() })).toEqual({
      hours: 0,
      found: [],
    });
    expect((await pass()).found.map((finding) => finding.rule)).toContain('division-move');
  });

  test('X14: a role given to oneself is found, one given to another is not', async () => {
    const role = 'f0000000-0000-4000-8000-00000000000f';
    const grant = (n: number, member: string) =>
      restRecord(n, {
        serviceName: 'PeoplePermissions',
        entityType: 'Role',
        action: 'MemberAdd',
        entity: { id: role, name: `${member}--${role}--${ORG}` },
        propertyChanges: [],
        eventDate: '2026-03-01T10:00:00Z',
      });
    await ingest([grant(50, DANA), grant(51, RAVI)]);
    await pass();
    expect((await of(50)).map((finding) => finding.rule)).toEqual(['self-grant']);
    expect((await of(51)).map((finding) => finding.rule)).not.toContain('self-grant');
  });

  test('D26: the moves of one cascade all stand in its session', async () => {
    const edges = Array.from({ length: 40 }, (_, n) =>
      moveRecord(100 + n, {
        serviceName: 'Telephony',
        entityType: 'Trunk',
        entity: { id: `e1000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name: `Trunk ${n}` },
        eventDate: `2026-03-01T09:00:${String(n).padStart(2, '0')}Z`,
        initiatingAction: { transactionId: 'b1f7c9d2-1c9e-4a57-a6a2-33f0c9f2f1aa' },
        transactionInitiator: n === 0,
      }),
    );
    await ingest(edges);
    const { found } = await pass();
    const sessions = new Set(found.map((finding) => finding.sessionId));
    expect(found.length).toBe(40);
    expect([...sessions]).toEqual([`ssn_${auditId(100)}`]);
  });

  test('many keys to the API within an hour are one finding per actor and day', async () => {
    const keys = Array.from({ length: 6 }, (_, n) =>
      restRecord(60 + n, {
        serviceName: 'PeoplePermissions',
        entityType: 'OAuthClient',
        action: 'Create',
        entity: { id: `e2000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name: `Key ${n}` },
        propertyChanges: [],
        eventDate: `2026-03-01T08:${String(n * 5).padStart(2, '0')}:00Z`,
      }),
    );
    await ingest(keys);
    const { found } = await pass();
    expect(found.filter((finding) => finding.rule === 'mass-oauth')).toMatchObject([
      { sentence: 'Dana Admin made 4 OAuth clients within an hour' },
    ]);
  });
});
