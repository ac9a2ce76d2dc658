import { describe, expect, it } from 'vitest';
import type { CoverageDto } from '@/lib/changes/contract';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';
import { needsOf } from './needs';

const run = (state: CollectionRunDto['state'], startedAt: string): CollectionRunDto => ({
  id: startedAt,
  orgId: 'org',
  kind: 'sync',
  state,
  from: startedAt,
  to: startedAt,
  startedAt,
  finishedAt: startedAt,
  chunksTotal: 1,
  chunksDone: 1,
  records: 0,
  newRecords: 0,
  quarantined: 0,
  message: state === 'failed' ? 'cannot ask for audits: 401' : null,
});
const coverage = (gap: number): CoverageDto => ({
  from: '',
  to: '',
  hours: [],
  totals: { pending: 0, provisional: 0, complete: 0, late_complete: 0, gap, not_evaluated: 0 },
  services: [],
  appendOnlyEnforced: true,
  readTo: null,
  completeTo: null,
});
const nothing = { runs: [], coverage: coverage(0), quarantine: [], highRisk: undefined };

describe('what needs the person who looks', () => {
  it('a failed collection needs whoever may start one, with its reason', () => {
    const input = { ...nothing, runs: [run('failed', '2026-11-20T14:00:00Z')] };
    expect(needsOf({ ...input, permissions: ['collections.run'] })[0]).toMatchObject({
      text: '1 collection failed',
      why: 'cannot ask for audits: 401',
    });
    expect(needsOf({ ...input, permissions: ['changes.read'] })).toEqual([]);
  });

  it('a failure that a later run made good needs nobody', () => {
    const runs = [run('done', '2026-11-20T14:05:00Z'), run('failed', '2026-11-20T14:00:00Z')];
    expect(needsOf({ ...nothing, runs, permissions: ['collections.run'] })).toEqual([]);
  });

  it('a gap needs everybody', () => {
    expect(needsOf({ ...nothing, coverage: coverage(2), permissions: [] })[0]?.text).toBe('2 hours missing');
  });

  it('nothing is said about what is not known yet', () => {
    expect(
      needsOf({
        permissions: [],
        runs: undefined,
        coverage: undefined,
        quarantine: undefined,
        highRisk: undefined,
      }),
    ).toEqual([]);
  });

  it('D18: moves that wait for a review need whoever may review them, overdue ones first', () => {
    const moves = {
      total: 9,
      self: 0,
      boundaryCross: 4,
      boundaryNotEvaluated: 0,
      restricted: 0,
      pending: 3,
      overdue: 1,
      unlinked: 0,
      flaggedAddress: 0,
      unaudited: 0,
      flows: [],
      others: 0,
      series: [],
    };
    const needs = needsOf({ ...nothing, moves, permissions: ['moves.review'] });
    expect(needs.map((need) => [need.text, need.query])).toEqual([
      ['1 division move overdue for review', { review: 'overdue' }],
      ['3 division moves awaiting review', { review: 'pending' }],
    ]);
    expect(needsOf({ ...nothing, moves, permissions: ['moves.read'] })).toEqual([]);
  });
});
