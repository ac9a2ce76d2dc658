import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginTo } from './client.test-kit.ts';
import type { Planted } from './history/record.ts';
import { type RunningSandbox, startSandbox } from './start.ts';

const ANCHOR = '2026-03-01T00:00:00.000Z';
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR, still: true, dwellMs: 0, ratePerMinute: 100_000 });
}, 60_000);
afterAll(() => sandbox.close());

function planted(id: string): Planted {
  const found = sandbox.state.store.find(id);
  if (found === null) throw new Error(`no record ${id}`);
  return found;
}

describe('what the truth says about moves and grants', () => {
  it('says of each move what its record says: who, from where, and through which client', () => {
    for (const move of sandbox.truth.moves) {
      const { record } = planted(move.auditId);
      expect(record.client?.id === '' ? null : record.client?.id).toBe(move.viaClientId);
      expect(JSON.stringify(record.propertyChanges)).toContain(move.toDivisionId);
      expect(move.outsideAllowList).toBe(move.clientIp?.startsWith('192.0.2.') ?? false);
    }
  });

  it('counts a move through a client of its own as a self-move', () => {
    const own = sandbox.truth.moves.find((move) => move.selfMove && move.actorId !== move.targetId);
    const client = sandbox.state.world.oauthClients.get(own?.viaClientId ?? '', Date.now());
    expect(client?.createdBy).toBe(own?.targetId);
    expect(sandbox.truth.selfGrants.map((grant) => grant.viaClientId)).toContain(client?.id);
  });

  it('has records that name a division and move nothing', () => {
    const moved = new Set(sandbox.truth.moves.map((move) => move.auditId));
    expect(sandbox.truth.notMoves.map((one) => one.why)).toEqual(['same_division', 'failed', 'created']);
    for (const one of sandbox.truth.notMoves) expect(moved.has(one.auditId)).toBe(false);
  });

  it('moves without a record show only between two answers of the directory', async () => {
    const call = await loginTo(sandbox);
    const paths = { User: '/users', Queue: '/routing/queues', Flow: '/flows' };
    expect(sandbox.truth.unauditedMoves).toHaveLength(3);
    for (const move of sandbox.truth.unauditedMoves) {
      for (const [offset, division] of [
        [-1, move.fromDivisionId],
        [1, move.toDivisionId],
      ] as const) {
        sandbox.state.clock = move.at + offset * 60_000;
        const answer = await call('GET', `${paths[move.targetType]}/${move.targetId}`);
        expect(answer.body.division).toMatchObject({ id: division });
      }
      for (const { record } of sandbox.state.store.all())
        if (record.entity?.id === move.targetId)
          expect(JSON.stringify(record.propertyChanges ?? [])).not.toContain(move.toDivisionId);
    }
    sandbox.state.clock = null;
  });
});

describe('sessions at the edges of the rule', () => {
  it('are planted: over midnight, joined by one record, nested, with outsiders', () => {
    const group = (id: string) => sandbox.truth.groups.find((one) => one.id === id);
    const days = new Set(
      group('burst:midnight')?.auditIds.map((id) => planted(id).record.eventDate.slice(0, 10)),
    );
    expect(days.size).toBe(2);
    const [joined] = sandbox.truth.joinedBursts;
    expect(joined?.before.map((part) => part.length)).toEqual([21, 21]);
    expect(group(joined?.groupId ?? '')?.auditIds).toContain(joined?.bridge);
    const gap = (from: string | undefined, to: string | undefined) =>
      planted(to ?? '').at - planted(from ?? '').at;
    expect(gap(joined?.before[0]?.at(-1), joined?.before[1]?.[0])).toBeGreaterThan(60_000);
    expect(gap(joined?.before[0]?.at(-1), joined?.bridge)).toBeLessThanOrEqual(60_000);
    expect(sandbox.truth.groups.filter((one) => one.parent !== undefined)).toHaveLength(1);
    const outside = sandbox.truth.groups.flatMap((one) => one.outside ?? []);
    const inside = new Set(sandbox.truth.groups.flatMap((one) => one.auditIds));
    expect(outside).toHaveLength(2);
    for (const id of outside) expect(inside.has(id)).toBe(false);
  });

  it('the joining record comes late when told so', async () => {
    const [joined] = sandbox.truth.joinedBursts;
    const at = planted(joined?.bridge ?? '').record.eventDate;
    const interval = `${at}/${new Date(Date.parse(at) + 1_000).toISOString()}`;
    const call = await loginTo(sandbox);
    const found = async () => {
      const started = await call('POST', '/audits/query', { interval });
      return (await call('GET', `/audits/query/${started.body.id}/results`)).text.includes(
        joined?.bridge ?? 'none',
      );
    };
    sandbox.faults({ hideRecords: [joined?.bridge ?? ''] });
    expect(await found()).toBe(false);
    sandbox.faults({ hideRecords: [] });
    expect(await found()).toBe(true);
  });

  it('one cascade is known to the related query alone', async () => {
    const group = sandbox.truth.groups.find((one) => one.kind === 'related');
    const call = await loginTo(sandbox);
    const answer = await call('POST', '/audits/query/realtime/related', { auditId: group?.auditIds[0] });
    const ids = (answer.body.entities as { id: string }[]).map((one) => one.id);
    expect(ids.sort()).toEqual([...(group?.auditIds ?? [])].sort());
    for (const id of ids) expect(planted(id).record.initiatingAction?.transactionId).toBeUndefined();
  });
});

describe('acts', () => {
  it('performs cascades, bulk tasks and series of any size', () => {
    expect(sandbox.act('edge-group-cascade', { count: 120 }).records).toHaveLength(120);
    expect(sandbox.act('bulk', { count: 30 }).records.map((one) => one.actorKind)).toEqual(
      Array.from({ length: 30 }, () => 'automation'),
    );
    expect(sandbox.act('mass-oauth', { count: 4 }).records).toHaveLength(4);
  });

  it('lets people help themselves, by their own hand and through their own client', () => {
    expect(sandbox.act('self-grant').records[0]?.action).toBe('MemberAdd');
    const [through] = sandbox.act('self-grant', { via: 'own-client' }).records;
    const [moved] = sandbox.act('own-client-move').records;
    expect(through?.actorKind).toBe('automation');
    expect(moved?.actorId).toBe(through?.actorId);
    expect(moved?.marks).toContain('self-move');
  });

  it('moves queues and flows, too, and switches the feed off', () => {
    expect(sandbox.act('move', { type: 'queue' }).records[0]?.entityType).toBe('Queue');
    expect(sandbox.act('move', { type: 'flow' }).records[0]?.entityType).toBe('Flow');
    expect(sandbox.act('integration-off', { how: 'delete' }).records[0]?.action).toBe('Delete');
  });
});
