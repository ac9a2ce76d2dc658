import { AppError, requestError } from '@/lib/kernel/errors';

/** Largest JSON body any route accepts. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Query parameters as an object: a key given once is a string, one given several times a list. */
export function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const { searchParams } = new URL(url);
  for (const key of new Set(searchParams.keys())) {
    const values = searchParams.getAll(key);
    query[key] = values.length === 1 && values[0] !== undefined ? values[0] : values;
  }
  return query;
}

/** The JSON body. Throws for another media type (also a guard against forms of other sites), a body too large, or no JSON. */
export async function jsonBodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError({
      code: 'unsupported_media_type',
      status: 415,
      message: 'cannot read the body: it is not application/json',
    });
  }
  const bytes = await bodyBytesOf(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw requestError('bad_request', 'cannot read the body: it is no JSON in UTF-8', { cause });
  }
}

/** The body as it came. Throws `body_too_large`. */
export async function bodyBytesOf(request: Request): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > MAX_BODY_BYTES) {
      throw new AppError({
        code: 'body_too_large',
        status: 413,
        message: `cannot read the body: it is larger than ${MAX_BODY_BYTES} bytes`,
      });
    }
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

/**
 * Throws `forbidden` unless a request that rides on a cookie was made by our own pages: browsers send the cookie along
 * with whatever another site starts, and Next checks nothing for route handlers (OWASP ASVS 5.0 3.5.1).
 */
export function refuseForeignOrigin(request: Request, publicUrl: string): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const ours =
    origin !== null &&
    (origin === new URL(publicUrl).origin || hostOf(origin) === request.headers.get('host'));
  if (ours && (site === null || site === 'same-origin')) return;
  throw requestError('forbidden', 'cannot accept the request: it was not made by a page of this site', {
    hint: 'Use an API key outside the browser.',
  });
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** The id under which a request is logged and journaled: the caller's where it is harmless, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

/**
 * The address a request came from: the last hop of X-Forwarded-For, which the proxy in front of us (or Next itself, from
 * the socket) wrote; the entries before it are the caller's own claim.
 */
export function ipOf(headers: Headers): string | undefined {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return last ? last.replace(/^::ffff:(?=\d+\.)/, '').slice(0, 64) : undefined;
}
