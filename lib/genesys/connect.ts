import axios from 'axios';
import type { ApiClientClass } from 'purecloud-platform-client-v2';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { GenesysError } from './model/errors';
import { abortedError } from './transport/answer-error';
import { type Clock, systemClock } from './transport/clock';
import { Pacer } from './transport/pacer';
import { send } from './transport/raw-http-client';
import { type Repeatable, repeat } from './transport/repeat';
import { type RawAnswer, type RequestContext, requestContext } from './transport/request-context';
import { newApiClient } from './transport/sdk-client';
import { type Token, TokenSource } from './transport/token-source';

export type ConnectOptions = {
  /** AWS name of the region (`eu-west-1`) or its domain (`mypurecloud.ie`). Either this or `gatewayUrl`. */
  readonly region?: string;
  /** Address that stands before login and API; its path is a prefix of both. */
  readonly gatewayUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly limits?: Partial<ClientLimits>;
  /** Stops every call of this client. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
};

export type ClientLimits = {
  /** Silence after which one request is given up. Default 60 s. */
  readonly requestTimeoutMs: number;
  /** All time one call may take (waiting for rate limits, broken connections). Default 5 minutes. */
  readonly giveUpAfterMs: number;
};

export type CallOptions = {
  /** Completes "cannot …": "read the users". */
  readonly doing: string;
  /** Default `json`. With `bytes` the body is left unread and `body` is null. */
  readonly reads?: 'json' | 'bytes';
  /** A 3xx is an answer and is not followed. */
  readonly keepRedirects?: boolean;
  /** Default `safely`: for reads and for starting an audit query. */
  readonly repeatable?: Repeatable;
  readonly signal?: AbortSignal;
};

export type Answer = RawAnswer & {
  /** The parsed body (`reads: 'json'`), not validated; null for an empty answer. */
  readonly body: unknown;
};

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One organisation's way to Genesys Cloud. Every method throws GenesysError, with no secret in it. */
export interface GenesysClient {
  /** Where the API stands, without a closing slash. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clock: Clock;
  /** Calls the SDK with a valid token, paced and repeated. `run` must call the SDK before its first await. */
  call(options: CallOptions, run: (sdk: ApiClientClass) => Promise<unknown>): Promise<Answer>;
  /** GET of an API path (`/api/v2/…`) through the SDK. */
  get(path: string, query: Query, options: CallOptions): Promise<Answer>;
  /** GET of an address outside the API, without the bearer token (presigned files). */
  download(url: string, options: CallOptions): Promise<RawAnswer>;
  /** Waits; throws `aborted` when the caller or the client is stopped. */
  pause(ms: number, options: Pick<CallOptions, 'doing' | 'signal'>): Promise<void>;
}

const DEFAULT_LIMITS: ClientLimits = { requestTimeoutMs: MINUTE_MS, giveUpAfterMs: 5 * MINUTE_MS };
const REDACTED = '[redacted]';
const OAUTH = 'PureCloud OAuth';
const JSON_TYPE = 'application/json';

