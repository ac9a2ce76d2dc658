import type { z } from 'zod';
import {
  isWrite,
  type Permission,
  permissionRule,
  type ReadPermission,
  type WritePermission,
} from '@/lib/auth/permissions';
import { authSettings } from '@/lib/auth/sign-in/auth-settings';
import { viewerOfKey, viewerOfSession } from '@/lib/auth/sign-in/authenticate';
import { cookieOption, sidOf } from '@/lib/auth/sign-in/session-cookie';
import { authoriseRecorded } from '@/lib/auth/view';
import type { Viewer } from '@/lib/auth/viewer';
import { type Writing, writeAsViewer } from '@/lib/auth/write-as-viewer';
import type { Database } from '@/lib/db/connection';
import { database } from '@/lib/db/process-database';
import { requestError } from '@/lib/kernel/errors';
import { problemOf } from './problem';
import { ipOf, jsonBodyOf, queryOf, refuseForeignOrigin, requestIdOf } from './read-request';

type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;
type Schema = z.ZodType | undefined;

/** What a route is called with and what it says about itself; the OpenAPI document is made of it. */
type RouteShape<P extends Schema, Q extends Schema, B extends Schema> = {
  /** One line for the OpenAPI document. */
  readonly summary?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** What a good answer holds; for the OpenAPI document. */
  readonly answer?: z.ZodType;
  /** Status of a good answer; 200, or 204 when there is nothing to say. */
  readonly status?: number;
};

type Asked<P extends Schema, Q extends Schema, B extends Schema> = {
  readonly params: Parsed<P>;
  readonly query: Parsed<Q>;
  readonly body: Parsed<B>;
  readonly request: Request;
  readonly requestId: string;
};

export type ReadContext<P extends Schema, Q extends Schema, B extends Schema> = Asked<P, Q, B> & {
  readonly viewer: Viewer;
};

/** `tx`, `by`, `journal` and `afterCommit` of the one transaction of this request, which must hold a journal row at its end. */
export type WriteContext<P extends Schema, Q extends Schema, B extends Schema, Prepared> = ReadContext<
  P,
  Q,
  B
> & {
  readonly prepared: Prepared;
} & Writing;

type ReadRoute<P extends Schema, Q extends Schema, B extends Schema> = RouteShape<P, Q, B> & {
  readonly permission: ReadPermission;
  readonly run: (context: ReadContext<P, Q, B>) => Promise<unknown>;
};
type PublicRoute<P extends Schema, Q extends Schema, B extends Schema> = RouteShape<P, Q, B> & {
  readonly permission: 'public';
  readonly run: (context: Asked<P, Q, B>) => Promise<unknown>;
};
type WriteRoute<P extends Schema, Q extends Schema, B extends Schema, Prepared> = RouteShape<P, Q, B> & {
  readonly permission: WritePermission;
  /** What must not happen inside the transaction: hashing a password, asking another system. */
  readonly prepare?: (context: ReadContext<P, Q, B>) => Promise<Prepared>;
  readonly run: (context: WriteContext<P, Q, B, Prepared>) => Promise<unknown>;
};

type NextContext = { readonly params: Promise<Record<string, string | string[] | undefined>> };
/** A route handler of Next with what the house tests and the OpenAPI document read off it. */
export type RouteHandler = ((request: Request, context: NextContext) => Promise<Response>) & {
  readonly route: RouteShape<Schema, Schema, Schema> & { readonly permission: Permission | 'public' };
};

/**
 * The one wrapper of every route: authenticates (session cookie or `Authorization: Bearer` key), refuses what another
 * site started, parses, authorises, runs, and turns whatever is thrown into problem+json.
 *
 * With a read permission `run` gets the viewer and calls a view. With a write permission it runs inside one transaction
 * whose journal row is mandatory. `run` answers with a value for JSON, nothing, or a `Response` of its own (streams).
 */
