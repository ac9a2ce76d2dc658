import { describe, expect, it } from 'vitest';
import { foldEvents, type KnownVersion, type TaughtFact } from './fold-events';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 12, hour));
const fact = (
  hour: number,
  action: TaughtFact['action'],
  name: string | null,
  more: Partial<TaughtFact> = {},
): TaughtFact => ({
  kind: 'queue',
  entityId: 'q1',
  action,
  name,
  at: at(hour),
  changeId: `c${hour}${action}`,
  ...more,
});
const snapshot: KnownVersion = {
  kind: 'queue',
  entityId: 'q1',
  validFrom: at(2),
  seq: 0,
  state: 'present',
  name: 'Billing',
  divisionId: 'd1',
  parentId: null,
  provenance: 'snapshot',
  snapshotId: 'snp_1',
  changeId: null,
  toldBy: null,
  content: {
    divisionId: 'd1',
    item: { id: 'q1', name: 'Billing', acw: 30 },
    name: 'Billing',
    parentId: null,
    state: 'present',
  },
};
const told = (facts: readonly TaughtFact[], known: readonly KnownVersion[] = []) =>
  foldEvents(facts, known).map((v) => [v.validFrom.getUTCHours(), v.seq, v.state, v.name]);

describe('what records teach between snapshots', () => {
  it('R26: creation and deletion give a life with a name', () => {
    expect(told([fact(9, 'created', 'Pop-up'), fact(17, 'deleted', null)])).toEqual([
      [9, 0, 'present', 'Pop-up'],
      [17, 0, 'deleted', 'Pop-up'],
    ]);
  });

  it('facts in any order give the same life', () => {
    const facts = [fact(9, 'created', 'A'), fact(10, 'renamed', 'B'), fact(17, 'deleted', null)];
    expect(told([...facts].reverse())).toEqual(told(facts));
  });

  it('a rename keeps division and details, so that the next snapshot finds nothing new', () => {
    const [version] = foldEvents([fact(9, 'renamed', 'Billing EU')], [snapshot]);
    expect(version?.content).toEqual({
      ...snapshot.content,
      name: 'Billing EU',
      item: { id: 'q1', name: 'Billing EU', acw: 30 },
    });
  });

  it('the same name, a second deletion and a replayed record teach nothing', () => {
    expect(told([fact(9, 'renamed', 'Billing')], [snapshot])).toEqual([]);
    expect(told([fact(9, 'deleted', null), fact(10, 'deleted', null)], [snapshot])).toHaveLength(1);
    const taught = foldEvents([fact(9, 'renamed', 'B')], [snapshot]);
    expect(told([fact(9, 'renamed', 'B')], [snapshot, ...taught])).toEqual([]);
  });

  it('two records of one second keep their order', () => {
    const facts = [fact(9, 'created', 'A', { changeId: 'c1' }), fact(9, 'renamed', 'B', { changeId: 'c2' })];
    expect(told(facts)).toEqual([
      [9, 0, 'present', 'A'],
      [9, 1, 'present', 'B'],
    ]);
  });
});
