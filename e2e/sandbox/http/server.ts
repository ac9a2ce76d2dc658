import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Sandbox } from '../sandbox.ts';
import type { Answer, Exchange } from './exchange.ts';

/** A service behind a path prefix. It answers errors in its own form and never throws. */
export type Door = { readonly prefix: string; readonly answer: (exchange: Exchange) => Promise<Answer> };

const RECENT_REQUESTS = 500;
const KEEP_ALIVE_MS = 2_000;

/** One HTTP server for all services; each request goes to the door whose prefix it bears, with the prefix taken off. */
export function makeServer(sandbox: Sandbox, doors: readonly Door[]): Server {
  const server = createServer((request, response) => {
    serve(sandbox, doors, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          message: error instanceof Error ? error.message : 'unknown',
          code: 'internal.server.error',
          status: 500,
        }),
      );
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

async function serve(
  sandbox: Sandbox,
  doors: readonly Door[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const door = doors.find(
    (candidate) => url.pathname === candidate.prefix || url.pathname.startsWith(`${candidate.prefix}/`),
  );
  const method = request.method ?? 'GET';
  const exchange: Exchange = {
    method,
    path: url.pathname.slice(door?.prefix.length ?? 0) || '/',
    query: url.searchParams,
    headers: request.headers,
    // Log sinks accept compressed bodies.
    text: (request.headers['content-encoding'] === 'gzip'
      ? gunzipSync(Buffer.concat(chunks))
      : Buffer.concat(chunks)
    ).toString('utf8'),
    params: {},
    correlationId: randomUUID(),
    caller: null,
  };
  const answer: Answer =
    door === undefined
      ? { status: 404, body: { message: 'no such service in this sandbox' } }
      : await door.answer(exchange);
  if (door?.prefix !== '/__sandbox')
    remember(sandbox, { at: new Date().toISOString(), method, path: url.pathname, status: answer.status });
  send(response, answer);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.drop === true) {
    response.destroy();
    return;
  }
  const text = answer.raw ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  const headers = {
    ...(text === '' || answer.raw !== undefined ? {} : { 'content-type': 'application/json' }),
    ...answer.headers,
  };
  const bytes = answer.bytes ?? Buffer.from(text, 'utf8');
  response.writeHead(answer.status, { ...headers, 'content-length': bytes.length });
  if (answer.breakOff === true) {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    return;
  }
  response.end(bytes);
}

function remember(
  sandbox: Sandbox,
  request: { at: string; method: string; path: string; status: number },
): void {
  const { requests } = sandbox;
  requests.total += 1;
  requests.recent.push(request);
  if (requests.recent.length > RECENT_REQUESTS) requests.recent.shift();
}

/** Counts a request under its route, so that a test can say how often something was asked. */
export function countRoute(sandbox: Sandbox, name: string): void {
  const { byRoute } = sandbox.requests;
  byRoute.set(name, (byRoute.get(name) ?? 0) + 1);
}
