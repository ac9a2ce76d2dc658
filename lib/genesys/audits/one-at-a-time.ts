/** The end of the queue for each key. One process asks one organisation one audit query at a time: the platform allows no more. */
const tails = new Map<string, Promise<void>>();

/** Runs `work` after everything queued before it under the same key has ended, well or badly. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const run = before.then(work);
  const tail = run.then(
    () => undefined,
    () => undefined,
  );
  tails.set(key, tail);
  try {
    return await run;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
