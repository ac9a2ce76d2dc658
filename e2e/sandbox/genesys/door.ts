import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Exchange, Refusal } from '../http/exchange.ts';
import { match, type Route } from '../http/routes.ts';
import { countRoute, type Door } from '../http/server.ts';
import type { Sandbox } from '../sandbox.ts';
import type { TokenDesk } from './tokens.ts';

const API = '/api/v2';

/** Genesys Cloud: token endpoint, API behind it, and downloads that want no bearer. */
export function genesysDoor(
  sandbox: Sandbox,
  parts: { tokens: TokenDesk; routes: readonly Route[]; download: (exchange: Exchange) => Answer },
): Door {
  let served = 0;
  async function answer(exchange: Exchange): Promise<Answer> {
    const correlation = { 'ININ-Correlation-Id': exchange.correlationId };
    if (sandbox.faults.slowMs > 0) await sleep(sandbox.faults.slowMs);
    if (exchange.method === 'POST' && exchange.path === '/oauth/token') {
      countRoute(sandbox, 'POST /oauth/token');
      const issued = parts.tokens.issue(exchange);
      return { ...issued, headers: { ...correlation, ...issued.headers } };
    }
    if (exchange.path.startsWith('/download/')) return parts.download(exchange);
    let rateHeaders: Record<string, string> = {};
    try {
      const admitted = parts.tokens.admit(exchange);
      rateHeaders = admitted.headers;
      served += 1;
      refuseByFault(sandbox, served, admitted.limited);
      const found = exchange.path.startsWith(API)
        ? match(parts.routes, exchange.method, exchange.path.slice(API.length))
        : null;
      if (found === null) throw new Refusal(404, 'not.found', 'The requested resource was not found.');
      countRoute(sandbox, `${found.route.method} ${found.route.pattern}`);
      const permissions = parts.tokens.permissionsOf(admitted.token.clientId);
      authorise(found.route, permissions);
      const result = await found.route.handler({
        ...exchange,
        params: found.params,
        caller: { clientId: admitted.token.clientId, permissions },
      });
      const isAct = found.route.method !== 'GET' && !found.route.pattern.startsWith('/audits');
      if (isAct && sandbox.faults.timeoutAfterApply > 0) {
        sandbox.faults.timeoutAfterApply -= 1;
        throw new Refusal(504, 'request.timeout', 'The request timed out.');
      }
      const breakOff =
        sandbox.faults.resetConnectionEveryN > 0 && served % sandbox.faults.resetConnectionEveryN === 0;
      return {
        ...result,
        headers: { ...correlation, ...rateHeaders, ...result.headers },
        ...(breakOff ? { breakOff } : {}),
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return {
        status: error.status,
        body: errorBody(error, exchange.correlationId),
        headers: { ...correlation, ...rateHeaders, ...error.headers },
      };
    }
  }
  return { prefix: '/genesys', answer };
}

/** The 429 of contract section 2. */
export function tooManyRequests(sandbox: Sandbox, seconds: number): Refusal {
  const wait = sandbox.faults.retryAfterSeconds > 0 ? sandbox.faults.retryAfterSeconds : seconds;
  const headers: Record<string, string> = sandbox.faults.omitRetryAfter
    ? {}
    : { 'Retry-After': String(wait) };
  return new Refusal(429, 'too.many.requests', `Rate limit exceeded. Retry in [${wait}] seconds`, {
    headers,
  });
}

function refuseByFault(sandbox: Sandbox, served: number, limited: number | null): void {
  const { faults } = sandbox;
  if (limited !== null) throw tooManyRequests(sandbox, limited);
  if (faults.rateLimitEveryN > 0 && served % faults.rateLimitEveryN === 0) throw tooManyRequests(sandbox, 1);
  if (faults.serverErrorEveryN > 0 && served % faults.serverErrorEveryN === 0)
    throw new Refusal(503, 'service.unavailable', 'The service is currently unavailable.');
}

function authorise(route: Route, permissions: ReadonlySet<string>): void {
  if (permissions.has('*')) return;
  const missing = route.permissions.filter((wanted) => !permissions.has(wanted));
  if (missing.length === 0) return;
  throw new Refusal(403, 'missing.permissions', `Caller lacks: [${missing.join(', ')}]`, {
    params: { permissions: missing.join(',') },
  });
}

function errorBody(refusal: Refusal, contextId: string): Record<string, unknown> {
  const isPermission = refusal.code === 'missing.permissions';
  return {
    message: refusal.message,
    code: refusal.code,
    status: refusal.status,
    ...(isPermission ? { messageWithParams: 'Caller lacks: {permissions}' } : {}),
    messageParams: refusal.params,
    contextId,
    details: [],
    errors: [],
  };
}
