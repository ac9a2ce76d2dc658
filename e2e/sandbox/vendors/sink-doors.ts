import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Exchange } from '../http/exchange.ts';
import { countRoute, type Door } from '../http/server.ts';
import { asCsv, personnel } from '../outside/employees.ts';
import type { Sandbox } from '../sandbox.ts';
import { customerIds } from '../world/conversations.ts';

export const SPLUNK_TOKEN = 'sandbox-splunk-token';
export const DATADOG_KEY = 'sandbox-datadog-key';
export const CRM_TOKEN = 'sandbox-crm-token';

/** Everything the product sends to, and the two sources that are mere files: personnel list and customer records. */
export function sinkDoors(sandbox: Sandbox): Door[] {
  const door = (prefix: string, answer: (exchange: Exchange) => Answer | Promise<Answer>): Door => ({
    prefix,
    answer: async (exchange) => {
      countRoute(sandbox, `${exchange.method} ${prefix}`);
      return answer(exchange);
    },
  });
  return [
    door('/slack', (exchange) => slack(sandbox, exchange)),
    door('/splunk', (exchange) => splunk(sandbox, exchange)),
    door('/datadog', (exchange) => datadog(sandbox, exchange)),
    door('/webhook', (exchange) => webhook(sandbox, exchange)),
    door('/crm', (exchange) => crm(sandbox, exchange)),
    door('/hris', (exchange) => hris(sandbox, exchange)),
  ];
}

function keep(
  sandbox: Sandbox,
  exchange: Exchange,
  parts: { sink: string; body: unknown; answered: number },
): void {
  const headers = Object.fromEntries(
    Object.entries(exchange.headers).map(([name, value]) => [name, String(value)]),
  );
  sandbox.sinks.push({
    sink: parts.sink,
    at: new Date().toISOString(),
    headers,
    body: parts.body,
    answered: parts.answered,
  });
}

function text(status: number, raw: string, headers: Record<string, string> = {}): Answer {
  return { status, raw, headers: { 'content-type': 'text/plain', ...headers } };
}

/** An incoming webhook: plain-text `ok`, plain-text errors. */
function slack(sandbox: Sandbox, exchange: Exchange): Answer {
  const body = parsed(exchange.text);
  const failing = sandbox.faults.slackStatus;
  const isUsable = typeof body === 'object' && body !== null && ('text' in body || 'blocks' in body);
  const status = failing > 0 ? failing : isUsable ? 200 : 400;
  keep(sandbox, exchange, { sink: `slack${exchange.path}`, body, answered: status });
  if (status === 200 && dropped(sandbox, 'slackDropsAfterApply')) return { status, drop: true };
  if (failing === 429)
    return text(429, 'rate_limited', { 'Retry-After': String(sandbox.faults.slackRetryAfterSeconds) });
  if (failing > 0)
    return text(
      failing,
      failing === 404
        ? 'no_service'
        : failing === 410
          ? 'channel_is_archived'
          : failing === 403
            ? 'action_prohibited'
            : 'rollup_error',
    );
  return isUsable ? text(200, 'ok') : text(400, body === null ? 'invalid_payload' : 'no_text');
}

/** HEC: one or many concatenated envelopes, never an array. */
function splunk(sandbox: Sandbox, exchange: Exchange): Answer {
  if (exchange.path === '/services/collector/health')
    return { status: 200, body: { text: 'HEC is healthy', code: 17 } };
  if (exchange.path === '/services/collector/ack') return { status: 200, body: { acks: { '0': true } } };
  const events = concatenated(exchange.text);
  const authorization = exchange.headers.authorization;
  const failing = sandbox.faults.splunkStatus;
  const answer: Answer =
    failing > 0
      ? {
          status: failing,
          body: {
            text: failing === 503 ? 'Server is busy' : 'Internal server error',
            code: failing === 503 ? 9 : 8,
          },
        }
      : authorization === undefined
        ? { status: 401, body: { text: 'Token is required', code: 2 } }
        : authorization !== `Splunk ${SPLUNK_TOKEN}`
          ? { status: 403, body: { text: 'Invalid token', code: 4 } }
          : events === null
            ? { status: 400, body: { text: 'Invalid data format', code: 6, 'invalid-event-number': 0 } }
            : events.length === 0
              ? { status: 400, body: { text: 'No data', code: 5 } }
              : { status: 200, body: { text: 'Success', code: 0 } };
  keep(sandbox, exchange, { sink: 'splunk', body: events, answered: answer.status });
  return answer;
}

