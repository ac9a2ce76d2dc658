import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ScriptedRequest = {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Scripted = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go out as they are, everything else as JSON. */
  readonly body?: unknown;
  /** Takes the response into its own hands: to break it off, or never to answer. */
  readonly raw?: (response: ServerResponse) => void;
};

export type ScriptedServer = {
  readonly url: string;
  readonly requests: readonly ScriptedRequest[];
  close(): Promise<void>;
};

/** A real HTTP server on a free loopback port that answers as the test says. */
export async function startScriptedServer(
  answer: (request: ScriptedRequest, index: number) => Scripted | Promise<Scripted>,
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(Buffer.from(chunk));
    const url = new URL(message.url ?? '/', 'http://scripted.invalid');
    const request: ScriptedRequest = {
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: message.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    requests.push(request);
    const scripted = await answer(request, requests.length - 1);
    if (scripted.raw) return scripted.raw(response);
    const { body } = scripted;
    const bytes =
      body === undefined
        ? ''
        : typeof body === 'string' || Buffer.isBuffer(body)
          ? body
          : JSON.stringify(body);
    response.writeHead(scripted.status ?? 200, { 'content-type': 'application/json', ...scripted.headers });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the scripted server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