export function handle<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: ReadRoute<P, Q, B>): RouteHandler;
export function handle<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: PublicRoute<P, Q, B>): RouteHandler;
export function handle<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  Prepared = undefined,
>(spec: WriteRoute<P, Q, B, Prepared>): RouteHandler;
export function handle(spec: AnyRoute): RouteHandler {
  async function handler(request: Request, context: NextContext): Promise<Response> {
    const requestId = requestIdOf(request.headers);
    try {
      return finished(await answer(spec, request, context, requestId), requestId);
    } catch (thrown) {
      return finished(problemOf(thrown, requestId), requestId);
    }
  }
  return Object.assign(handler, { route: spec });
}

type AnyRoute =
  | ReadRoute<Schema, Schema, Schema>
  | PublicRoute<Schema, Schema, Schema>
  | WriteRoute<Schema, Schema, Schema, unknown>;

async function answer(
  spec: AnyRoute,
  request: Request,
  context: NextContext,
  requestId: string,
): Promise<Response> {
  if (spec.permission === 'public') {
    return toResponse(spec, await spec.run(await asked(spec, request, context, requestId)));
  }
  const db = database();
  const viewer = await authenticated(db, request, requestId);
  await authoriseRecorded(viewer, spec.permission, db);
  if (isWriteRoute(spec) && (request.method === 'GET' || request.method === 'HEAD')) {
    throw requestError(
      'bad_request',
      `cannot ${permissionRule(spec.permission).says} with ${request.method}`,
    );
  }
  const reading = { ...(await asked(spec, request, context, requestId)), viewer };
  if (!isWriteRoute(spec)) return toResponse(spec, await spec.run(reading));
  const prepared = await spec.prepare?.(reading);
  const now = new Date();
  const result = await writeAsViewer(
    db,
    viewer,
    now,
    (writing) => spec.run({ ...reading, ...writing, prepared }),
    { own: permissionRule(spec.permission).own ?? false },
  );
  return toResponse(spec, result);
}

function isWriteRoute(spec: AnyRoute): spec is WriteRoute<Schema, Schema, Schema, unknown> {
  return spec.permission !== 'public' && isWrite(spec.permission);
}

/** Who asks. Throws `unauthenticated`, and `forbidden` for a write that another site started. */
async function authenticated(db: Database, request: Request, requestId: string): Promise<Viewer> {
  const ip = ipOf(request.headers);
  const origin = { requestId, ...(ip ? { ip } : {}) };
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const viewer = key ? await viewerOfKey(db, key, origin) : null;
    if (viewer) return viewer;
    throw requestError('unauthenticated', 'cannot authenticate: the API key is unknown, revoked or expired', {
      hint: 'Make one with `tallystick api-key create --role auditor` or on the Settings page.',
    });
  }
  const { publicUrl, secret } = authSettings();
  const sid = await sidOf(cookieOf(request.headers, cookieOption(publicUrl, 'session').name), secret);
  const viewer = sid ? await viewerOfSession(db, sid, origin) : null;
  if (!viewer) {
    throw requestError('unauthenticated', 'cannot answer: nobody is signed in', {
      hint: 'Sign in, or send an API key as `Authorization: Bearer <key>`.',
    });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeignOrigin(request, publicUrl);
  return viewer;
}

async function asked(spec: AnyRoute, request: Request, context: NextContext, requestId: string) {
  return {
    params: spec.params?.parse(await context.params),
    query: spec.query?.parse(queryOf(request.url)),
    body: spec.body ? spec.body.parse(await jsonBodyOf(request)) : undefined,
    request,
    requestId,
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  for (const part of headers.get('cookie')?.split(';') ?? []) {
    const at = part.indexOf('=');
    // Our cookies are base64url and dots; nothing in them needs decoding.
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

function toResponse(spec: AnyRoute, result: unknown): Response {
  if (result instanceof Response) return result;
  if (result === undefined || result === null) return new Response(null, { status: 204 });
  return Response.json(result, { status: spec.status ?? 200 });
}

/** Headers of every answer: nothing is cached, sniffed or framed. */
function finished(response: Response, requestId: string): Response {
  const { headers } = response;
  headers.set('x-request-id', requestId);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  headers.set('referrer-policy', 'no-referrer');
  if (response.status === 401) headers.set('www-authenticate', 'Bearer');
  return response;
}
