import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMs, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import { allowance, BREAK_AFTER, HEALTHY, type Health, healthAfter } from './channel-health';
import { MAX_ATTEMPTS, MAX_WAIT_MS, nextTry, type Outcome, UNKNOWN_WAIT_MS } from './next-try';

const now = new Date('2026-11-28T10:00:00Z');
const again = (retryAfterMs: number | null = null): Outcome => ({
  kind: 'again',
  because: 'Busy.',
  retryAfterMs,
});
const unknown: Outcome = { kind: 'unknown', because: 'Silence.' };
const slack = { kind: 'slack', purpose: 'alert', attempts: 1, unknowns: 0 } as const;

describe('the next try', () => {
  test.each([
    { name: 'taken', outcome: { kind: 'delivered' }, tried: slack, state: 'delivered' },
    { name: 'refused', outcome: { kind: 'refused', because: 'No.' }, tried: slack, state: 'dead' },
    { name: 'not now', outcome: again(), tried: slack, state: 'waiting' },
    { name: 'not now, seventh try', outcome: again(), tried: { ...slack, attempts: 7 }, state: 'waiting' },
    {
      name: 'not now, eighth try',
      outcome: again(),
      tried: { ...slack, attempts: MAX_ATTEMPTS },
      state: 'dead',
    },
    { name: 'unknown at Slack, once', outcome: unknown, tried: { ...slack, unknowns: 1 }, state: 'waiting' },
    {
      name: 'unknown at Slack, twice',
      outcome: unknown,
      tried: { ...slack, attempts: 2, unknowns: 2 },
      state: 'dead',
    },
    {
      name: 'unknown by mail, twice',
      outcome: unknown,
      tried: { ...slack, kind: 'email', unknowns: 2 },
      state: 'dead',
    },
    {
      name: 'unknown at ServiceNow, twice',
      outcome: unknown,
      tried: { ...slack, kind: 'servicenow', unknowns: 2 },
      state: 'waiting',
    },
    {
      name: 'unknown at a webhook, twice',
      outcome: unknown,
      tried: { ...slack, kind: 'webhook', unknowns: 2 },
      state: 'waiting',
    },
    { name: 'a test, not now', outcome: again(), tried: { ...slack, purpose: 'test' }, state: 'dead' },
  ] as const)('$name is $state', ({ outcome, tried, state }) => {
    expect(nextTry(outcome, tried, { now, chance: 0.5 }).state).toBe(state);
  });

  test('waits are full jitter over doubling steps up to five minutes, never earlier than asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 3_600_000 })),
        (attempts, chance, retryAfterMs) => {
          const next = nextTry(again(retryAfterMs), { ...slack, attempts }, { now, chance });
          if (next.state !== 'waiting') throw new Error(next.state);
          const waitMs = next.nextAt.getTime() - now.getTime();
          const step = Math.min(MAX_WAIT_MS, SECOND_MS * 2 ** (attempts - 1));
          expect(waitMs).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
          expect(waitMs).toBeLessThanOrEqual((retryAfterMs ?? 0) + step);
        },
      ),
    );
  });

  test('after silence nothing is sent again for half a minute', () => {
    const next = nextTry(unknown, { ...slack, unknowns: 1 }, { now, chance: 0 });
    expect(next).toMatchObject({ nextAt: addMs(now, UNKNOWN_WAIT_MS) });
  });
});

describe('the health of a channel', () => {
  const healthFrom = (outcomes: readonly Outcome[]) =>
    outcomes.reduce((health: Health, outcome) => healthAfter(health, outcome, now), HEALTHY);
  const failures = (n: number) => Array.from({ length: n }, () => again());

  test('five failures in a row leave it alone, then one probe', () => {
    expect(allowance(healthFrom(failures(BREAK_AFTER - 1)), { now, bound: 4 })).toBe(4);
    const broken = healthFrom(failures(BREAK_AFTER));
    expect(allowance(broken, { now, bound: 4 })).toBe(0);
    expect(allowance(broken, { now: addMs(now, 30 * SECOND_MS), bound: 4 })).toBe(1);
  });

  test('a probe that fails leaves it alone for longer, up to five minutes', () => {
    const spans = [5, 6, 7, 8, 9, 20].map(
      (n) => (healthFrom(failures(n)).openUntil?.getTime() ?? 0) - now.getTime(),
    );
    expect(spans).toEqual([30, 60, 120, 240, 300, 300].map((seconds) => seconds * SECOND_MS));
  });

  test('a delivery, and a refusal too, show that it works', () => {
    expect(healthFrom([...failures(7), { kind: 'delivered' }])).toEqual(HEALTHY);
    expect(healthFrom([...failures(7), { kind: 'refused', because: 'No.' }])).toEqual(HEALTHY);
  });

  test('where the receiver asks us to wait, the whole channel waits', () => {
    const asked = healthFrom([again(2 * MINUTE_MS)]);
    expect(allowance(asked, { now: addMs(now, 2 * MINUTE_MS - 1), bound: 4 })).toBe(0);
    expect(allowance(asked, { now: addMs(now, 2 * MINUTE_MS), bound: 4 })).toBe(4);
  });
});
