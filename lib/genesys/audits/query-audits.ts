import platformClient from 'purecloud-platform-client-v2';
import { z } from 'zod';
import { type Interval, MINUTE_MS, SECOND_MS, toIso } from '@/lib/kernel/instant';
import type { GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';
import { badAnswer } from '../transport/raw-http-client';
import { type AuditPage, queryError } from './audit-page';
import { oneAtATime } from './one-at-a-time';
import { readResults } from './read-results';

export type AuditFilter = {
  readonly property: 'UserId' | 'TrusteeOrganizationId' | 'ClientId' | 'Action' | 'EntityType' | 'EntityId';
  readonly value: string;
};

export type QueryAuditsOptions = {
  /** Half-open as ours; the platform's own borders are not documented, so neighbours may return a record twice. At most 30 days. */
  readonly interval: Interval;
  /** Default: all services. A compliance copy never filters by user (that drops cascaded records). */
  readonly serviceName?: string;
  readonly filters?: readonly AuditFilter[];
  /** Default true: without it the actor has no name. */
  readonly expandUser?: boolean;
  /** Default and maximum 500. */
  readonly pageSize?: number;
  /** Lets the platform answer with files. Default false. */
  readonly allowRedirect?: boolean;
  /** How long a query may be queued and running. Default 10 minutes. */
  readonly pollForMs?: number;
  readonly signal?: AbortSignal;
  /** Called for each page in order, and awaited before the next is read. */
  readonly onPage: (page: AuditPage) => Promise<void> | void;
  /** The query is begun again from its first page; pages seen so far come once more (their `restart` differs). */
  readonly onRestart?: (info: { readonly because: string; readonly restart: number }) => Promise<void> | void;
};

export type AuditQueryResult = {
  /** The query that was read to its end. */
  readonly queryId: string;
  readonly pages: number;
  readonly records: number;
  readonly restarts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date;
};

const queryStatus = z.looseObject({ id: z.string().min(1), state: z.string().min(1) });

const DEFAULT_POLL_FOR_MS = 10 * MINUTE_MS;
/** Short queries are done at once; long ones are asked about less and less often. */
const FIRST_POLL_MS = 200;
const LAST_POLL_MS = 3 * SECOND_MS;
const MAX_RESTARTS = 2;

/**
 * Reads every audit record of an interval: starts a query, waits for it, reads page after page by cursor until there is none.
 *
 * Throws GenesysError: `query_failed`, `query_cancelled`, `query_timed_out`, `cursor_expired` (after two restarts),
 * `bad_answer` (with the bytes), `no_permission`, `bad_request`, and those of every call. It never gives an empty answer
 * for a query that did not succeed. One query of an organisation runs at a time in this process.
 */
export async function queryAudits(
  client: GenesysClient,
  options: QueryAuditsOptions,
): Promise<AuditQueryResult> {
  return oneAtATime(`${client.apiUrl} ${client.clientId}`, async () => {
    const startedAt = new Date(client.clock.now());
    for (let restart = 0; ; restart++) {
      const queryId = await startQuery(client, options);
      try {
        await waitForQuery(client, queryId, options);
        const read = await readResults(client, queryId, restart, options);
        return { queryId, ...read, restarts: restart, startedAt, finishedAt: new Date(client.clock.now()) };
      } catch (thrown) {
        const lost = thrown instanceof GenesysError && thrown.code === 'cursor_expired';
        if (!lost || restart >= MAX_RESTARTS) throw thrown;
        await options.onRestart?.({ because: thrown.message, restart: restart + 1 });
      }
    }
  });
}

async function startQuery(client: GenesysClient, options: QueryAuditsOptions): Promise<string> {
  const doing = 'start the audit query';
  const body = {
    interval: `${toIso(options.interval.from)}/${toIso(options.interval.to)}`,
    ...(options.serviceName === undefined ? {} : { serviceName: options.serviceName }),
    ...(options.filters === undefined ? {} : { filters: options.filters.map((filter) => ({ ...filter })) }),
    sort: [{ name: 'Timestamp', sortOrder: 'ascending' }],
  };
  const answer = await client.call(callOptions(doing, options.signal), (sdk) =>
    new platformClient.AuditApi(sdk).postAuditsQuery(body),
  );
  const read = queryStatus.safeParse(answer.body);
  if (!read.success) throw badAnswer(answer, doing, 'the answer names no query');
  return read.data.id;
}

async function waitForQuery(
  client: GenesysClient,
  queryId: string,
  options: QueryAuditsOptions,
): Promise<void> {
  const doing = 'read the state of the audit query';
  const pollForMs = options.pollForMs ?? DEFAULT_POLL_FOR_MS;
  const deadline = client.clock.now() + pollForMs;
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(LAST_POLL_MS, wait * 2)) {
    const answer = await client
      .call(callOptions(doing, options.signal), (sdk) =>
        new platformClient.AuditApi(sdk).getAuditsQueryTransactionId(queryId),
      )
      .catch((thrown: unknown) => {
        if (!(thrown instanceof GenesysError) || thrown.code !== 'not_found') throw thrown;
        throw queryError('cursor_expired', 'the platform no longer knows the query', thrown.contextId);
      });
    const read = queryStatus.safeParse(answer.body);
    if (!read.success) throw badAnswer(answer, doing, 'the answer has no state');
    const { state } = read.data;
    if (state === 'Succeeded') return;
    if (state === 'Failed') throw queryError('query_failed', 'the platform’s query failed', answer.contextId);
    if (state === 'Cancelled')
      throw queryError('query_cancelled', 'the platform’s query was cancelled', answer.contextId);
    // Queued, Running, and any state we do not know yet: not an answer.
    if (client.clock.now() + wait > deadline)
      throw queryError(
        'query_timed_out',
        `the query is still ${state} after ${Math.round(pollForMs / 1000)} s`,
        answer.contextId,
      );
    await client.pause(wait, callOptions(doing, options.signal));
  }
}

function callOptions(doing: string, signal: AbortSignal | undefined) {
  return { doing, ...(signal === undefined ? {} : { signal }) };
}
