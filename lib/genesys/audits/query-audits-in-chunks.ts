import type { Interval } from '@/lib/kernel/instant';
import type { GenesysClient } from '../connect';
import { GenesysError, splittingMayHelp } from '../model/errors';
import { halveChunk, planChunks, SYNC_CHUNK_MS } from '../model/plan-chunks';
import { type AuditQueryResult, type QueryAuditsOptions, queryAudits } from './query-audits';

export type ChunkOutcome =
  | { readonly kind: 'read'; readonly interval: Interval; readonly result: AuditQueryResult }
  /** Asked and not answered, down to the shortest piece: a gap. */
  | { readonly kind: 'gap'; readonly interval: Interval; readonly error: GenesysError };

export type QueryInChunksOptions = Omit<QueryAuditsOptions, 'onPage'> & {
  /** Default 24 hours, at most 30 days. */
  readonly chunkMs?: number;
  /** `chunk` is the interval that the page's query asked for. */
  readonly onPage: (
    page: Parameters<QueryAuditsOptions['onPage']>[0],
    chunk: Interval,
  ) => Promise<void> | void;
  /** After each piece, oldest first: the place to move a watermark or to note a gap. */
  readonly onChunk: (outcome: ChunkOutcome) => Promise<void> | void;
  readonly onSplit?: (info: {
    readonly interval: Interval;
    readonly because: string;
  }) => Promise<void> | void;
};

/**
 * Reads a long interval piece by piece, oldest first; a piece that fails is halved down to a minute before it counts as a gap.
 * Throws what splitting cannot mend: no permission, wrong credentials, unreachable, rate limited, aborted, and errors of the callbacks.
 */
export async function queryAuditsInChunks(
  client: GenesysClient,
  options: QueryInChunksOptions,
): Promise<void> {
  const waiting = planChunks(options.interval, options.chunkMs ?? SYNC_CHUNK_MS);
  for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
    const interval = chunk;
    let outcome: ChunkOutcome;
    try {
      const onPage: QueryAuditsOptions['onPage'] = (page) => options.onPage(page, interval);
      outcome = {
        kind: 'read',
        interval,
        result: await queryAudits(client, { ...options, interval, onPage }),
      };
    } catch (thrown) {
      if (!(thrown instanceof GenesysError) || !splittingMayHelp(thrown.code)) throw thrown;
      const halved = halveChunk(interval, thrown.message);
      if (halved.kind === 'split') {
        await options.onSplit?.({ interval, because: halved.because });
        waiting.unshift(...halved.pieces);
        continue;
      }
      outcome = { kind: 'gap', interval, error: thrown };
    }
    await options.onChunk(outcome);
  }
}
