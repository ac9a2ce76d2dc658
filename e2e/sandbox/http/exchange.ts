import type { IncomingMessage } from 'node:http';

/** One request, read and split; handlers see nothing else of HTTP. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly params: Record<string, string>;
  /** Correlation id of the answer, the same in header and error body. */
  readonly correlationId: string;
  /** Who asks; set by the Genesys door. */
  caller: { clientId: string; permissions: ReadonlySet<string> } | null;
};

export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string> /** Sent as it stands instead of JSON. */;
  /** Sent as they stand. */
  readonly bytes?: Buffer;
  readonly raw?: string /** The connection dies in the middle of the body. */;
  readonly breakOff?: boolean;
  /** The connection dies without an answer. */
  readonly drop?: boolean;
};

/** Thrown by handlers, turned into the error form of the service asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, string>;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { params?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.params = extra.params ?? {};
    this.headers = extra.headers ?? {};
  }
}

/** The body as JSON; what is not JSON is refused as the services do. */
export function jsonBody(exchange: Exchange): unknown {
  try {
    return exchange.text === '' ? {} : JSON.parse(exchange.text);
  } catch {
    throw new Refusal(
      400,
      'bad.request',
      'The request could not be understood by the server due to malformed syntax.',
    );
  }
}

/** The body as a JSON object. */
export function objectBody(exchange: Exchange): Record<string, unknown> {
  const body = jsonBody(exchange);
  return isObject(body) ? body : {};
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list parameter, comma-joined as the SDK sends it or repeated as the swagger says. */
export function listParam(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}
