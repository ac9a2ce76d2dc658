import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { writeAsViewer } from '@/lib/auth/write-as-viewer';
import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import { NOW, ORG, type RoutingStage, routingStage } from '../fixtures/routing-stage';
import { viewInbox } from '../views/inbox';
import { type InboxMark, markInbox } from './mark-inbox';
import { putInInbox } from './put-in-inbox';

let stage: RoutingStage;
beforeAll(async () => {
  stage = await routingStage();
  for (const n of [1, 2, 3])
    await putInInbox(
      stage.testing.db.sql,
      {
        key: `alert/alr_${n}/1`,
        orgId: ORG,
        alertId: `alr_${n}`,
        at: addMs(NOW, n * MINUTE_MS),
        severity: 'high',
        title: `Alert ${n}`,
        purpose: 'alert',
        path: `/alerts/alr_${n}`,
      },
      { roles: ['officer', 'auditor'], users: ['usr_officer', 'usr_admin'] },
    );
});
afterAll(() => stage.testing.drop());

const look = (viewer: Viewer, query: Parameters<typeof viewInbox>[1] = {}) =>
  viewInbox(viewer, query, { db: stage.testing.db });
const mark = (viewer: Viewer, what: InboxMark) =>
  writeAsViewer(
    stage.testing.db,
    viewer,
    NOW,
    ({ tx, by }) => markInbox(tx.sql, what, { ...by, userId: viewer.id }),
    { own: true },
  );

describe('the inbox', () => {
  test('holds each item once per person, by whichever way they are named, newest first', async () => {
    const { items, unread } = await look(stage.viewer('officer'));
    expect(items.map((item) => item.title)).toEqual(['Alert 3', 'Alert 2', 'Alert 1']);
    expect(unread).toBe(3);
    expect((await look(stage.viewer('admin'))).unread).toBe(3);
    expect((await look(stage.viewer('operator'))).items).toEqual([]);
  });

  test('comes a page at a time', async () => {
    const first = await look(stage.viewer('officer'), { limit: 2 });
    const rest = await look(stage.viewer('officer'), { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map((item) => item.title)).toEqual([
      'Alert 3',
      'Alert 2',
      'Alert 1',
    ]);
    expect(rest.nextCursor).toBeNull();
  });

  test('is marked by its owner alone, auditors too, and that is journaled', async () => {
    const auditor = stage.viewer('auditor');
    const theirs = (await look(stage.viewer('officer'))).items.map((item) => item.id);
    expect(await mark(auditor, { ids: theirs, read: true })).toBe(0);
    expect((await look(stage.viewer('officer'))).unread).toBe(3);
    const own = (await look(auditor)).items.map((item) => item.id);
    expect(await mark(auditor, { ids: own.slice(0, 1), read: true })).toBe(1);
    expect(await mark(auditor, { ids: own.slice(0, 1), read: false })).toBe(1);
    expect(await mark(auditor, { allBefore: addMs(NOW, 2 * MINUTE_MS).toISOString() })).toBe(2);
    expect((await look(auditor, { unread: 'true' })).items.map((item) => item.title)).toEqual(['Alert 3']);
    const journal = await stage.testing.owner.query(`select 1 from journal where action = 'inbox.marked'`);
    expect(journal.length).toBe(4);
  });

  test('of others is out of sight of a viewer, whatever they ask', async () => {
    expect((await look({ ...stage.viewer('officer'), orgIds: [] })).items).toEqual([]);
    const key: Viewer = { kind: 'api_key', id: 'key_1', name: 'Key', role: 'admin', orgIds: [ORG] };
    expect((await look(key)).items).toEqual([]);
  });
});
