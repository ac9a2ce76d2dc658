import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { SECOND_MS } from '@/lib/kernel/instant';
import { type Address, type AddressRules, vetAddress } from './outbound-address';

const CONNECT_LIMIT_MS = 5 * SECOND_MS;
const TOTAL_LIMIT_MS = 10 * SECOND_MS;
const MAX_ANSWER_BYTES = 64 * 1024;

export type OutboundRequest = {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** What came of a request; `because` names the host and never path, query, headers or what was answered. */
export type OutboundAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      /** At most 64 KiB; what comes after is not read. For us to compare, never to show. */
      readonly text: string;
    }
  /** Not allowed to go there; nothing was connected. */
  | { readonly kind: 'blocked'; readonly because: string }
  /** Nothing was sent. */
  | { readonly kind: 'unreachable'; readonly because: string }
  /** It was sent, at least in part, and not answered: whether it arrived nobody knows. */
  | { readonly kind: 'unknown'; readonly because: string };

export type OutboundOptions = AddressRules & {
  readonly connectLimitMs?: number;
  readonly totalLimitMs?: number;
};

export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>;

/**
 * Sends one request to an address that a person or the environment chose: vetted, connected to the very addresses that were
 * vetted, never redirected, bounded in time and size. Never throws for what the other side does.
 */
export function outbound(options: OutboundOptions = {}): Outbound {
  const connectLimitMs = options.connectLimitMs ?? CONNECT_LIMIT_MS;
  const totalLimitMs = options.totalLimitMs ?? TOTAL_LIMIT_MS;
  return async (request) => {
    const { host, hostname } = request.url;
    const began = performance.now();
    const vetted = await withinLimit(vetAddress(request.url, options), connectLimitMs);
    if (vetted === null)
      return { kind: 'unreachable', because: `the name ${hostname} could not be resolved in time` };
    if (vetted.kind === 'blocked')
      return { kind: 'blocked', because: `Nothing is sent to ${host}: ${vetted.because}.` };
    if (vetted.kind === 'unresolved')
      return { kind: 'unreachable', because: `${host} cannot be reached: ${vetted.because}.` };
    const left = (limitMs: number) => Math.max(1, limitMs - (performance.now() - began));
    return send(request, vetted.addresses, {
      connectLimitMs: left(connectLimitMs),
      totalLimitMs: left(totalLimitMs),
    });
  };
}

function send(
  request: OutboundRequest,
  addresses: readonly Address[],
  limits: { readonly connectLimitMs: number; readonly totalLimitMs: number },
): Promise<OutboundAnswer> {
  const { url, body } = request;
  return new Promise((resolve) => {
    let connected = false;
    const secure = url.protocol === 'https:';
    const going = (secure ? https : http).request(url, {
      method: request.method,
      headers: {
        ...request.headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      lookup: pinned(addresses),
      // A socket of its own: a kept one may have been vetted under another rule.
      agent: false,
    });
    const end = (answer: OutboundAnswer) => {
      clearTimeout(connecting);
      clearTimeout(whole);
      resolve(answer);
      going.destroy();
    };
    const lost = (why: string): OutboundAnswer =>
      connected
        ? { kind: 'unknown', because: `${url.host} was sent the message and ${why}.` }
        : { kind: 'unreachable', because: `${url.host} cannot be reached: it ${why}.` };
    const connecting = setTimeout(() => {
      if (!connected) end(lost('did not take the connection in time'));
    }, limits.connectLimitMs);
    const whole = setTimeout(() => end(lost('did not answer in time')), limits.totalLimitMs);
    going.on('socket', (socket) =>
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
      }),
    );
    going.on('error', (error) => end(lost(`broke the connection${codeOf(error)}`)));
    going.on('response', (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      const done = () =>
        end({
          kind: 'answered',
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString('utf8'),
        });
      response.on('data', (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size >= MAX_ANSWER_BYTES) done();
      });
      response.on('end', done);
      // The status line has decided already; a body that breaks off changes nothing for us.
      response.on('error', done);
      response.on('aborted', done);
    });
    going.end(body);
  });
}

/** Answers every question for a name with the addresses that were vetted. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) return callback(new Error('no address was vetted'), '', 4);
    if (options.all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

async function withinLimit<T>(promise: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
}
