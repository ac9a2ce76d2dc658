import type { z } from 'zod';
import { connectorError } from '../errors';
import { readJson } from './read-json';
import type { HttpAnswer, HttpRequest } from './retrying-fetch';

/** A list longer than this is a broken answer: no request has so many votes, notes or commits. */
const MAX_PAGES = 50;

/**
 * All items of a list that names its next page in a Link header (RFC 8288), as GitHub and GitLab do. A page elsewhere than
 * where the first stood is refused: the credentials are for that host alone.
 */
export async function readPages<Schema extends z.ZodType>(
  first: HttpRequest,
  send: (request: HttpRequest) => Promise<HttpAnswer>,
  items: z.ZodArray<Schema>,
): Promise<z.infer<Schema>[]> {
  const all: z.infer<Schema>[] = [];
  let request = first;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await send(request);
    all.push(...readJson(answer, request, items));
    const next = nextPage(answer.headers.get('link'), request.url);
    if (next === null) return all;
    if (next.origin !== first.url.origin) {
      throw connectorError('redirected', `cannot read ${first.what}: ${first.url.host} sends us elsewhere`);
    }
    request = { ...first, url: next };
  }
  throw connectorError('bad_answer', `cannot read ${first.what}: the list of ${first.url.host} does not end`);
}

function nextPage(link: string | null, base: URL): URL | null {
  for (const part of (link ?? '').split(/,\s*(?=<)/)) {
    const [, target] = /^<([^>]*)>\s*;.*\brel="?next"?/.exec(part.trim()) ?? [];
    if (target !== undefined) return URL.parse(target, base.href);
  }
  return null;
}
