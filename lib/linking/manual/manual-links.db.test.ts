import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeAsViewer } from '@/lib/auth/write-as-viewer';
import { auditId, ORG, restRecord } from '@/lib/changes/fixtures/records';
import type { Ticket } from '@/lib/connectors/model/ticket';
import { WHOLE_ORGANIZATION, type WindowVersion } from '@/lib/directory/model/window/window';
import { calendarOf } from '@/lib/directory/windows/calendar';
import { addMs, DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import {
  AT,
  attach,
  changeRequest,
  DANA_HERSELF,
  decide,
  deskOf,
  OLGA,
  OTTO,
  person,
  plant,
  type Stage,
  silent,
  ticket,
} from '../fixtures/manual-stage';
import { linkChanges, relinkChanges } from '../link-changes';
import { readClaims, readVerdicts } from '../link-claims';
import { appendDecisions } from '../store/manual/link-decisions';
import { askedRate, unlinkedRate } from '../unlinked-rate';
import { viewChangeDecisions } from '../views/change-decisions';

const NOW = addMs(AT, DAY_MS);
const PAPER = {
  kind: 'manual',
  reference: 'Form 12/2026',
  title: 'Emergency form on paper',
  approver: 'Paula Plant',
} as const;
const tickets = new Map<string, Ticket>();
const state = { down: false };
let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await testDatabase();
  stage = {
    database,
    links: (now) => ({
      db: database.db,
      sources: { jira: null, servicenow: deskOf(tickets, state), git: null },
      policy: { pipelineClients: new Set(), freezes: [] },
      now: () => now,
    }),
  };
  tickets.set('CHG0000001', ticket('CHG0000001', addMs(AT, -HOUR_MS)));
  tickets.set('CHG0000002', ticket('CHG0000002', addMs(AT, HOUR_MS)));
  tickets.set('CHG0000003', ticket('CHG0000003', null));
  const cites = (n: number, text: string) =>
    restRecord(n, { propertyChanges: [{ property: 'description', oldValues: [], newValues: [text] }] });
  await plant(database, [
    ...Array.from({ length: 12 }, (_, n) => silent(n + 1)),
    cites(20, 'CHG0000001'),
    cites(21, 'CHG0000003'),
    silent(30, { level: 'SYSTEM' }),
  ]);
  await linkChanges(ORG, stage.links(AT));
});
afterAll(() => database.drop());

const linkageOf = async (n: number) => {
  const [row] = await database.db.sql.query<{ linkage: string; planning: string; reason: string | null }>(
    'select linkage, planning, linkage_reason as reason from change where id = $1',
    [auditId(n)],
  );
  return row;
};
const claimsOf = async (n: number) =>
  (await readClaims(database.db.sql, ORG, [auditId(n)])).get(auditId(n)) ?? [];

