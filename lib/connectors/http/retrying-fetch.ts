import { messageOf } from '@/lib/kernel/errors';
import { SECOND_MS } from '@/lib/kernel/instant';
import { connectorError } from '../errors';
import { waitBeforeRetry } from './retry-after';

/** One attempt, headers and body together, may take this long. */
const TIMEOUT_MS = 20 * SECOND_MS;
const MAX_ATTEMPTS = 4;
/** A longer wait than this is the queue's business, not a request's. */
const MAX_WAIT_MS = 30 * SECOND_MS;
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const MAX_REDIRECTS = 3;

export type HttpRequest = {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What is asked for, in words for messages: `Jira issue NWC-12`. Never a secret. */
  readonly what: string;
};

export type HttpAnswer = { readonly status: number; readonly headers: Headers; readonly bytes: Buffer };

export type HttpOptions = {
  readonly timeoutMs?: number;
  readonly maxAttempts?: number;
  readonly maxWaitMs?: number;
  readonly maxBodyBytes?: number;
  readonly wait?: (ms: number) => Promise<void>;
};

/** Sends one request and gives the answer below 500 that is not 429, whatever it says. */
export type Fetching = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * A fetch that tries again on 429 (as long as Retry-After says), on 5xx and on lost connections, and follows redirects
 * within one origin only, so that credentials never travel to another host.
 *
 * Throws a connector error: `unreachable`, `timed_out`, `rate_limited`, `server_failed`, `too_large`, `redirected`. Messages name the
 * host and `what`; neither the path, the query, the headers nor the body can appear in them.
 */
export function retryingFetch(options: HttpOptions = {}): Fetching {
  const maxAttempts = options.maxAttempts ?? MAX_ATTEMPTS;
  const maxWaitMs = options.maxWaitMs ?? MAX_WAIT_MS;
  const wait = options.wait ?? pause;
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(request, options);
      if ('answer' in outcome && !isTransient(outcome.answer.status)) return outcome.answer;
      const answer = 'answer' in outcome ? outcome.answer : null;
      const waitMs = waitBeforeRetry(attempt, answer?.headers.get('retry-after') ?? null, new Date());
      if (attempt >= maxAttempts || waitMs > maxWaitMs)
        throw 'answer' in outcome ? gaveUp(request, outcome.answer) : outcome.error;
      await wait(waitMs);
    }
  };
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function gaveUp(request: HttpRequest, answer: HttpAnswer): Error {
  const { status } = answer;
  if (status === 429) {
    return connectorError(
      'rate_limited',
      `cannot read ${request.what}: ${request.url.host} asks us to wait`,
      { details: { status } },
    );
  }
  return connectorError(
    'server_failed',
    `cannot read ${request.what}: ${request.url.host} answered ${status}`,
    { details: { status } },
  );
}

async function attemptOnce(
  request: HttpRequest,
  options: HttpOptions,
): Promise<{ answer: HttpAnswer } | { error: Error }> {
  try {
    return { answer: await followingRedirects(request, options) };
  } catch (thrown) {
    const error = translated(thrown, request);
    if ('retryable' in error && error.retryable === false) throw error;
    return { error };
  }
}

async function followingRedirects(request: HttpRequest, options: HttpOptions): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let url = request.url;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, {
      method: request.method ?? 'GET',
      headers: { ...request.headers },
      redirect: 'manual',
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const location =
      response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) {
      const bytes = await readLimited(response, request, options.maxBodyBytes ?? MAX_BODY_BYTES);
      return { status: response.status, headers: response.headers, bytes };
    }
    await response.body?.cancel();
    const next = URL.parse(location, url.href);
    const repeatable = (request.method ?? 'GET') === 'GET';
    if (next === null || next.origin !== request.url.origin || hop >= MAX_REDIRECTS || !repeatable) {
      throw connectorError(
        'redirected',
        `cannot read ${request.what}: ${request.url.host} sends us elsewhere`,
        {
          hint: 'Set the address that answers by itself; credentials are not sent on to another host.',
        },
      );
    }
    url = next;
  }
}

async function readLimited(response: Response, request: HttpRequest, maxBytes: number): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > maxBytes) {
      throw connectorError(
        'too_large',
        `cannot read ${request.what}: the answer of ${request.url.host} exceeds ${maxBytes} bytes`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

function translated(thrown: unknown, request: HttpRequest): Error {
  if (thrown instanceof Error && 'code' in thrown && 'retryable' in thrown) return thrown;
  const { host } = request.url;
  if (thrown instanceof Error && (thrown.name === 'TimeoutError' || thrown.name === 'AbortError')) {
    return connectorError('timed_out', `cannot read ${request.what}: ${host} did not answer in time`);
  }
  // The cause of a failed fetch may quote the address; its code (ECONNREFUSED, ENOTFOUND) is enough.
  return connectorError(
    'unreachable',
    `cannot read ${request.what}: ${host} cannot be reached${codeOf(thrown)}`,
  );
}

function codeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return ` (${cause.code})`;
  return messageOf(thrown).startsWith('fetch failed') ? '' : ' (connection lost)';
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
