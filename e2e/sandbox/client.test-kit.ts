import type { RunningSandbox } from './start.ts';

export type Reply = { status: number; headers: Headers; body: Record<string, unknown>; text: string };

/** A small client for the tests of this folder: one token, plain fetch. */
export async function loginTo(sandbox: RunningSandbox, credentials?: { id: string; secret: string }) {
  const id = credentials?.id ?? sandbox.env.GENESYS_CLIENT_ID;
  const secret = credentials?.secret ?? sandbox.env.GENESYS_CLIENT_SECRET;
  const login = await fetch(`${sandbox.url}/genesys/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = (await login.json()) as { access_token?: string };
  return async function call(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${sandbox.url}/genesys/api/v2${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return readReply(response);
  };
}

/** A response with its body parsed where it is JSON. */
export async function readReply(response: Response): Promise<Reply> {
  const text = await response.text();
  let body: Record<string, unknown> = {};
  try {
    body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    // Cut-off JSON is one of the faults; the text tells.
  }
  return { status: response.status, headers: response.headers, body, text };
}

type Call = Awaited<ReturnType<typeof loginTo>>;

/** Starts an audit query, waits for its end and reads every page. */
export async function collect(
  call: Call,
  body: Record<string, unknown>,
): Promise<{ ids: string[]; pages: number; state: string }> {
  const started = await call('POST', '/audits/query', body);
  if (started.status !== 202) throw new Error(`query refused: ${started.text}`);
  const id = String(started.body.id);
  let state = String(started.body.state);
  while (state === 'Queued' || state === 'Running') {
    await new Promise((resolve) => setTimeout(resolve, 5));
    state = String((await call('GET', `/audits/query/${id}`)).body.state);
  }
  const ids: string[] = [];
  let pages = 0;
  let cursor = '';
  while (state === 'Succeeded') {
    const page = await call('GET', `/audits/query/${id}/results?pageSize=500${cursor}`);
    if (page.status !== 200) throw new Error(`page refused: ${page.text}`);
    pages += 1;
    for (const entity of page.body.entities as { id: string }[]) ids.push(entity?.id);
    if (page.body.cursor === undefined) break;
    cursor = `&cursor=${String(page.body.cursor)}`;
  }
  return { ids, pages, state };
}
