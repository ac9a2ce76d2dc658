import { describe, expect, it } from 'vitest';
import type { ResponseDto } from '@/lib/alerts/contract/responses';
import { alertNeeds } from './alert-needs';

const now = Date.parse('2026-11-28T10:00:00Z');
const response = (id: string, expiresAt: string): ResponseDto => ({
  id,
  orgId: 'org',
  findingId: 'fnd_1',
  alertId: null,
  moveId: null,
  rule: 'self-move',
  severity: 'critical',
  mode: 'ask',
  kind: 'deactivate_user',
  sentence: `Deactivate ${id}`,
  target: { type: 'user', id: 'u', name: 'Luis Ortega' },
  state: 'waiting',
  because: null,
  proposedAt: '2026-11-28T09:30:00Z',
  requestedBy: 'Policy',
  expiresAt,
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  finishedAt: null,
  undoneBy: null,
  undoOf: null,
});
const nothing = {
  waiting: { items: [], nextCursor: null },
  critical: { items: [], nextCursor: null },
  deadDeliveries: 0,
  mayDecide: true,
  now,
};

describe('what waits because something was found', () => {
  it('nothing found, nothing waits', () => {
    expect(alertNeeds(nothing)).toEqual([]);
  });

  it('an approval shows its clock and leads to itself; of several the first to expire', () => {
    const one = { items: [response('rsp_1', '2026-11-28T10:12:40Z')], nextCursor: null };
    expect(alertNeeds({ ...nothing, waiting: one })[0]).toMatchObject({
      text: '1 approval waits',
      why: 'Deactivate rsp_1 · 00:12:40 left',
      path: '/responses/rsp_1',
    });
    const two = { items: [response('rsp_1', '2026-11-28T11:00:00Z'), ...one.items], nextCursor: null };
    expect(alertNeeds({ ...nothing, waiting: two })[0]).toMatchObject({
      text: '2 approvals wait',
      path: '/responses',
    });
    expect(alertNeeds({ ...nothing, waiting: two })[0]?.why).toContain('00:12:40');
  });

  it('who may not decide is not asked to', () => {
    const one = { items: [response('rsp_1', '2026-11-28T10:12:40Z')], nextCursor: null };
    expect(alertNeeds({ ...nothing, waiting: one, mayDecide: false })).toEqual([]);
  });

  it('a message that reached nobody needs somebody', () => {
    expect(alertNeeds({ ...nothing, deadDeliveries: 2 })[0]?.text).toBe('2 messages reached nobody');
  });
});
