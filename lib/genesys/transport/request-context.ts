import { AsyncLocalStorage } from 'node:async_hooks';

/** An answer of HTTP, with the bytes as they were received (after content decoding). */
export type RawAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** Where it was asked, with its query, never with credentials. */
  readonly url: string;
  readonly receivedAt: Date;
  /** `ININ-Correlation-Id`. */
  readonly contextId: string | null;
};

/** What the HTTP client below the SDK must know about the call it serves; the SDK itself has no room to hand it through. */
export type RequestContext = {
  /** "read the users": completes "cannot …". */
  readonly doing: string;
  /** `json`: the body must be strict UTF-8 and JSON. `bytes`: the caller reads the body. */
  readonly reads: 'json' | 'bytes';
  /** Redirects are answers of their own (large audit results). */
  readonly keepRedirects: boolean;
  readonly signal: AbortSignal | undefined;
  readonly now: () => number;
  /** Hides credentials in what a platform or proxy echoes back. */
  readonly scrub: (text: string) => string;
  /** False for the token endpoint: its answers are never kept, not even broken ones. */
  readonly keepsBytes: boolean;
  /** Filled by the HTTP client, whatever the outcome. */
  answer: RawAnswer | null;
  /** The parsed body of a success when `reads` is `json`; null for an empty answer. */
  body: unknown;
};

export const requestContext = new AsyncLocalStorage<RequestContext>();
