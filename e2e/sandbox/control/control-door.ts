import type { TokenDesk } from '../genesys/tokens.ts';
import { type Answer, type Exchange, isObject, objectBody, Refusal } from '../http/exchange.ts';
import { match, type Route, route } from '../http/routes.ts';
import type { Door } from '../http/server.ts';
import { type Faults, NO_FAULTS } from '../options.ts';
import type { Sandbox } from '../sandbox.ts';
import { recordTruth, truthOf } from '../truth.ts';
import { isoMillis } from '../world/clock.ts';
import { act } from './acts.ts';
import { appendRecords } from './append.ts';
import { policyOf } from './policy.ts';
import { envelopesBetween } from './push.ts';
import { importTickets, openTicket, ticketFate } from './tickets.ts';

/** `/__sandbox`: what tests and the demo use to look behind the scene and to change it. */
export function controlDoor(sandbox: Sandbox, tokens: TokenDesk): Door {
  const routes: Route[] = [
    route('GET /health', () => ({
      status: 200,
      body: { ok: true, anchor: isoMillis(sandbox.world.anchor), records: sandbox.store.size },
    })),
    route('GET /truth', () => ({ status: 200, body: truthOf(sandbox) })),
    route('GET /truth/records', () => recordsAnswer(sandbox)),
    route('GET /policy', () => ({ status: 200, body: policyOf(sandbox.world) })),
    route('GET /faults', () => ({ status: 200, body: sandbox.faults })),
    route('PUT /faults', (exchange) => ({ status: 200, body: setFaults(sandbox, objectBody(exchange)) })),
    route('DELETE /faults', () => ({ status: 200, body: Object.assign(sandbox.faults, NO_FAULTS) })),
    route('GET /settings', () => ({ status: 200, body: sandbox.settings })),
    route('PUT /settings', (exchange) => ({
      status: 200,
      body: Object.assign(sandbox.settings, numbersOf(objectBody(exchange), Object.keys(sandbox.settings))),
    })),
    route('PUT /org-settings/:key', (exchange) => setOrgSetting(sandbox, exchange)),
    route('GET /requests', () => ({
      status: 200,
      body: {
        total: sandbox.requests.total,
        byRoute: Object.fromEntries(sandbox.requests.byRoute),
        recent: sandbox.requests.recent,
      },
    })),
    route('DELETE /requests', () => clearRequests(sandbox)),
    route('GET /sinks', () => ({ status: 200, body: { requests: sandbox.sinks, mails: sandbox.mails } })),
    route('DELETE /sinks', () => clearSinks(sandbox)),
    route('GET /clock', () => ({
      status: 200,
      body: { at: sandbox.clock === null ? null : isoMillis(sandbox.clock) },
    })),
    route('PUT /clock', (exchange) => setClock(sandbox, objectBody(exchange))),
    route('POST /act', (exchange) => ({ status: 200, body: act(sandbox, objectBody(exchange)) })),
    route('POST /append', (exchange) => ({
      status: 200,
      body: appendRecords(sandbox, objectBody(exchange)),
    })),
    route('POST /tickets', (exchange) => ({
      status: 200,
      body: openTicket(sandbox, objectBody(exchange)),
    })),
    route('POST /tickets/import', (exchange) => ({
      status: 200,
      body: importTickets(sandbox, objectBody(exchange)),
    })),
    route('POST /tickets/:key/:fate', ({ params }) => ({
      status: 200,
      body: ticketFate(sandbox, params.key ?? '', params.fate ?? ''),
    })),
    route('PUT /push', (exchange) => setPush(sandbox, objectBody(exchange))),
    route('GET /eventbridge', (exchange) => ({
      status: 200,
      body: envelopesBetween(sandbox, readRange(exchange)),
    })),
    route('POST /revoke-tokens', () => {
      tokens.revokeAll();
      return { status: 200, body: {} };
    }),
  ];
  async function answer(exchange: Exchange): Promise<Answer> {
    const found = match(routes, exchange.method, exchange.path);
    if (found === null) return { status: 404, body: { message: 'no such control' } };
    try {
      return await found.route.handler({ ...exchange, params: found.params });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { message: error.message } };
    }
  }
  return { prefix: '/__sandbox', answer };
}

/** Sets the named faults and leaves the others; an unknown name is refused, so that a test cannot mistype one. */
export function setFaults(sandbox: Sandbox, patch: Record<string, unknown>): Faults {
  for (const name of Object.keys(patch)) {
    if (!(name in NO_FAULTS)) throw new Refusal(400, 'bad.request', `unknown fault ${name}`);
  }
  return Object.assign(sandbox.faults, patch);
}

function recordsAnswer(sandbox: Sandbox): Answer {
  const lines: string[] = [];
  for (const planted of sandbox.store.all()) lines.push(JSON.stringify(recordTruth(planted)));
  return { status: 200, raw: `${lines.join('\n')}\n`, headers: { 'content-type': 'application/x-ndjson' } };
}

function setClock(sandbox: Sandbox, body: Record<string, unknown>): Answer {
  const at = typeof body.at === 'string' ? Date.parse(body.at) : null;
  if (at !== null && Number.isNaN(at))
    throw new Refusal(400, 'bad.request', 'at must be an ISO instant or null');
  sandbox.clock = at;
  return { status: 200, body: { at: at === null ? null : isoMillis(at) } };
}

function setPush(sandbox: Sandbox, body: Record<string, unknown>): Answer {
  sandbox.push = typeof body.url === 'string' ? { url: body.url, key: String(body.key ?? '') } : null;
  return { status: 200, body: { push: sandbox.push } };
}

function readRange(exchange: Exchange): { from: number; to: number; limit: number } {
  const from = Date.parse(exchange.query.get('from') ?? '');
  const to = Date.parse(exchange.query.get('to') ?? '');
  if (Number.isNaN(from) || Number.isNaN(to))
    throw new Refusal(400, 'bad.request', 'eventbridge needs from and to');
  return { from, to, limit: Number(exchange.query.get('limit') ?? 1000) };
}

function setOrgSetting(sandbox: Sandbox, exchange: Exchange): Answer {
  const { settings } = sandbox.world;
  const key = exchange.params.key ?? '';
  const before = settings.get(key);
  if (before === undefined)
    throw new Refusal(404, 'not.found', `unknown setting; there are: ${[...settings.keys()].join(', ')}`);
  const given: unknown = JSON.parse(exchange.text);
  settings.set(key, isObject(before) && isObject(given) ? { ...before, ...given } : given);
  return { status: 200, body: settings.get(key) };
}

function numbersOf(body: Record<string, unknown>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, number] => names.includes(entry[0]) && typeof entry[1] === 'number',
    ),
  );
}

function clearRequests(sandbox: Sandbox): Answer {
  Object.assign(sandbox.requests, { total: 0, recent: [] });
  sandbox.requests.byRoute.clear();
  return { status: 200, body: {} };
}

function clearSinks(sandbox: Sandbox): Answer {
  sandbox.sinks.length = 0;
  sandbox.mails.length = 0;
  return { status: 200, body: {} };
}