describe('a link that a person attaches', () => {
  test('X4: an approved ticket links the change, with who attached it, judged like every other', async () => {
    const made = await decide(stage, {
      n: 1,
      by: OLGA,
      now: NOW,
      input: attach(changeRequest('chg0000001')),
    });
    expect(made.linkage).toBe('linked');
    expect(await linkageOf(1)).toMatchObject({ linkage: 'linked', planning: 'planned_manual' });
    expect(await claimsOf(1)).toMatchObject([
      {
        kind: 'servicenow',
        reference: 'CHG0000001',
        status: 'linked',
        foundBy: 'attached by Olga Officer',
        approvers: ['Cab Chair'],
      },
    ]);
  });

  test('X4: attaching never makes a late or unapproved ticket a link', async () => {
    const late = await decide(stage, {
      n: 2,
      by: OLGA,
      now: NOW,
      input: attach(changeRequest('CHG0000002')),
    });
    expect(late.linkage).toBe('late_approval');
    const never = await decide(stage, {
      n: 3,
      by: OLGA,
      now: NOW,
      input: attach(changeRequest('CHG0000003')),
    });
    expect(never.linkage).toBe('mismatch');
    expect(await linkageOf(3)).toMatchObject({ linkage: 'mismatch', reason: 'never_approved' });
  });

  test('X4: a paper is a claim of its own: status by the times given, less sure, and says that no system confirms it', async () => {
    const before = { ...PAPER, approvedAt: toIso(addMs(AT, -HOUR_MS)) };
    expect((await decide(stage, { n: 4, by: OLGA, now: NOW, input: attach(before) })).linkage).toBe('linked');
    const after = { ...PAPER, approvedAt: toIso(addMs(AT, HOUR_MS)) };
    expect((await decide(stage, { n: 5, by: OLGA, now: NOW, input: attach(after) })).linkage).toBe(
      'late_approval',
    );
    const [claim] = await claimsOf(4);
    expect(claim).toMatchObject({ kind: 'manual', confidence: 0.5, approvers: ['Paula Plant'] });
    expect(claim?.reasons.join()).toContain('no connected system confirms it');
    const future = { ...PAPER, approvedAt: toIso(addMs(NOW, 3 * DAY_MS)) };
    await expect(decide(stage, { n: 6, by: OLGA, now: NOW, input: attach(future) })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  test('what is not there, is there already, or cannot be looked up now is refused with the sentence, and nothing is written', async () => {
    const count = async () => (await database.db.sql.query('select 1 from link_decision')).length;
    const before = await count();
    const tries: readonly (readonly [number, string, RegExp])[] = [
      [6, 'CHG0000099', /is not there/],
      [1, 'CHG0000001', /attached to this change already/],
      [20, 'CHG0000001', /cites it itself/],
    ];
    for (const [n, reference, hint] of tries)
      await expect(
        decide(stage, { n, by: OLGA, now: NOW, input: attach(changeRequest(reference)) }),
      ).rejects.toMatchObject({ code: 'conflict', hint: expect.stringMatching(hint) });
    state.down = true;
    await expect(
      decide(stage, { n: 6, by: OLGA, now: NOW, input: attach(changeRequest('CHG0000001')) }),
    ).rejects.toMatchObject({ hint: expect.stringContaining('cannot be looked up now') });
    state.down = false;
    expect(await count()).toBe(before);
  });

  test('whoever made the change may not decide about it, nor a key; a record that is not accountable has no links', async () => {
    await expect(
      decide(stage, { n: 6, by: DANA_HERSELF, now: NOW, input: attach(changeRequest('CHG0000001')) }),
    ).rejects.toMatchObject({
      code: 'forbidden',
      hint: 'Whoever made a change may not decide what authorised it: ask somebody else.',
    });
    await expect(
      decide(stage, {
        n: 6,
        by: { ...OLGA, kind: 'api_key', id: 'key_1' },
        now: NOW,
        input: attach(changeRequest('CHG0000001')),
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      decide(stage, { n: 30, by: OLGA, now: NOW, input: attach(changeRequest('CHG0000001')) }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an auditor cannot, whatever the code says: the database refuses', async () => {
    const auditor = person('Ada Auditor', 'auditor');
    await expect(
      writeAsViewer(database.db, auditor, NOW, ({ tx }) =>
        appendDecisions(tx.sql, ORG, [
          {
            changeId: auditId(6),
            eventDate: AT,
            decidedAt: NOW,
            what: 'attached',
            kind: 'servicenow',
            reference: 'CHG0000001',
            ofDecision: null,
            batchId: null,
            requestId: null,
            deciderId: auditor.id,
            decider: auditor.name,
            reason: 'because',
            statement: null,
            claim: null,
          },
        ]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  test('a later sweep keeps it, follows the ticket, and an outage leaves it as it was', async () => {
    const later = addMs(NOW, HOUR_MS);
    await decide(stage, { n: 7, by: OLGA, now: NOW, input: attach(changeRequest('CHG0000003')) });
    state.down = true;
    await relinkChanges(ORG, stage.links(later));
    state.down = false;
    expect(await linkageOf(7)).toMatchObject({ linkage: 'mismatch', reason: 'never_approved' });
    tickets.set('CHG0000003', ticket('CHG0000003', addMs(AT, -HOUR_MS)));
    await relinkChanges(ORG, stage.links(addMs(later, HOUR_MS)));
    expect(await linkageOf(7)).toMatchObject({ linkage: 'linked' });
    tickets.set('CHG0000003', ticket('CHG0000003', null));
  });
});

describe('a claim that a person strikes', () => {
  test('X4: it no longer counts, is kept as it stood with who and why, and can be taken back', async () => {
    const input = {
      what: 'strike',
      kind: 'servicenow',
      reference: 'CHG0000001',
      reason: 'another queue',
    } as const;
    const struck = await decide(stage, { n: 20, by: OTTO, now: NOW, input });
    expect(struck.linkage).toBe('unlinked');
    expect(await linkageOf(20)).toMatchObject({ linkage: 'unlinked', planning: 'ad_hoc', reason: 'struck' });
    expect(await claimsOf(20)).toEqual([]);
    const seen = await viewChangeDecisions(OLGA, { id: auditId(20) }, { db: database.db, now: NOW });
    expect(seen.decisions).toMatchObject([
      {
        what: 'struck',
        by: 'Otto Officer',
        reason: 'another queue',
        claim: { status: 'linked' },
        takenBack: null,
      },
    ]);
    await relinkChanges(ORG, stage.links(addMs(NOW, HOUR_MS)));
    expect(await linkageOf(20)).toMatchObject({ linkage: 'unlinked', reason: 'struck' });

    const back = { what: 'take_back', decisionId: struck.id, reason: 'it was the right one' } as const;
    const restored = await decide(stage, { n: 20, by: OLGA, now: addMs(NOW, 2 * HOUR_MS), input: back });
    expect(restored.linkage).toBe('linked');
    await expect(
      decide(stage, { n: 20, by: OLGA, now: addMs(NOW, 3 * HOUR_MS), input: back }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const verdicts = (await readVerdicts(database.db.sql, ORG, [auditId(20)])).get(auditId(20));
    expect(verdicts?.map((one) => one.linkage)).toEqual(['linked', 'unlinked', 'linked']);
  });

  test('an attachment that is taken back leaves the change as it was, and the decision in its history', async () => {
    const made = await decide(stage, {
      n: 8,
      by: OLGA,
      now: NOW,
      input: attach(changeRequest('CHG0000001')),
    });
    const now = addMs(NOW, HOUR_MS);
    const input = { what: 'take_back', decisionId: made.id, reason: 'wrong line' } as const;
    expect((await decide(stage, { n: 8, by: OLGA, now, input })).linkage).toBe('unlinked');
    expect(await claimsOf(8)).toEqual([]);
    const seen = await viewChangeDecisions(OLGA, { id: auditId(8) }, { db: database.db, now });
    expect(seen.decisions[0]?.takenBack).toMatchObject({ by: 'Olga Officer', reason: 'wrong line' });
    await relinkChanges(ORG, stage.links(addMs(now, HOUR_MS)));
    expect(await linkageOf(8)).toMatchObject({ linkage: 'unlinked' });
  });

  test('what is not claimed cannot be struck', async () => {
    const input = { what: 'strike', kind: 'servicenow', reference: 'CHG0000044', reason: 'no such' } as const;
    await expect(decide(stage, { n: 1, by: OLGA, now: NOW, input })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('what stays of it', () => {
  test('X3, R16: the rate as it stood before a decision is what it was; counts now follow it', async () => {
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
    const then = await unlinkedRate(
      database.db.sql,
      askedRate({ ...range, asOf: toIso(addMs(AT, 2 * HOUR_MS)) }, NOW),
    );
    expect(then).toMatchObject({ total: 14, unlinked: 13, counts: { linked: 1 } });
    const now = await unlinkedRate(database.db.sql, askedRate(range, NOW));
    expect(now).toMatchObject({ total: 14, counts: { linked: 6, late_approval: 2 } });
    const [row] = await database.db.sql.query<{ ru: number; rows: number }>(
      `select (select sum(n)::int from ru_day where linkage = 'linked') as ru, (select count(*)::int from change where linkage = 'linked') as rows`,
    );
    expect(row?.ru).toBe(row?.rows);
  });

  test('X15: each decision is in the journal with its reason, and no fact can be changed', async () => {
    const rows = await database.db.sql.query<{ action: string; n: number }>(
      `select action, count(*)::int as n from journal where action like 'link.%' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { action: 'link.attached', n: 7 },
      { action: 'link.decision_taken_back', n: 2 },
      { action: 'link.struck', n: 1 },
    ]);
    for (const sql of [database.db.sql, database.owner])
      await expect(sql.query(`update link_decision set reason = 'other'`)).rejects.toMatchObject({
        code: '42501',
      });
  });
});

test('R19, X4: inside a freeze, what a person attaches links the change and does not make it planned', async () => {
  const freeze: WindowVersion = {
    kind: 'freeze',
    name: 'Closing of the books',
    zone: 'UTC',
    times: { kind: 'once', from: addMs(AT, -HOUR_MS), to: addMs(AT, HOUR_MS) },
    scope: WHOLE_ORGANIZATION,
    approver: null,
    ticket: null,
    orgId: ORG,
    windowId: 'cwn_1',
    versionId: 'cwv_1',
    source: 'typed',
    sourceKey: null,
    url: null,
    withdrawn: false,
    effectiveFrom: addMs(AT, -DAY_MS),
    decidedAt: addMs(AT, -DAY_MS),
    decidedBy: 'Olga Officer',
    reason: 'every quarter',
  };
  const frozen: Stage = {
    ...stage,
    links: (now) => ({ ...stage.links(now), calendar: calendarOf([freeze]) }),
  };
  await decide(frozen, { n: 12, by: OLGA, now: NOW, input: attach(changeRequest('CHG0000001')) });
  expect(await linkageOf(12)).toMatchObject({ linkage: 'linked', planning: 'ad_hoc' });
});
