import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { Concern } from './model/concern';
import { noteAlert, noteIncident, noteProposed, noteSessionsByKey } from './note-finding';
import { raiseFindings } from './raise-findings';
import { findingById, findingsOfMove, findingsToAnswer, findingsToRoute } from './read-findings';

const ORG = 'a0000000-0000-4000-8000-000000000001';
const NOW = new Date('2026-11-28T10:02:07.120Z');

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

function concern(n: number, more: Partial<Concern> = {}): Concern {
  return {
    key: `self-move/${n}`,
    rule: 'self-move',
    severity: 'critical',
    subject: { type: 'User', id: `user-${n}`, name: 'Luis Ortega' },
    sentence: 'Luis Ortega moved themselves from US Sales to EMEA Restricted',
    reasons: ['the moved person is the one who acted'],
    occurredAt: new Date('2026-11-28T10:02:01Z'),
    receivedAt: new Date('2026-11-28T10:02:05Z'),
    actor: { kind: 'person', id: `user-${n}`, name: 'Luis Ortega' },
    changeIds: [`change-${n}`],
    moveId: `mov_${n}`,
    sessionId: null,
    divisionIds: ['div-a', 'div-b'],
    responses: [{ kind: 'deactivate_user', target: { type: 'user', id: `user-${n}`, name: 'Luis Ortega' } }],
    tell: ['officer'],
    unmutable: false,
    ...more,
  };
}

function raise(concerns: readonly Concern[]) {
  return testing.db.transaction((sql) =>
    raiseFindings(sql, { orgId: ORG, concerns, ruleSha256Of: () => 'ab'.repeat(32), now: NOW }),
  );
}

describe('a finding', () => {
  test('is kept once by its key and read as it was found', async () => {
    const [first, ...others] = await raise([concern(1), concern(1, { sentence: 'again' })]);
    expect(others).toEqual([]);
    expect(await raise([concern(1, { severity: 'low' })])).toEqual([]);
    const { id, ...kept } = (await findingById(testing.db.sql, first?.id ?? '')) ?? { id: null };
    expect(id).toMatch(/^fnd_/);
    expect(kept).toEqual({
      ...concern(1),
      orgId: ORG,
      foundAt: NOW,
      ruleSha256: 'ab'.repeat(32),
      alertId: null,
      incident: null,
    });
    expect((await findingsOfMove(testing.db.sql, ORG, 'mov_1')).map((one) => one.id)).toEqual([id]);
  });

  test('two detections at the same instant keep one', async () => {
    const raised = await Promise.all(Array.from({ length: 8 }, () => raise([concern(2)])));
    expect(raised.flat()).toHaveLength(1);
  });

  test('is a fact: only what is known later may be written, once', async () => {
    const [finding] = await raise([concern(3)]);
    const id = finding?.id ?? '';
    await noteAlert(testing.db.sql, 'alr_1', [id]);
    await noteAlert(testing.db.sql, 'alr_2', [id]);
    expect(await noteIncident(testing.db.sql, { alertId: 'alr_1', number: 'INC0010001', url: null })).toBe(1);
    expect(await noteIncident(testing.db.sql, { alertId: 'alr_1', number: 'INC0010002', url: null })).toBe(0);
    for (const sessionId of ['ssn_1', 'ssn_0'])
      await noteSessionsByKey(testing.db.sql, { orgId: ORG, concerns: [concern(3, { sessionId })] });
    expect(await findingById(testing.db.sql, id)).toMatchObject({
      alertId: 'alr_1',
      incident: { number: 'INC0010001', url: null },
      sessionId: 'ssn_0',
    });
    for (const statement of [
      `update finding set sentence = 'nothing happened' where id = '${id}'`,
      `update finding set alert_id = 'alr_9' where id = '${id}'`,
      `delete from finding where id = '${id}'`,
    ]) {
      await expect(testing.db.sql.query(statement), statement).rejects.toThrow();
      await expect(testing.owner.query(statement), statement).rejects.toThrow();
    }
  });

  test('stays on the work lists until it is routed and answered', async () => {
    const [finding] = await raise([concern(4)]);
    const id = finding?.id ?? '';
    const lists = () =>
      testing.db.transaction(async (sql) => ({
        route: (await findingsToRoute(sql, { orgId: ORG, limit: 100 })).map((one) => one.id),
        answer: (await findingsToAnswer(sql, { orgId: ORG, limit: 100 })).map((one) => one.id),
      }));
    const before = await lists();
    expect(before.route).toContain(id);
    expect(before.answer).toContain(id);
    await noteAlert(testing.db.sql, 'alr_4', [id]);
    await noteProposed(testing.db.sql, NOW, [id]);
    const after = await lists();
    expect(after.route).not.toContain(id);
    expect(after.answer).not.toContain(id);
  });
});
