import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { type ConnectorErrorCode, isConnectorError } from './errors';
import { inParallel } from './http/in-parallel';

/** Failures that the next key will meet as well: asking on would only take time. */
const STOPS: ReadonlySet<ConnectorErrorCode> = new Set([
  'unreachable',
  'timed_out',
  'rate_limited',
  'auth_failed',
  'redirected',
  'bad_settings',
]);
/** So many failures of other kinds in a row mean that the system as a whole does not answer. */
const MAX_FAILURES_IN_A_ROW = 3;

/**
 * Each item's answer, or *not evaluated* with the reason. After a failure that concerns the whole system the rest is not asked
 * any more and gets the same reason. Only connector errors become an answer; a mistake of ours is thrown.
 */
export async function findEach<Item, Answer>(
  items: readonly Item[],
  limit: number,
  find: (item: Item) => Promise<Answer>,
): Promise<Map<Item, Evaluated<Answer>>> {
  let stopped: string | null = null;
  let failuresInARow = 0;
  const answers = await inParallel(items, limit, async (item): Promise<Evaluated<Answer>> => {
    if (stopped !== null) return notEvaluated(stopped);
    try {
      const answer = await find(item);
      failuresInARow = 0;
      return known(answer);
    } catch (thrown) {
      if (!isConnectorError(thrown)) throw thrown;
      failuresInARow += 1;
      if (STOPS.has(thrown.code) || failuresInARow >= MAX_FAILURES_IN_A_ROW) stopped ??= thrown.message;
      return notEvaluated(thrown.message);
    }
  });
  return new Map(items.map((item, index) => [item, answers[index] ?? notEvaluated('not asked')]));
}
