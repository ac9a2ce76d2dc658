import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, type Interval, MINUTE_MS } from '@/lib/kernel/instant';
import { clipToRetention, halveChunk, MAX_CHUNK_MS, MIN_CHUNK_MS, planChunks } from './plan-chunks';

const START = new Date('2026-01-01T00:00:00Z');
const intervals = fc
  .record({
    offset: fc.integer({ min: 0, max: 400 * DAY_MS }),
    length: fc.integer({ min: 1, max: 400 * DAY_MS }),
  })
  .map(({ offset, length }): Interval => ({ from: addMs(START, offset), to: addMs(START, offset + length) }));
const lengthOf = ({ from, to }: Interval) => to.getTime() - from.getTime();

describe('chunks of a long interval', () => {
  it('cover it exactly, oldest first, none longer than 30 days', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: MINUTE_MS, max: 90 * DAY_MS }), (interval, size) => {
        // Keeps the number of pieces small enough for a test.
        const chunks = planChunks(interval, Math.max(size, lengthOf(interval) / 500));
        expect(chunks[0]?.from).toEqual(interval.from);
        expect(chunks.at(-1)?.to).toEqual(interval.to);
        for (const [index, chunk] of chunks.entries()) {
          expect(lengthOf(chunk)).toBeGreaterThan(0);
          expect(lengthOf(chunk)).toBeLessThanOrEqual(MAX_CHUNK_MS);
          if (index > 0) expect(chunk.from).toEqual(chunks[index - 1]?.to);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are of 24 hours for a normal sync', () => {
    expect(planChunks({ from: START, to: addMs(START, 3 * DAY_MS) }).map(lengthOf)).toEqual([
      DAY_MS,
      DAY_MS,
      DAY_MS,
    ]);
  });

  it('are halved until a piece is shorter than two minutes, and then named a gap', () => {
    const lengths: number[] = [];
    let chunk: Interval = { from: START, to: addMs(START, DAY_MS) };
    for (;;) {
      const halved = halveChunk(chunk, 'the query failed');
      if (halved.kind === 'floor') break;
      expect(halved.pieces[0].from).toEqual(chunk.from);
      expect(halved.pieces[0].to).toEqual(halved.pieces[1].from);
      expect(halved.pieces[1].to).toEqual(chunk.to);
      chunk = halved.pieces[0];
      lengths.push(lengthOf(chunk));
    }
    expect(lengths).toHaveLength(10);
    expect(lengthOf(chunk)).toBeGreaterThanOrEqual(MIN_CHUNK_MS);
    expect(lengthOf(chunk)).toBeLessThan(2 * MIN_CHUNK_MS);
  });
});

describe('retention', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  const year = addMs(now, -365 * DAY_MS);

  it('cuts off what is older than 365 days and names it', () => {
    expect(clipToRetention({ from: addMs(year, -HOUR_MS), to: now }, now)).toEqual({
      asked: { from: year, to: now },
      lost: { from: addMs(year, -HOUR_MS), to: year },
    });
    expect(clipToRetention({ from: year, to: now }, now).lost).toBeNull();
    expect(clipToRetention({ from: addMs(year, -DAY_MS), to: year }, now).asked).toBeNull();
  });
});
