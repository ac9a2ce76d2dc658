import { isCancel } from 'axios';
import { z } from 'zod';
import { GenesysError, type GenesysErrorCode } from '../model/errors';
import { askedWaitMs } from '../model/pacing';
import type { RawAnswer, RequestContext } from './request-context';

/** ErrorBody of every `/api/v2` error, and the OAuth form of the token endpoint. Everything may be missing. */
const errorBody = z.object({
  message: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  contextId: z.string().optional().catch(undefined),
  messageParams: z.record(z.string(), z.unknown()).optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
});
type ErrorBody = z.infer<typeof errorBody>;

const PERMISSION = /[A-Za-z][\w-]*:[\w*-]+:[\w*-]+/g;
const VERSION_CONFLICT =
  /version.{0,80}(match|current|conflict|mismatch)|(match|current|conflict|mismatch).{0,80}version/i;

/** The platform's refusal as a typed error. The body is read leniently: a proxy's HTML page is an answer, too. */
export function answerError(answer: RawAnswer, context: RequestContext): GenesysError {
  const body = readErrorBody(answer.bytes);
  const said = context.scrub(body.message ?? body.error_description ?? body.description ?? '').slice(0, 300);
  const platformCode = body.code ?? body.error;
  const kind = classify(answer.status, platformCode, said);
  const permissions = kind.code === 'no_permission' ? missingPermissions(body) : [];
  const wait = answer.status === 429 ? askedWaitMs(answer.headers, said) : null;
  const hint = kind.hint ?? hintOf(kind.code, permissions);
  return new GenesysError({
    code: kind.code,
    message: `cannot ${context.doing}: ${sentence(kind.why, said, permissions)}`,
    retryable: kind.retryable,
    ...(hint === undefined ? {} : { hint }),
    httpStatus: answer.status,
    ...(platformCode === undefined ? {} : { platformCode }),
    contextId: answer.contextId ?? body.contextId ?? null,
    permissions,
    ...(context.keepsBytes ? { bytes: answer.bytes } : {}),
    ...(wait === null ? {} : { retryAfterSeconds: wait / 1000 }),
  });
}

/** A connection that was refused, reset, timed out or aborted by us, as a typed error. Nothing of the request is carried along. */
export function networkError(thrown: unknown, context: RequestContext): GenesysError {
  if (thrown instanceof GenesysError) return thrown;
  if (isCancel(thrown) || context.signal?.aborted) return abortedError(context.doing);
  const code = codeOf(thrown);
  return new GenesysError({
    code: 'unreachable',
    message: `cannot ${context.doing}: ${NETWORK_REASONS[code] ?? `the connection failed (${code})`}`,
    retryable: true,
    hint: 'Check the region or gateway address, DNS, the proxy and the firewall between here and Genesys Cloud.',
    platformCode: code,
  });
}

export function abortedError(doing: string): GenesysError {
  return new GenesysError({
    code: 'aborted',
    message: `cannot ${doing}: the work was stopped`,
    retryable: true,
  });
}

const NETWORK_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ETIMEDOUT: 'the connection timed out',
  ECONNABORTED: 'the answer did not come in time',
  ERR_BAD_RESPONSE: 'the answer was broken off',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
};

type Kind = {
  readonly code: GenesysErrorCode;
  readonly why: string;
  readonly retryable: boolean;
  readonly hint?: string;
};

function classify(status: number, platformCode: string | undefined, said: string): Kind {
  if (platformCode === 'ip.not.authorized')
    return {
      code: 'ip_not_allowed',
      why: 'this address is not on the organisation’s IP allow list',
      retryable: false,
      hint: 'Add the public address of this server to the allow list in the organisation settings.',
    };
  if (status === 429) return { code: 'rate_limited', why: 'the rate limit is used up', retryable: true };
  if (status === 401 || platformCode === 'invalid_client' || platformCode === 'unauthorized_client')
    return { code: 'unauthenticated', why: 'the credentials were not accepted', retryable: false };
  if (status === 403) return { code: 'no_permission', why: 'a permission is missing', retryable: false };
  if (status === 404 || status === 410)
    return { code: 'not_found', why: 'it does not exist', retryable: false };
  if (status === 409 || (status === 400 && VERSION_CONFLICT.test(said)))
    return { code: 'conflict', why: 'it was changed meanwhile', retryable: false };
  if (status === 408 || status === 502 || status === 503 || status === 504)
    return { code: 'unreachable', why: `the platform did not answer (status ${status})`, retryable: true };
  if (status >= 500)
    return { code: 'server_error', why: `the platform failed (status ${status})`, retryable: true };
  if (status >= 300 && status < 400)
    return {
      code: 'unexpected_redirect',
      why: `the platform sent us elsewhere (status ${status})`,
      retryable: false,
    };
  return {
    code: 'bad_request',
    why: `the platform refused the request (status ${status})`,
    retryable: false,
  };
}

function hintOf(code: GenesysErrorCode, permissions: readonly string[]): string | undefined {
  if (code === 'unauthenticated')
    return 'Check client id and secret, that the client uses the client-credentials grant, and that it was made in this region.';
  if (code === 'no_permission')
    return permissions.length > 0
      ? `Add ${permissions.join(', ')} to a role of the OAuth client.`
      : 'Add the permission to a role of the OAuth client, in all divisions.';
  return undefined;
}

function sentence(why: string, said: string, permissions: readonly string[]): string {
  if (permissions.length > 0) return `${why}: ${permissions.join(', ')}`;
  return said === '' ? why : `${why}: ${said}`;
}

function missingPermissions(body: ErrorBody): string[] {
  const named = body.messageParams?.permissions;
  const text = `${typeof named === 'string' ? named : ''} ${body.message ?? ''}`;
  return [...new Set(text.match(PERMISSION) ?? [])];
}

function readErrorBody(bytes: Buffer): ErrorBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const read = errorBody.safeParse(value);
    return read.success ? read.data : {};
  } catch {
    // No JSON: an answer of something between us and the platform. Status and bytes are kept by the caller.
    return {};
  }
}

function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'unknown';
}
