/** A clock that sleeps in no time: it moves forward by what was slept, and remembers it. */
export type InstantClock = {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  random(): number;
  readonly slept: readonly number[];
  advance(ms: number): void;
};

/** Starts at `start` (milliseconds since 1970); chance is always one half. */
export function instantClock(start: number = Date.UTC(2026, 2, 2)): InstantClock {
  const slept: number[] = [];
  let now = start;
  return {
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
      // Lets the loop turn, so that other requests move on as they would during a real wait.
      await new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
    slept,
    advance(ms) {
      now += ms;
    },
  };
}

/** Real time for servers that keep time themselves: a sleep takes a few milliseconds, and the clock then shows as if it had been slept whole. */
export function hurriedClock(longestMs = 5): InstantClock {
  const slept: number[] = [];
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      const real = Math.min(ms, longestMs);
      await new Promise((resolve) => setTimeout(resolve, real));
      ahead += ms - real;
    },
    random: () => 0.5,
    slept,
    advance(ms) {
      ahead += ms;
    },
  };
}
