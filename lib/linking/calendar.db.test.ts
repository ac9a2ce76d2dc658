import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { auditId, ORG, page, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import type { Ticket } from '@/lib/connectors/model/ticket';
import type { TicketSource } from '@/lib/connectors/ticket-source';
import { WHOLE_ORGANIZATION, type WindowDefinition } from '@/lib/directory/model/window/window';
import { loadReadings } from '@/lib/directory/store/calendar-readings';
import { applySource, noteUnreadable, type SourceWindow } from '@/lib/directory/windows/apply-source';
import { calendarAt } from '@/lib/directory/windows/calendar-at';
import { addWindow, changeWindow, withdrawWindow } from '@/lib/directory/windows/change-window';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { sha256 } from '@/lib/kernel/hash';
import { known } from '@/lib/kernel/outcome';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { type LinkDependencies, linkChanges } from './link-changes';
import { readClaims } from './link-claims';
import { relinkForCalendar } from './relink-calendar';

const TRUNK = 'e0000000-0000-4000-8000-0000000000aa';
const NOW = new Date('2026-03-02T00:00:00Z');
let database: TestDatabase;

/** A change of the trunk that cites nothing. */
const trunk = (n: number, at: string) =>
  restRecord(n, {
    eventDate: at,
    serviceName: 'Telephony',
    entityType: 'Trunk',
    entity: { id: TRUNK, name: 'SBC 1' },
    propertyChanges: [],
  });
const ticketed = (n: number, at: string) =>
  restRecord(n, {
    eventDate: at,
    propertyChanges: [{ property: 'description', oldValues: [''], newValues: ['CHG0031001'] }],
  });

const TICKET: Ticket = {
  system: 'servicenow',
  key: 'CHG0031001',
  title: 'Queues',
  type: 'normal',
  emergency: false,
  createdAt: new Date('2026-02-01T00:00:00Z'),
  firstStatus: 'New',
  statusSteps: [],
  decisions: [{ at: new Date('2026-02-02T00:00:00Z'), verdict: 'approved', by: 'Priya', basis: 'sys_audit' }],
  window: null,
  objects: [],
  otherIds: [],
  url: 'https://servicenow.example.test/CHG0031001',
};
const servicenow: TicketSource = {
  system: 'servicenow',
  findTickets: async (keys) =>
    new Map(
      keys.map((key) => [
        key,
        known(key === TICKET.key ? { ticket: TICKET, rawSha256: sha256(Buffer.from(key)) } : null),
      ]),
    ),
  knowsProject: async () => known(false),
  async *updatedSince() {},
  findByItem: async (objects) => new Map(objects.map((object) => [object.id, known([])])),
  check: async () => {},
};

async function dependencies(at = NOW): Promise<LinkDependencies> {
  return {
    db: database.db,
    sources: { jira: null, servicenow, git: null },
    policy: { pipelineClients: new Set(), freezes: [] },
    calendar: await calendarAt(database.db.sql, ORG),
    now: () => at,
  };
}

async function verdictOf(n: number) {
  const rows = await database.db.sql.query<{ linkage: string; planning: string }>(
    'select linkage, planning from change where id = $1',
    [auditId(n)],
  );
  return rows[0];
}

const once = (from: string, to: string, more: Partial<WindowDefinition> = {}): WindowDefinition => ({
  kind: 'window',
  name: 'Trunk work',
  zone: 'UTC',
  times: { kind: 'once', from: new Date(from), to: new Date(to) },
  scope: { ...WHOLE_ORGANIZATION, objects: [TRUNK.toUpperCase()] },
  approver: 'Priya Nair',
  ticket: null,
  ...more,
});
const by = (at: string | Date) => ({ actor: SYSTEM_ACTOR, now: new Date(at) });
const typeIn = (definition: WindowDefinition, at: string) =>
  database.db.transaction((sql) => addWindow(sql, { orgId: ORG, definition, reason: 'as agreed' }, by(at)));
const fromPolicy = (windows: readonly SourceWindow[], at: Date | string = NOW) =>
  database.db.transaction((sql) =>
    applySource(sql, { orgId: ORG, source: 'policy', windows, reason: 'as the policy says' }, by(at)),
  );
const source = (definition: WindowDefinition, since: string | null = null): SourceWindow => ({
  ...definition,
  sourceKey: definition.name,
  url: null,
  since: since === null ? null : new Date(since),
});

beforeAll(async () => {
  database = await testDatabase();
  const records = [
    trunk(1, '2026-03-01T10:00:00Z'),
    trunk(2, '2026-03-01T13:59:59Z'),
    trunk(3, '2026-03-01T14:00:00Z'),
    trunk(4, '2026-03-01T09:59:59Z'),
    trunk(5, '2026-01-10T10:00:00Z'),
    ticketed(6, '2026-03-01T12:00:00Z'),
    ticketed(7, '2026-03-01T16:00:00Z'),
    restRecord(8, { eventDate: '2026-03-01T11:00:00Z' }),
  ];
  await ingestBatch({ db: database.db, vault: memoryVault(), knowledge: bareKnowledge(ORG), now: NOW }, [
    page(records),
  ]);
});
afterAll(() => database.drop());

describe('changes held against the calendar', () => {
  test('without a calendar what cites nothing is never looked at, and stays unlinked', async () => {
    const { calendar: _, ...bare } = await dependencies();
    await linkChanges(ORG, bare);
    expect(await verdictOf(1)).toEqual({ linkage: 'unlinked', planning: 'ad_hoc' });
    expect(await verdictOf(6)).toEqual({ linkage: 'linked', planning: 'planned_manual' });
  });

  test('X4: an approved window that names the object is a claim: start inclusive, end exclusive, far away none', async () => {
    await fromPolicy([source(once('2026-03-01T10:00:00Z', '2026-03-01T14:00:00Z'))]);
    await relinkForCalendar(ORG, await dependencies());
    expect(await verdictOf(1)).toEqual({ linkage: 'linked', planning: 'planned_manual' });
    expect((await verdictOf(2))?.linkage).toBe('linked');
    expect((await verdictOf(3))?.linkage).toBe('outside_window');
    expect((await verdictOf(4))?.linkage).toBe('outside_window');
    expect((await verdictOf(5))?.linkage).toBe('unlinked');
    expect((await verdictOf(8))?.linkage).toBe('unlinked');
    const claims = (await readClaims(database.db.sql, ORG, [auditId(1)])).get(auditId(1));
    expect(claims).toMatchObject([
      {
        kind: 'window',
        title: 'Trunk work',
        status: 'linked',
        approvers: ['Priya Nair'],
        window: { from: '2026-03-01T10:00:00Z', to: '2026-03-01T14:00:00Z' },
        namesTarget: true,
        foundBy: 'change window that names the object',
        confidence: 0.7,
      },
    ]);
  });

  test('nothing new in the calendar: nothing is judged again, and applying the policy again writes nothing', async () => {
    expect(await relinkForCalendar(ORG, await dependencies())).toBeNull();
    const before = (await calendarAt(database.db.sql, ORG)).versions.length;
    const same = source(once('2026-03-01T10:00:00Z', '2026-03-01T14:00:00Z'));
    expect(await fromPolicy([same])).toMatchObject({ set: 0, withdrawn: 0 });
    expect((await calendarAt(database.db.sql, ORG)).versions).toHaveLength(before);
  });

  test('a window typed in afterwards is a late approval, whatever time it says', async () => {
    await fromPolicy([], '2026-03-02T01:00:00Z');
    const typed = await typeIn(
      once('2026-01-10T09:00:00Z', '2026-01-10T11:00:00Z', { name: 'Typed in later' }),
      '2026-03-02T02:00:00Z',
    );
    await relinkForCalendar(ORG, await dependencies(new Date('2026-03-02T03:00:00Z')));
    expect(await verdictOf(5)).toEqual({ linkage: 'late_approval', planning: 'ad_hoc' });
    // What the policy no longer says from 2 March on was in force on 1 March.
    expect((await verdictOf(1))?.linkage).toBe('linked');
    await database.db.transaction((sql) =>
      withdrawWindow(
        sql,
        { windowId: typed.windowId, orgIds: [ORG], reason: 'typed in by mistake' },
        by('2026-03-02T04:00:00Z'),
      ),
    );
    await expect(
      database.db.transaction((sql) =>
        changeWindow(
          sql,
          {
            windowId: typed.windowId,
            orgIds: [ORG],
            definition: once('2026-01-10T09:00:00Z', '2026-01-10T11:00:00Z'),
            reason: 'again',
          },
          by('2026-03-02T05:00:00Z'),
        ),
      ),
    ).rejects.toMatchObject({ code: 'window_withdrawn' });
    await expect(
      database.db.transaction((sql) =>
        withdrawWindow(
          sql,
          { windowId: typed.windowId, orgIds: ['a0000000-0000-4000-8000-000000000009'], reason: 'not mine' },
          by(NOW),
        ),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a window without an approver authorises nothing', async () => {
    await fromPolicy(
      [
        source(
          once('2026-01-10T09:00:00Z', '2026-01-10T11:00:00Z', { name: 'Nobody’s', approver: null }),
          '2026-01-01T00:00:00Z',
        ),
      ],
      '2026-03-02T05:00:00Z',
    );
    await relinkForCalendar(ORG, await dependencies(new Date('2026-03-02T05:30:00Z')));
    expect((await verdictOf(5))?.linkage).not.toBe('linked');
  });

  test('R19, R20: inside a freeze a linked change is ad-hoc; the freeze taken back before it, it is planned again', async () => {
    const freeze = once('2026-03-01T12:00:00Z', '2026-03-01T16:00:00Z', {
      kind: 'freeze',
      name: 'Freeze',
      scope: { ...WHOLE_ORGANIZATION, entityTypes: ['Queue'] },
    });
    await fromPolicy([source(freeze, '2026-02-01T00:00:00Z')], '2026-03-02T06:00:00Z');
    await relinkForCalendar(ORG, await dependencies(new Date('2026-03-02T06:30:00Z')));
    expect(await verdictOf(6)).toEqual({ linkage: 'linked', planning: 'ad_hoc' });
    expect(await verdictOf(7)).toEqual({ linkage: 'linked', planning: 'planned_manual' });
    // The trunk is no queue: the freeze is not about it.
    expect((await verdictOf(1))?.planning).toBe('planned_manual');
    const moved = {
      ...freeze,
      times: {
        kind: 'once' as const,
        from: new Date('2026-03-01T16:00:00Z'),
        to: new Date('2026-03-01T17:00:00Z'),
      },
    };
    await fromPolicy([source(moved, '2026-02-02T00:00:00Z')], '2026-03-02T07:00:00Z');
    await relinkForCalendar(ORG, await dependencies(new Date('2026-03-02T07:30:00Z')));
    expect((await verdictOf(6))?.planning).toBe('planned_manual');
    expect((await verdictOf(7))?.planning).toBe('ad_hoc');
  });

  test('X3: the calendar as it was known at an instant is what it was then', async () => {
    const early = await calendarAt(database.db.sql, ORG, new Date('2026-03-02T00:30:00Z'));
    const range = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') };
    expect(early.occurrencesIn(range).map((one) => one.window.name)).toEqual(['Trunk work']);
    const now = await calendarAt(database.db.sql, ORG);
    expect(now.occurrencesIn(range).map((one) => one.window.name)).toEqual(['Trunk work', 'Freeze']);
  });

  test('what a source cannot be asked for stays as it was, and since when is kept; what it says cannot be changed here', async () => {
    const before = (await calendarAt(database.db.sql, ORG)).versions.length;
    await database.db.transaction((sql) =>
      noteUnreadable(sql, {
        orgId: ORG,
        source: 'servicenow',
        because: 'it answers 503',
        now: new Date('2026-03-02T08:00:00Z'),
      }),
    );
    await database.db.transaction((sql) =>
      noteUnreadable(sql, {
        orgId: ORG,
        source: 'servicenow',
        because: 'it answers 503',
        now: new Date('2026-03-02T09:00:00Z'),
      }),
    );
    const reading = (await loadReadings(database.db.sql, [ORG])).find((one) => one.source === 'servicenow');
    expect(reading).toMatchObject({
      failedSince: new Date('2026-03-02T08:00:00Z'),
      firstReadAt: null,
      because: 'it answers 503',
    });
    const { versions } = await calendarAt(database.db.sql, ORG);
    expect(versions).toHaveLength(before);
    const imported = versions.find((one) => one.source === 'policy');
    await expect(
      database.db.transaction((sql) =>
        withdrawWindow(
          sql,
          { windowId: imported?.windowId ?? '', orgIds: [ORG], reason: 'away with it' },
          by(NOW),
        ),
      ),
    ).rejects.toMatchObject({ code: 'window_read_only' });
  });

  test('every act on the calendar is journaled, and its versions cannot be altered', async () => {
    const acts = await database.db.sql.query<{ action: string }>(
      `select distinct action from journal where object_type = 'change_window' order by 1`,
    );
    expect(acts.map((row) => row.action)).toEqual([
      'change_window.added',
      'change_window.withdrawn',
      'change_windows.applied',
    ]);
    await expect(database.db.sql.query('delete from window_version')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(database.owner.query('delete from window_version')).rejects.toMatchObject({ code: '42501' });
  });
});