/** Prepares a client; nothing is sent before its first call. Throws `bad_configuration`. */
export function connectGenesys(options: ConnectOptions): GenesysClient {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const clock = options.clock ?? systemClock;
  const pacer = new Pacer(clock);
  const sdk = newApiClient(options, limits.requestTimeoutMs);
  const apiUrl = sdk.config.getConfUrl('api', sdk.config.basePath);
  const hidden = new Set([
    options.clientSecret,
    Buffer.from(`${options.clientId}:${options.clientSecret}`).toString('base64'),
  ]);

  const tokens = new TokenSource(clock, async () => {
    const body = await repeat(
      { clock, pacer: null, giveUpAfterMs: limits.giveUpAfterMs, repeatable: 'safely' },
      () => newContext({ doing: 'log in to Genesys Cloud' }, false),
      async (context) => {
        await requestContext.run(context, () =>
          sdk.loginClientCredentialsGrant(options.clientId, options.clientSecret),
        );
        return context.body;
      },
    );
    pacer.forget();
    return body;
  });

  function newContext(call: CallOptions, keepsBytes: boolean): RequestContext {
    const signals = [options.signal, call.signal].filter((signal) => signal !== undefined);
    return {
      doing: call.doing,
      reads: call.reads ?? 'json',
      keepRedirects: call.keepRedirects ?? false,
      signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
      now: () => clock.now(),
      scrub: (text) => [...hidden].reduce((left, secret) => left.replaceAll(secret, REDACTED), text),
      keepsBytes,
      answer: null,
      body: null,
    };
  }

  async function attempt(
    context: RequestContext,
    run: (sdk: ApiClientClass) => Promise<unknown>,
  ): Promise<Token> {
    const token = await tokens.current();
    hidden.add(token.value);
    // Set for each request: the SDK copies it into the request as soon as `run` calls it.
    sdk.setAccessToken(token.value);
    try {
      await requestContext.run(context, () => run(sdk));
    } catch (thrown) {
      throw asError(thrown, token, context);
    }
    return token;
  }

  /** Marks a refused token as used up, so that the next attempt logs in again. */
  function asError(thrown: unknown, token: Token, context: RequestContext): unknown {
    if (thrown instanceof GenesysError && thrown.httpStatus === 401) {
      tokens.discard(token);
      if (hidden.size > 16) hidden.delete(token.value);
    }
    // The SDK throws plain strings for missing arguments.
    if (typeof thrown === 'string')
      return new GenesysError({ code: 'bad_configuration', message: `cannot ${context.doing}: ${thrown}` });
    return thrown;
  }

  const client: GenesysClient = {
    apiUrl,
    clientId: options.clientId,
    clock,

    async call(call, run) {
      const settings = {
        clock,
        pacer,
        giveUpAfterMs: limits.giveUpAfterMs,
        repeatable: call.repeatable ?? 'safely',
      };
      return repeat(
        settings,
        () => newContext(call, true),
        async (context) => {
          try {
            await attempt(context, run);
          } catch (thrown) {
            // A refused token heals by logging in again, once per request; a refused address never does.
            if (
              !(
                thrown instanceof GenesysError &&
                thrown.httpStatus === 401 &&
                thrown.code === 'unauthenticated'
              )
            )
              throw thrown;
            await attempt(context, run);
          }
          if (!context.answer)
            throw new GenesysError({
              code: 'bad_configuration',
              message: `cannot ${call.doing}: the SDK sent nothing`,
            });
          return { ...context.answer, body: context.body };
        },
      );
    },

    async get(path, query, call) {
      return client.call(call, (api) =>
        api.callApi(path, 'GET', {}, toParams(query), {}, {}, null, [OAUTH], [JSON_TYPE], [JSON_TYPE]),
      );
    },

    async download(url, call) {
      const http = axios.create({
        responseType: 'arraybuffer',
        transformResponse: [(bytes: unknown) => bytes],
        validateStatus: () => true,
      });
      const settings = {
        clock,
        pacer: null,
        giveUpAfterMs: limits.giveUpAfterMs,
        repeatable: call.repeatable ?? 'safely',
      };
      return repeat(
        settings,
        () => newContext(call, true),
        (context) =>
          send(
            (config) => http.request(config),
            { url, method: 'GET', timeout: limits.requestTimeoutMs },
            context,
          ),
      );
    },

    async pause(ms, call) {
      try {
        await clock.sleep(ms, newContext(call, false).signal);
      } catch {
        throw abortedError(call.doing);
      }
    },
  };
  return client;
}

/** Query values as the SDK sends them: lists joined by commas, undefined left out. */
function toParams(query: Query): Record<string, object> {
  const params: Record<string, object> = {};
  for (const [name, value] of Object.entries(query)) {
    // Boxed because the SDK types its parameters as objects; it calls toString on them.
    if (value !== undefined) params[name] = Object(Array.isArray(value) ? value.join(',') : String(value));
  }
  return params;
}
