import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256Hex } from '@/lib/kernel/hash';
import { addMs, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { coverageState, type HourReading } from './coverage-state';
import { chainReading, idsDigest, type Reading } from './reading-digest';

const HOUR = new Date('2026-03-01T10:00:00Z');
const END = addMs(HOUR, HOUR_MS);
const hours = (n: number) => n * HOUR_MS;
const reading = (after: number, more: Partial<HourReading> = {}): HourReading => ({
  runId: `run${after}`,
  askedFrom: HOUR,
  askedTo: END,
  begunAt: addMs(END, after),
  outcome: 'answered',
  because: null,
  returned: 3,
  new: 3,
  quarantined: 0,
  lost: 0,
  idsDigest: 'abc',
  ...more,
});

describe('the state of an hour', () => {
  test.each<[string, HourReading[], string, string | null, { twoPathsAgree?: boolean }]>([
    ['not asked is pending', [], 'pending', null, {}],
    ['read too soon is pending', [reading(30 * MINUTE_MS)], 'pending', null, {}],
    ['read once after it settled is provisional', [reading(66 * MINUTE_MS)], 'provisional', null, {}],
    [
      'two readings that agree, 20 hours apart, make it complete',
      [reading(hours(2)), reading(hours(22), { new: 0 })],
      'complete',
      'two_readings',
      {},
    ],
    [
      'two readings that agree too close do not',
      [reading(hours(2)), reading(hours(21), { new: 0 })],
      'provisional',
      null,
      {},
    ],
    [
      'two readings that differ do not',
      [reading(hours(2)), reading(hours(23), { idsDigest: 'other', new: 1 })],
      'provisional',
      null,
      {},
    ],
    [
      'one reading begun 48 hours later is enough, yet late when it is the first',
      [reading(hours(48))],
      'late_complete',
      'one_reading',
      {},
    ],
    [
      'read soon and again after 48 hours is complete',
      [reading(hours(2)), reading(hours(49), { idsDigest: 'other' })],
      'complete',
      'one_reading',
      {},
    ],
    [
      'two paths that agree make it complete',
      [reading(hours(2))],
      'complete',
      'two_paths',
      { twoPathsAgree: true },
    ],
    [
      'grown after it was complete is said',
      [reading(hours(2)), reading(hours(23)), reading(hours(60), { new: 1, idsDigest: 'more' })],
      'late_complete',
      'two_readings',
      {},
    ],
    [
      'refused and then answered, though too soon to be sure, is pending',
      [reading(10 * MINUTE_MS, { outcome: 'failed', because: 'down' }), reading(20 * MINUTE_MS)],
      'pending',
      null,
      {},
    ],
    [
      'answered too soon and then refused is a gap',
      [reading(10 * MINUTE_MS), reading(20 * MINUTE_MS, { outcome: 'failed', because: 'down' })],
      'gap',
      null,
      {},
    ],
    [
      'asked and not answered is a gap',
      [reading(hours(2), { outcome: 'failed', because: 'down' })],
      'gap',
      null,
      {},
    ],
    [
      'an answer after a failure counts',
      [reading(hours(2), { outcome: 'failed' }), reading(hours(3))],
      'provisional',
      null,
      {},
    ],
    [
      'no permission is not evaluated',
      [reading(hours(2), { outcome: 'no_permission', because: 'no' })],
      'not_evaluated',
      null,
      {},
    ],
    [
      'a reading that lost ids is a gap',
      [reading(hours(2)), reading(hours(23), { lost: 1, idsDigest: 'less' })],
      'gap',
      null,
      {},
    ],
    [
      'pieces of one run that cover the hour are one reading',
      [
        reading(hours(2), { runId: 'r', askedTo: addMs(HOUR, 30 * MINUTE_MS) }),
        reading(hours(2.1), { runId: 'r', askedFrom: addMs(HOUR, 30 * MINUTE_MS) }),
      ],
      'provisional',
      null,
      {},
    ],
    [
      'a piece alone is no reading of the hour',
      [reading(hours(2), { runId: 'r', askedTo: addMs(HOUR, 30 * MINUTE_MS) })],
      'pending',
      null,
      {},
    ],
  ])('%s', (_name, readings, state, basis, more) => {
    expect(coverageState(HOUR, readings, more)).toMatchObject({ state, basis });
  });

  test('the order in which readings are given plays no part', () => {
    const some = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 100 }),
        new: fc.integer({ min: 0, max: 2 }),
        lost: fc.integer({ min: 0, max: 1 }),
        digest: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (drawn) => {
        const readings = [...new Map(drawn.map((one) => [one.after, one])).values()].map((one) =>
          reading(hours(one.after), { new: one.new, lost: one.lost, idsDigest: one.digest }),
        );
        expect(coverageState(HOUR, [...readings].reverse())).toEqual(coverageState(HOUR, readings));
      }),
    );
  });
});

describe('the chain of readings', () => {
  const one: Reading = {
    id: 'rdg_1',
    orgId: 'a',
    source: 'pull',
    service: 'Directory',
    hour: HOUR,
    askedFrom: HOUR,
    askedTo: END,
    runId: null,
    queryId: null,
    begunAt: END,
    finishedAt: END,
    outcome: 'answered',
    because: null,
    returned: 0,
    new: 0,
    alreadyKnown: 0,
    quarantined: 0,
    lost: 0,
    idsDigest: idsDigest([]),
  };

  test('each digest covers the reading and the digest before, so nothing can be taken out of the middle', () => {
    const first = chainReading(one, null);
    const second = chainReading({ ...one, id: 'rdg_2' }, first.digest);
    expect(first.digest).toBe(sha256Hex(first.body));
    expect(JSON.parse(second.body)).toMatchObject({ previousDigest: first.digest, returned: 0 });
    expect(chainReading({ ...one, id: 'rdg_2', returned: 1 }, first.digest).digest).not.toBe(second.digest);
  });

  test('what is hashed is the canonical JSON of all its facts', () => {
    const instant = fc.date({ min: HOUR, max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true });
    const words = fc.string({ unit: 'grapheme' }).filter((word) => word.isWellFormed());
    const maybe = fc.option(words, { nil: null });
    const readings: fc.Arbitrary<Reading> = fc.record({
      id: words,
      orgId: fc.uuid(),
      source: fc.constantFrom('push', 'pull', 'realtime', 'file'),
      service: words,
      hour: instant,
      askedFrom: instant,
      askedTo: instant,
      runId: maybe,
      queryId: maybe,
      begunAt: instant,
      finishedAt: instant,
      outcome: fc.constantFrom('answered', 'failed', 'no_permission'),
      because: maybe,
      returned: fc.nat(),
      new: fc.nat(),
      alreadyKnown: fc.nat(),
      quarantined: fc.nat(),
      lost: fc.nat(),
      idsDigest: fc.array(words).map(idsDigest),
    });
    fc.assert(
      fc.property(readings, fc.option(words.map(sha256Hex), { nil: null }), (reading, previousDigest) => {
        const { body } = chainReading(reading, previousDigest);
        expect(body).toBe(canonicalJson({ ...reading, previousDigest }));
        expect(body).not.toContain('\n');
      }),
    );
  });

  test('the digest of ids does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (ids) => {
        expect(idsDigest([...ids].reverse())).toBe(idsDigest(ids));
      }),
    );
    expect(idsDigest(['a', 'b'])).not.toBe(idsDigest(['ab']));
  });
});
