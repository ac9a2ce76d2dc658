import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import {
  occurrencesAnswerSchema,
  windowHistorySchema,
  windowPreviewAnswerSchema,
  windowsAnswerSchema,
} from '../contract/windows';
import { WHOLE_ORGANIZATION } from '../model/window/window';
import { addWindow, changeWindow } from '../windows/change-window';
import { viewOccurrences, viewWindow, viewWindowPreview, viewWindows } from './windows';

const ORG = 'a0000000-0000-4000-8000-000000000001';
const NOW = new Date('2026-11-30T12:00:00Z');
let testing: TestDatabase;
let id: string;

const viewer = (more: Partial<Viewer> = {}): Viewer => ({
  kind: 'person',
  id: 'usr_officer',
  name: 'Olga Officer',
  role: 'officer',
  orgIds: [ORG],
  ...more,
});
const definition = (start: string) => ({
  kind: 'window' as const,
  name: 'Night',
  zone: 'Europe/Berlin',
  times: {
    kind: 'recurring' as const,
    start: `2026-11-30T${start}`,
    minutes: 120,
    rule: 'rrule:freq=daily',
    except: [],
  },
  scope: WHOLE_ORGANIZATION,
  approver: 'Priya Nair',
  ticket: null,
});

beforeAll(async () => {
  testing = await testDatabase();
  const by = (at: string) => ({ actor: SYSTEM_ACTOR, now: new Date(at) });
  const added = await testing.db.transaction((sql) =>
    addWindow(
      sql,
      { orgId: ORG, definition: definition('22:00'), reason: 'as agreed' },
      by('2026-11-29T00:00:00Z'),
    ),
  );
  id = added.windowId;
  await testing.db.transaction((sql) =>
    changeWindow(
      sql,
      { windowId: id, orgIds: [ORG], definition: definition('23:00'), reason: 'an hour later' },
      by('2026-11-30T00:00:00Z'),
    ),
  );
});
afterAll(() => testing.drop());

test('the list shows what holds now, with its next openings; the history every version', async () => {
  const world = { db: testing.db, now: NOW };
  const list = windowsAnswerSchema.parse(await viewWindows(viewer(), {}, world));
  expect(list.items).toMatchObject([
    { id, when: 'Every day, 23:00 to 01:00 Europe/Berlin', versions: 2, readOnly: false, openNow: false },
  ]);
  expect(list.items[0]?.next[0]).toEqual({ from: '2026-11-30T22:00:00Z', to: '2026-12-01T00:00:00Z' });
  const { history } = windowHistorySchema.parse(await viewWindow(viewer(), { id }, world));
  expect(history.map((one) => one.reason)).toEqual(['an hour later', 'as agreed']);
});

test('a viewer of another organisation sees none of it', async () => {
  const stranger = viewer({ orgIds: ['a0000000-0000-4000-8000-000000000009'] });
  const world = { db: testing.db, now: NOW };
  expect((await viewWindows(stranger, { org: [ORG] }, world)).items).toEqual([]);
  await expect(viewWindow(stranger, { id }, world)).rejects.toMatchObject({ code: 'not_found' });
  const range = { from: '2026-11-30T00:00:00Z', to: '2026-12-02T00:00:00Z', org: [ORG] };
  expect((await viewOccurrences(stranger, range, world)).items).toEqual([]);
});

test('X3: occurrences as the calendar is known now, and as it was known then', async () => {
  const world = { db: testing.db, now: NOW };
  const range = { from: '2026-11-30T00:00:00Z', to: '2026-12-01T12:00:00Z' };
  const now = occurrencesAnswerSchema.parse(await viewOccurrences(viewer(), range, world));
  expect(now.items.map((one) => one.from)).toEqual(['2026-11-30T22:00:00Z']);
  const then = await viewOccurrences(viewer(), { ...range, asOf: '2026-11-29T12:00:00Z' }, world);
  expect(then.items.map((one) => one.from)).toEqual(['2026-11-30T21:00:00Z']);
});

test('a preview says the next ten openings on both clocks, and refuses what cannot be kept', async () => {
  const world = { db: testing.db, now: NOW };
  const times = { kind: 'recurring' as const, start: '2026-11-30T02:30', minutes: 60, rule: 'FREQ=DAILY' };
  const preview = windowPreviewAnswerSchema.parse(
    await viewWindowPreview(viewer(), { zone: 'Europe/Berlin', times }, world),
  );
  expect(preview.next).toHaveLength(10);
  expect(preview.next[0]).toEqual({
    from: '2026-12-01T01:30:00Z',
    to: '2026-12-01T02:30:00Z',
    localFrom: '2026-12-01T02:30',
    localTo: '2026-12-01T03:30',
  });
  expect(preview.skipped).toEqual(['2027-03-28T02:30']);
  for (const rule of ['FREQ=SECONDLY', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'])
    await expect(
      viewWindowPreview(viewer(), { zone: 'UTC', times: { ...times, rule } }, world),
    ).rejects.toMatchObject({ code: 'window_rule_wrong', status: 400 });
  await expect(viewWindowPreview(viewer(), { zone: '+02:00', times }, world)).rejects.toMatchObject({
    code: 'window_wrong',
  });
});
