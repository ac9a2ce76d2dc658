import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSnapshot, judge, nextSeq, type ReadPair, SNAPSHOT_OUTCOMES } from './diff-snapshot';
import type { EntityState } from './version';

const TAKEN_AT = new Date('2026-11-20T02:00:00Z');
const EARLIER = new Date('2026-11-19T02:00:00Z');
const LATER = new Date('2026-11-20T02:00:01Z');

function pair(
  read: readonly [EntityState, number] | null,
  known: readonly [EntityState, number, Date] | null,
): ReadPair {
  return {
    entityId: 'd1',
    read: read && { state: read[0], contentSha256: Buffer.from([read[1]]) },
    known: known && { state: known[0], contentSha256: Buffer.from([known[1]]), validFrom: known[2], seq: 0 },
  };
}

describe('what a snapshot says about one entity', () => {
  it.each([
    { name: 'never seen before is added', read: ['present', 1], known: null, verdict: 'added' },
    {
      name: 'the same content costs nothing',
      read: ['present', 1],
      known: ['present', 1, EARLIER],
      verdict: 'unchanged',
    },
    {
      name: 'other content is a change',
      read: ['present', 2],
      known: ['present', 1, EARLIER],
      verdict: 'changed',
    },
    {
      name: 'absent from a complete snapshot is removed',
      read: null,
      known: ['present', 1, EARLIER],
      verdict: 'removed',
    },
    {
      name: 'absent and gone already costs nothing',
      read: null,
      known: ['deleted', 1, EARLIER],
      verdict: 'unchanged',
    },
    {
      name: 'listed as deleted is removed',
      read: ['deleted', 2],
      known: ['present', 1, EARLIER],
      verdict: 'removed',
    },
    {
      name: 'first seen as deleted neither comes nor goes',
      read: ['deleted', 1],
      known: null,
      verdict: 'changed',
    },
    { name: 'restored is added', read: ['present', 1], known: ['deleted', 2, EARLIER], verdict: 'added' },
    {
      name: 'what an event taught later stands',
      read: ['present', 1],
      known: ['present', 2, LATER],
      verdict: 'newer',
    },
    {
      name: 'what an event taught later is not removed',
      read: null,
      known: ['present', 2, LATER],
      verdict: 'newer',
    },
  ] as const)('$name', ({ read, known, verdict }) => {
    expect(judge(pair(read, known), { takenAt: TAKEN_AT, outcome: 'complete' })).toBe(verdict);
  });

  it('I25: versions of one instant are counted up', () => {
    expect(nextSeq(null, TAKEN_AT)).toBe(0);
    expect(nextSeq({ validFrom: EARLIER, seq: 3 }, TAKEN_AT)).toBe(0);
    expect(nextSeq({ validFrom: TAKEN_AT, seq: 3 }, TAKEN_AT)).toBe(4);
  });
});

const state = fc.constantFrom<EntityState>('present', 'deleted');
const someRead = fc.option(fc.tuple(state, fc.integer({ min: 0, max: 3 })), { nil: null });
const someKnown = fc.option(
  fc.tuple(state, fc.integer({ min: 0, max: 3 }), fc.constantFrom(EARLIER, LATER)),
  { nil: null },
);
const pairs = fc
  .array(fc.tuple(someRead, someKnown))
  .map((list) => list.map(([read, known]) => pair(read, known)));

describe('what snapshots can never do', () => {
  it('a snapshot that is not complete closes nothing that it did not see', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom(...SNAPSHOT_OUTCOMES.filter((o) => o !== 'complete')),
        (list, outcome) => {
          const begun = diffSnapshot(list, { takenAt: TAKEN_AT, outcome });
          expect(begun.filter(({ pair: one }) => one.read === null)).toEqual([]);
        },
      ),
    );
  });

  it('present after = present before + added - removed', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const frame = { takenAt: TAKEN_AT, outcome: 'complete' } as const;
        const verdicts = list.map((one) => judge(one, frame));
        const before = list.filter((one) => one.known?.state === 'present').length;
        const after = list.filter((one, index) =>
          verdicts[index] === 'newer' || verdicts[index] === 'unchanged'
            ? one.known?.state === 'present'
            : one.read?.state === 'present',
        ).length;
        const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
        expect(after).toBe(before + count('added') - count('removed'));
      }),
    );
  });

  it('taking the same snapshot again begins nothing', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const frame = { takenAt: TAKEN_AT, outcome: 'complete' } as const;
        const again = diffSnapshot(list, frame).map(
          ({ pair: one }): ReadPair => ({
            ...one,
            known: {
              state: one.read?.state ?? 'deleted',
              contentSha256: one.read?.contentSha256 ?? Buffer.from('gone'),
              validFrom: TAKEN_AT,
              seq: 0,
            },
          }),
        );
        expect(diffSnapshot(again, frame)).toEqual([]);
      }),
    );
  });
});
