import type { Answer, Exchange } from './exchange.ts';

export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

export type Route = {
  readonly method: string;
  readonly pattern: string;
  readonly permissions: readonly string[];
  readonly handler: Handler;
};

/** A route: `GET /users/:id`, what the caller must be allowed to do, and who answers. */
export function route(line: string, handler: Handler, ...permissions: string[]): Route {
  const [method = 'GET', pattern = '/'] = line.split(' ');
  return { method, pattern, permissions, handler };
}

/** The first route that fits, with its parameters. Routes without parameters stand first in a list that has both. */
export function match(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | null {
  const parts = path.split('/');
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const params = paramsOf(candidate.pattern.split('/'), parts);
    if (params !== null) return { route: candidate, params };
  }
  return null;
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (let index = 0; index < pattern.length; index += 1) {
    const wanted = pattern[index] ?? '';
    const given = parts[index] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = decodeURIComponent(given);
    else if (wanted !== given) return null;
  }
  return params;
}