function datadog(sandbox: Sandbox, exchange: Exchange): Answer {
  const body = parsed(exchange.text);
  const failing = sandbox.faults.datadogStatus;
  const key = exchange.headers['dd-api-key'];
  const status =
    failing > 0
      ? failing
      : key === undefined
        ? 401
        : key !== DATADOG_KEY
          ? 403
          : Array.isArray(body) && body.length <= 1000
            ? 202
            : 400;
  keep(sandbox, exchange, { sink: 'datadog', body, answered: status });
  return { status, body: status === 202 ? {} : { errors: [{ status: String(status), title: 'refused' }] } };
}

function webhook(sandbox: Sandbox, exchange: Exchange): Answer {
  const status = sandbox.faults.webhookStatus > 0 ? sandbox.faults.webhookStatus : 200;
  keep(sandbox, exchange, {
    sink: `webhook${exchange.path}`,
    // As it came: a signature covers bytes.
    body: exchange.text,
    answered: status,
  });
  if (status === 200 && dropped(sandbox, 'webhookDropsAfterApply')) return { status, drop: true };
  const wait = Math.max(1, sandbox.faults.retryAfterSeconds);
  return {
    status,
    body: { received: status === 200 },
    ...(status === 429 ? { headers: { 'Retry-After': String(wait) } } : {}),
  };
}

/** Whether this answer is to be lost; counts down. */
function dropped(sandbox: Sandbox, name: 'slackDropsAfterApply' | 'webhookDropsAfterApply'): boolean {
  if (sandbox.faults[name] === 0) return false;
  sandbox.faults[name] -= 1;
  return true;
}

/** One customer with what is sensitive about them. */
async function crm(sandbox: Sandbox, exchange: Exchange): Promise<Answer> {
  const { crmStatus, crmSlowMs } = sandbox.faults;
  if (crmSlowMs > 0) await sleep(crmSlowMs);
  const id = decodeURIComponent(/^\/customers\/([^/]+)$/.exec(exchange.path)?.[1] ?? '');
  const position = customerIds().indexOf(id);
  const status =
    crmStatus > 0
      ? crmStatus
      : exchange.headers.authorization !== `Bearer ${CRM_TOKEN}`
        ? 401
        : position < 0
          ? 404
          : 200;
  keep(sandbox, exchange, { sink: `crm${exchange.path}`, body: null, answered: status });
  if (status !== 200)
    return { status, body: { error: status === 404 ? 'unknown customer' : 'not available' } };
  const customer = {
    customerId: id,
    name: `Customer ${id}`,
    email: `${id.toLowerCase()}@customers.example.test`,
    phone: `+44 1632 960${String(position).padStart(3, '0')}`,
    tier: position % 10 === 0 ? 'vip' : 'standard',
    ssn: `000-00-${1000 + position}`,
    balance: 1000 + position * 17,
    notes: null,
  };
  return { status: 200, body: customer };
}

function hris(sandbox: Sandbox, exchange: Exchange): Answer {
  if (sandbox.faults.hrisStatus > 0)
    return { status: sandbox.faults.hrisStatus, body: { error: 'not available' } };
  const { employees } = personnel(sandbox.world);
  if (exchange.path === '/employees.csv')
    return { status: 200, raw: asCsv(employees), headers: { 'content-type': 'text/csv; charset=utf-8' } };
  if (exchange.path === '/employees.json') return { status: 200, body: employees };
  return { status: 404, body: { error: 'not found' } };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Splits concatenated JSON objects by counting braces outside of strings; null when one of them is no JSON. */
function concatenated(body: string): unknown[] | null {
  const events: unknown[] = [];
  let depth = 0;
  let begin = 0;
  let inString = false;
  for (let index = 0; index < body.length; index += 1) {
    const letter = body[index];
    if (inString) {
      if (letter === '\\') index += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{') {
      if (depth === 0) begin = index;
      depth += 1;
    } else if (letter === '}') {
      depth -= 1;
      if (depth === 0) {
        const event = parsed(body.slice(begin, index + 1));
        if (event === null) return null;
        events.push(event);
      }
    }
  }
  return depth === 0 ? events : null;
}
